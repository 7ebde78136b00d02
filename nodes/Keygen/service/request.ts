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
	/** Takes the place of the credential. */
	login?: { email: string; password: string };
}

export interface Body {
	data?: unknown;
	meta?: Record<string, unknown>;
}

/** A GET. */
export function read(path: string, query: Array<[string, string]> = []): ServiceRequest {
	return { method: 'GET', path, query, headers: {}, repeatable: true };
}

/** The query string of a request, with its question mark where there is one. */
export function queryString(query: Array<[string, string]>): string {
	if (query.length === 0) return '';
	return `?${query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}
