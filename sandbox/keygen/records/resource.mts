/** A JSON:API resource object. */
export interface Resource {
	id: string;
	type: string;
	attributes: Record<string, unknown>;
	relationships?: Record<string, unknown>;
	links?: Record<string, string>;
	meta?: Record<string, unknown>;
}
