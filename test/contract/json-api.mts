/**
 * A JSON:API document as tests read it. Members are declared as present even where the format makes
 * them optional: a test that reads a missing one fails, as it should.
 */
export interface Document {
	/** One resource or a list of them. */
	data: Resource & Resource[];
	included: Resource[];
	errors: DocumentError[];
	links: Record<string, string>;
	meta: Meta;
	jsonapi: unknown;
}

export interface Resource {
	id: string;
	type: string;
	attributes: Record<string, unknown>;
	relationships: Record<string, Relationship>;
	links: Record<string, string>;
	meta: Meta;
}

export interface Relationship {
	data: Linkage & Linkage[];
	links: Record<string, string>;
	meta: Meta;
}

interface Linkage {
	id: string;
	type: string;
}

export interface DocumentError {
	title: string;
	detail: string;
	code?: string;
	source?: { pointer?: string; parameter?: string; header?: string };
	links: Record<string, string>;
}

type Meta = Record<string, unknown>;
