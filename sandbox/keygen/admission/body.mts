import type { FastifyRequest } from 'fastify';

import { refuse } from '../refusals/problems.mts';

/** The body as bytes; requests without one have none. */
export function rawBody(request: FastifyRequest): Buffer {
	return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
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
		return JSON.parse(text) as unknown;
	} catch {
		return refuse(400, 'The body is not JSON', { code: 'JSON_INVALID' });
	}
}
