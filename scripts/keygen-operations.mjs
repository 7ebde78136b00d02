// Which operations of Keygen's API the node has, and why it does not have the others.

/** Operations that the node leaves out, with the reason. By method and path as in the catalogue. */
export const LEFT_OUT = {
	'GET+PATCH /licenses/{license_id}/user': "older name of the license's owner, which the node has",
	'PUT /releases': 'only for API versions up to 1.0',
	'POST /v1/accounts': 'signing up, which nobody with a token does',
	'POST /v1/recover': 'for people without a token, and answers by email to them',
	'GET /v1/health': 'for load balancers; knows no token',
	'GET /v1/health/webhooks': 'for load balancers; knows no token',
};
/** The dashboard's own, unversioned and undocumented. */
const INTERNAL = "the dashboard's own: unversioned, undocumented, and changed without notice";

/**
 * Sets the catalogue beside the node's rows.
 *
 * @param {Record<string, string[]>} catalogue `METHOD /path` by group; `A|B` are the same operation
 * @param {Array<{ resourceName: string, operation: string, row: { request: string } }>} rows
 * @returns {{ lines: Array<{ group: string, operation: string, rows: string[], leftOut?: string }>, strangers: string[] }}
 * `strangers` are rows that the catalogue does not have
 */
export function coverage(catalogue, rows) {
	const byRequest = new Map();
	for (const { resourceName, operation, row } of rows) {
		const key = normal(row.request);
		byRequest.set(key, [...(byRequest.get(key) ?? []), `${resourceName}.${operation}`]);
	}
	const seen = new Set();
	const lines = Object.entries(catalogue).flatMap(([group, operations]) =>
		operations.map((operation) => {
			const [methods, path] = split(operation);
			const keys = methods.split('|').map((method) => normal(`${method} ${path}`));
			for (const key of keys) seen.add(key);
			const served = keys.flatMap((key) => byRequest.get(key) ?? []);
			const leftOut = LEFT_OUT[operation] ?? (path.startsWith('/-') ? INTERNAL : undefined);
			return { group, operation, rows: served, ...(leftOut ? { leftOut } : {}) };
		}),
	);
	const strangers = [...byRequest].flatMap(([key, names]) => (seen.has(key) ? [] : names));
	return { lines, strangers };
}

function split(operation) {
	const space = operation.indexOf(' ');
	return [operation.slice(0, space), operation.slice(space + 1)];
}

/** Method and path with every placeholder alike. */
export function normal(operation) {
	return operation.replace(/\{[^}]*\}/g, '{}');
}
