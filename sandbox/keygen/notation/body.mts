/** A resource identifier. */
export interface Identifier {
	type: string;
	id: string;
}

/** A body that passed every check of its row; names are canonical, metadata keys underscored. */
export interface Body {
	/** Client-made id of `data`, where the row allows one. */
	id?: string;
	attributes: Record<string, any>;
	/** To-one linkages by name; null removes. */
	relationships: Record<string, Identifier | null>;
	/** Resources that a relationship carries whole, e.g. `constraints`. */
	embedded: Record<
		string,
		Array<{ attributes: Record<string, any>; relationships: Record<string, any> }>
	>;
	meta: Record<string, any>;
	/** `data` of a body that is itself a linkage (null removes) or a list of them. */
	linkage: Identifier | null;
	members: Array<{ id: string; relationships: Record<string, any> }>;
}

export function emptyBody(): Body {
	return { attributes: {}, relationships: {}, embedded: {}, meta: {}, linkage: null, members: [] };
}
