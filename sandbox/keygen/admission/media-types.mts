import type { FastifyRequest } from 'fastify';

import { refuse } from '../refusals/problems.mts';
import { rawBody } from './body.mts';
import { header } from './headers.mts';

const JSON_API = 'application/vnd.api+json';
const accepted = /^(\*\/\*|application\/(\*|json|vnd\.api\+json|octet-stream))$/;

/** Refuses an `Accept` or a `Content-Type` that the service does not speak. */
export function refuseWrongTypes(request: FastifyRequest): void {
	if (!acceptedRanges(request).some((range) => accepted.test(range))) {
		refuse(400, 'Accept must allow application/vnd.api+json or application/json', {
			code: 'MIME_TYPE_INVALID',
			header: 'Accept',
		});
	}
	if (rawBody(request).length === 0) return;
	const type = (header(request, 'content-type') ?? '').split(';')[0].trim().toLowerCase();
	if (!['application/json', JSON_API].includes(type)) {
		refuse(400, 'Content-Type must be application/vnd.api+json or application/json', {
			code: 'MIME_TYPE_INVALID',
			header: 'Content-Type',
		});
	}
}

/** The `Content-Type` of a document: plain JSON where the caller asks for that first. */
export function documentType(request: FastifyRequest): string {
	const known = acceptedRanges(request).find((range) => accepted.test(range));
	return `${known === 'application/json' ? known : JSON_API}; charset=utf-8`;
}

const acceptedRanges = (request: FastifyRequest): string[] =>
	(header(request, 'accept') ?? '*/*')
		.split(',')
		.map((range) => range.split(';')[0].trim().toLowerCase());
