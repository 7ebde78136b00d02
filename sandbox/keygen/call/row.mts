import type { Accepts } from '../notation/accepts.mts';
import type { Handler } from './call.mts';

export interface Row extends Accepts {
	/** `PATCH|PUT /products/{id}`; a path from `/v1` or `/-` is not under the account. */
	route: string;
	/** Roles that may call it, in the notation of access/roles.mts. */
	by: string;
	run: Handler;
	/** EE entitlement that the route needs; without it the route does not exist. */
	feature?: string;
	/** Exists below the account only, never without it. */
	accountOnly?: boolean;
	/** Answers without looking who asks. */
	unidentified?: boolean;
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
