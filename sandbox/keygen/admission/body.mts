import type { FastifyRequest } from 'fastify';

import { refuse } from '../refusals/problems.mts';

/** The body as bytes; requests without one have none. */
export function rawBody(request: FastifyRequest): Buffer {
	return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Refuses a null byte in the path, the query or the body. */
export function refuseNullBytes(request: FastifyRequest): void {
	const body = rawBody(request);
	if (!request.url.includes('%00') && !body.includes(0) && !body.includes('\\u0000')) return;
	refuse(
		400,
		'The request could not be completed because it contains an unexpected null byte (check encoding)',
		{ code: 'ENCODING_INVALID' },
	);
}

/** The body parsed, or undefined when there is none. */
export function bodyOf(request: FastifyRequest): unknown {
	const raw = rawBody(request);
	if (raw.length === 0) {
		const announced =
			request.method === 'GET' && Number(request.headers['content-length'] ?? 0) > 0;
		return announced ? refuse(400, 'A GET request carries no body', { pointer: '/' }) : undefined;
	}
	const text = raw.toString('utf8');
	if (Buffer.compare(Buffer.from(text), raw) !== 0)
		refuse(400, 'The body is not UTF-8', { code: 'ENCODING_INVALID' });
	try {
		const value: unknown = JSON.parse(text);
		if (!/\\ud[89a-f]/i.test(text) || isWellFormed(value)) return value;
	} catch {
		// Told below.
	}
	return refuse(
		400,
		'The request could not be completed because it contains invalid JSON (check formatting/encoding)',
		{ code: 'JSON_INVALID' },
	);
}

/** False when a text holds half of a surrogate pair. */
function isWellFormed(value: unknown): boolean {
	if (typeof value === 'string') return value.isWellFormed();
	if (value === null || typeof value !== 'object') return true;
	return Object.entries(value).every(([key, inner]) => key.isWellFormed() && isWellFormed(inner));
}
