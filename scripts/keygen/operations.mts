// Which operations of Keygen's API the node has, and why it does not have the others.

/** Operations that the node leaves out, with the reason, by method and path as in the catalogue. */
const LEFT_OUT: Readonly<Record<string, string>> = {
	'GET+PATCH /licenses/{license_id}/user': "older name of the license's owner, which the node has",
	'PUT /releases': 'only for API versions up to 1.0',
	'POST /v1/accounts': 'signing up, which nobody with a token does',
	'POST /v1/recover': 'for people without a token, and answers by email to them',
	'GET /v1/health': 'for load balancers; knows no token',
	'GET /v1/health/webhooks': 'for load balancers; knows no token',
};
const INTERNAL = "the dashboard's own: unversioned, undocumented, changed without notice";

/** An operation of the catalogue beside the node's. */
export interface CoverageLine {
	group: string;
	operation: string;
	/** As `license.create`. */
	rows: string[];
	leftOut?: string;
}

interface PlacedRow {
	resourceName: string;
	operation: string;
	row: { request?: string };
}

/**
 * Sets the catalogue beside the node's rows.
 *
 * @param catalogue `METHOD /path` by group; with `A|B /path` both methods are the same operation
 * @returns a line for each operation, and the rows that the catalogue does not have
 */
export function coverage(
	catalogue: Readonly<Record<string, readonly string[]>>,
	rows: PlacedRow[],
): { lines: CoverageLine[]; strangers: string[] } {
	const byRequest = new Map<string, string[]>();
	for (const { resourceName, operation, row } of rows) {
		if (row.request === undefined) continue;
		const key = normal(row.request);
		byRequest.set(key, [...(byRequest.get(key) ?? []), `${resourceName}.${operation}`]);
	}
	const seen = new Set<string>();
	const lineOf = (group: string, operation: string): CoverageLine => {
		const [methods, path] = operation.split(/ (.*)/);
		const keys = methods.split('|').map((method) => normal(`${method} ${path}`));
		for (const key of keys) seen.add(key);
		const leftOut = LEFT_OUT[operation] ?? (path.startsWith('/-') ? INTERNAL : undefined);
		return {
			group,
			operation,
			rows: keys.flatMap((key) => byRequest.get(key) ?? []),
			...(leftOut ? { leftOut } : {}),
		};
	};
	const lines = Object.entries(catalogue).flatMap(([group, operations]) =>
		operations.map((operation) => lineOf(group, operation)),
	);
	const strangers = [...byRequest].flatMap(([key, names]) => (seen.has(key) ? [] : names));
	return { lines, strangers };
}

/**
 * Method and path with every placeholder alike. What is below the account is named without it, though
 * some servers offer a part of it only with it.
 */
export function normal(operation: string): string {
	return operation.replace(/\/v1\/accounts\/\{[^}]*\}(?=\/)/, '').replace(/\{[^}]*\}/g, '{}');
}
