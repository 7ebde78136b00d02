import type { Bearer } from './state/bearers.mts';
import type { Item } from './state/store.mts';
import type { World } from './state/world.mts';
import type { QueryValue } from './wire/query.mts';

/** A body that passed every check of its row; names are canonical, metadata keys underscored. */
export interface Body {
	/** Client-made id of `data`, where the row allows one. */
	id?: string;
	attributes: Record<string, any>;
	/** To-one linkages by name; null removes. */
	relationships: Record<string, { type: string; id: string } | null>;
	/** Resources that a relationship carries whole, e.g. `constraints`. */
	embedded: Record<
		string,
		Array<{ attributes: Record<string, any>; relationships: Record<string, any> }>
	>;
	meta: Record<string, any>;
	/** `data` of a body that is itself a linkage (null removes) or a list of them. */
	linkage: { type: string; id: string } | null;
	members: Array<{ id: string; relationships: Record<string, any> }>;
}

/** One request on its way through a handler. */
export interface Call {
	world: World;
	row: Row;
	params: Record<string, string>;
	query: Record<string, QueryValue>;
	body: Body;
	bearer: Bearer;
	version: string;
	environment: Item | null;
	headers: Record<string, string | string[] | undefined>;
	/** Milliseconds since the epoch, by the sandbox's clock. */
	now: number;
	requestId: string;
	/** Path and query as requested. */
	target: string;
}

/** What a handler answers; rendered and signed afterwards. */
export interface Reply {
	status: number;
	data?: Item | Item[] | null;
	included?: Item[];
	meta?: Record<string, unknown>;
	links?: Record<string, unknown>;
	headers?: Record<string, string>;
	/** Attributes that only this answer shows, e.g. a token's value. */
	secrets?: boolean;
	/** A body that is no resource document. */
	raw?: { type: string; body: string };
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

/** Members of a body beside `attributes` and `relationships` that carry whole resources. */
export interface Embedded {
	types: string;
	optional?: boolean;
	attributes?: string;
	relationships?: string;
}

/** What a route accepts, in the notation of wire/notation.ts. */
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
}

export interface Row extends Accepts {
	/** `PATCH|PUT /products/{id}`; a path from `/v1` or `/-` is not under the account. */
	route: string;
	/** Roles that may call it, in the notation of wire/roles.ts. */
	by: string;
	run: Handler;
	/** EE entitlement that the route needs; without it the route does not exist. */
	feature?: string;
	/** Needs ClickHouse, else 405. */
	logs?: boolean;
	/** Only for servers with several accounts. */
	multiplayer?: boolean;
	/** Last API version that routes it. */
	upTo?: string;
	/** Server release that brought it. */
	since?: string;
	/** Attempts and seconds, for the routes with a limit of their own. */
	limit?: [number, number];
	/** Accepts an e-mail and password as Basic authentication. */
	password?: boolean;
	/** Permission that a restricted token needs. */
	permission?: string;
}

/** Writes one row of a table. */
export function row(route: string, by: string, run: Handler, rest: Partial<Row> = {}): Row {
	return { route, by, run, ...rest };
}
