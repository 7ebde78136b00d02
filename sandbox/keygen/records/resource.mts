/** A JSON:API resource object. */
export interface Resource {
	id: string;
	type: string;
	attributes: Record<string, any>;
	relationships?: Record<string, any>;
	links?: Record<string, string>;
	meta?: Record<string, unknown>;
}
