/** Members of a body beside `attributes` and `relationships` that carry whole resources. */
export interface Embedded {
	types: string;
	optional?: boolean;
	attributes?: string;
	relationships?: string;
}

/** What a route accepts, in the notation that the README of the sandbox explains. */
export interface Accepts {
	/** Type of `data`, plural; absent when the body has no `data`. */
	type?: string;
	/** `data` may be left out. */
	dataOptional?: boolean;
	/** `data` is a linkage instead of a resource; with `|null` it may be null; `many` is a list. */
	linkage?: 'one' | 'one|null' | 'many';
	/** Bounds of a list of linkages. */
	count?: [number, number];
	attributes?: string;
	relationships?: string;
	embedded?: Record<string, Embedded>;
	/** `data.id`: roles that may choose it, or `ignored`. */
	id?: string;
	meta?: string;
	query?: string;
	/** Names of the list filters; unknown query parameters are ignored, as the service does. */
	filters?: string;
	/** Names of the filters that tell one of several resources of the same alias. */
	narrowing?: string;
}
