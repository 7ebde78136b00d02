import type { FastifyRequest } from 'fastify';

import { refuse } from '../refusals/problems.mts';
import { rawBody } from './body.mts';
import { header } from './headers.mts';

const accepted = /^(\*\/\*|application\/(\*|json|vnd\.api\+json|octet-stream))$/;

/** Refuses an `Accept` or a `Content-Type` that the service does not speak. */
export function refuseWrongTypes(request: FastifyRequest): void {
	const accept = header(request, 'accept');
	const ranges = (accept ?? '*/*')
		.split(',')
		.map((range) => range.split(';')[0].trim().toLowerCase());
	if (!ranges.some((range) => accepted.test(range))) {
		refuse(400, 'Accept must allow application/vnd.api+json or application/json', {
			code: 'MIME_TYPE_INVALID',
			header: 'Accept',
		});
	}
	if (rawBody(request).length === 0) return;
	const type = (header(request, 'content-type') ?? '').split(';')[0].trim().toLowerCase();
	if (!['application/json', 'application/vnd.api+json'].includes(type)) {
		refuse(400, 'Content-Type must be application/vnd.api+json or application/json', {
			code: 'MIME_TYPE_INVALID',
			header: 'Content-Type',
		});
	}
}
