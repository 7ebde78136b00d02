import { createHash } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingHttpHeaders, RequestOptions } from 'node:http';

export type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Sends `target` (path and query) untouched, one connection a request. Rejects when no complete answer arrives. */
export function send(
	baseUrl: string,
	target: string,
	options: RequestOptions & { body?: string } = {},
): Promise<RawAnswer> {
	const { hostname, port } = new URL(baseUrl);
	const { body, ...rest } = options;
	return new Promise((resolve, reject) => {
		const call = request({ hostname, port, path: target, agent: false, ...rest }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body: Buffer.concat(chunks).toString('utf8'),
				}),
			);
		});
		call.on('error', reject);
		call.end(body);
	});
}

export const PATH = '/bi_api/v1/services/partner/create-license';
export const PARTNER = { partnerName: 'northfield', partnerSecret: 'PARTNER_SECRET' };

export function hashOf(email: string, secret = PARTNER.partnerSecret): string {
	return createHash('sha256')
		.update(email + secret, 'utf8')
		.digest('hex');
}

export const JANE = 'jane@students.northfield.example';

/** Parameters of an acceptable student request; a change of `undefined` takes one out. */
export function parameters(
	changes: Record<string, string | undefined> = {},
): Record<string, string> {
	const email = changes.email ?? JANE;
	const all = {
		product_type: '4',
		transaction_id: 'UNIV-2024-00123',
		first_name: 'Jane',
		last_name: 'Smith',
		email,
		hash: hashOf(email),
		partner_name: PARTNER.partnerName,
		...changes,
	};
	return Object.fromEntries(
		Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}

/** The target for `parameters`, every value percent-encoded. */
export function target(changes: Record<string, string | undefined> = {}): string {
	const pairs = Object.entries(parameters(changes));
	return `${PATH}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
