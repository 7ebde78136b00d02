import type { Bearer } from '../access/bearers.mts';
import type { Accepts } from '../notation/accepts.mts';
import type { Body } from '../notation/body.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import type { QueryValue } from '../wire/query.mts';

/** One request on its way through a handler. */
export interface Call {
	world: World;
	/** What its route accepts. */
	accepts: Accepts;
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
	/** A JSON document as it stands. */
	bare?: Record<string, unknown>;
	/** A body that is no JSON. */
	raw?: { type: string; body: string };
}

export type Handler = (call: Call) => Reply | Promise<Reply>;
