/** One request for a page: a stretch of time, a page size, and the token of a later page. */
export interface EventQuery {
	/** Milliseconds since 1970. The service may take either bound as inside or outside. */
	start: number;
	end: number;
	/** Events per page. */
	limit: number;
	token?: string;
}

/** What the transport found at the service. */
export interface FetchedPage {
	/** The decoded body. */
	body?: unknown;
	/** The service's own clock (Date header), milliseconds since 1970, where it told it. */
	serviceTime?: number;
	/** The service no longer accepts the query's token. */
	tokenExpired?: boolean;
}

/**
 * Asks the service for one page. Rejects on any failure, except that a refused continuation
 * token (400 or 401 on a request that carried one) is reported as `tokenExpired`.
 */
export type FetchPage = (query: EventQuery) => Promise<FetchedPage>;

/**
 * The query string's parameters. Times are whole seconds in UTC, as in the published examples,
 * widened outwards so that no event is cut off. Start, end and limit are repeated with a token:
 * the documentation marks both dates as required on every request.
 */
export function queryParameters(query: EventQuery): Record<string, string> {
	const parameters: Record<string, string> = {
		start_date: wholeSecond(Math.floor(query.start / 1000)),
		end_date: wholeSecond(Math.ceil(query.end / 1000)),
		limit: String(query.limit),
	};
	if (query.token !== undefined) parameters.continuation_token = query.token;
	return parameters;
}

function wholeSecond(seconds: number): string {
	return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
