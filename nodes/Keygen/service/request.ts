import type { Method } from '../table/route';

/** A request as the service wants it; the credential's part is still missing. */
export interface ServiceRequest {
	method: Method;
	/** Follows the account's base, or the server's where it begins with `/v1`. Percent-encoded. */
	path: string;
	query: Array<[name: string, value: string]>;
	/** A JSON:API document. */
	body?: Body;
	headers: Record<string, string>;
	repeatable: boolean;
	/** Replaces the credential. */
	login?: { email: string; password: string };
}

export interface Body {
	data?: unknown;
	meta?: Record<string, unknown>;
}

/** A request that changes nothing. */
export function get(
	path: string,
	query: ServiceRequest['query'] = [],
	headers: Record<string, string> = {},
): ServiceRequest {
	return { method: 'GET', path, query, headers, repeatable: true };
}

/** The same request with more in its query. */
export function withQuery(request: ServiceRequest, more: ServiceRequest['query']): ServiceRequest {
	return { ...request, query: [...request.query, ...more] };
}

/** The query string of a request, with its question mark where there is one. */
export function queryString(query: ServiceRequest['query']): string {
	if (query.length === 0) return '';
	return `?${query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}

/**
 * A value as one segment of a path. The service takes what follows a dot for the format that is asked
 * for, unless the dot is encoded too.
 */
export const pathSegment = (value: string) => encodeURIComponent(value).replace(/\./g, '%2E');
