import type { FastifyReply } from 'fastify';

import { send } from './answer.mts';
import type { Answer } from './answer.mts';
import type { FaultRule } from './faults.mts';
import { tooMany } from './rate-limit.mts';

/** A fault that keeps the request from taking effect: its answer, or `gone` when there is none. */
export function before(
	{ kind, retryAfter = 1 }: FaultRule,
	reply: FastifyReply,
): Answer | 'gone' | undefined {
	const seconds = String(retryAfter);
	switch (kind) {
		case '409': {
			const detail = 'The request could not be completed because of a conflict';
			return jsonAnswer(409, { errors: [{ title: 'Conflict', detail }] });
		}
		case '429': {
			const refusal = tooMany(retryAfter);
			return jsonAnswer(429, { errors: refusal.problems }, refusal.headers);
		}
		case '500':
			return jsonAnswer(500, {
				errors: [{ title: 'Internal server error', detail: 'Something went wrong' }],
			});
		case '502':
			return badGateway();
		case '522':
			return { status: 522, headers: { 'content-type': 'text/html' }, body: Buffer.from('522') };
		case 'not-https': {
			const { headers, host, url } = reply.request;
			if (headers['x-forwarded-proto'] === 'https') return undefined;
			const location = `https://${host}${url}`;
			const html = { 'content-type': 'text/html; charset=utf-8' };
			return { status: 301, headers: { ...html, location }, body: Buffer.alloc(0) };
		}
		case 'moved':
			return {
				status: 301,
				headers: { location: `https://keygen.example.com:8443${reply.request.url}` },
				body: Buffer.alloc(0),
			};
		case 'other-host':
			return { status: 403, headers: { 'content-type': 'text/html' }, body: Buffer.alloc(0) };
		case '503':
			return jsonAnswer(
				503,
				{ errors: [{ title: 'Service unavailable', detail: 'request timed out' }] },
				{ 'retry-after': seconds },
			);
		case 'reset-before':
			reply.raw.socket?.resetAndDestroy();
			return 'gone';
		case 'hang':
			return 'gone';
		default:
			return undefined;
	}
}

/** A fault that spoils the answer to a request that took effect. */
export function after({ kind }: FaultRule, reply: FastifyReply, answer: Answer): FastifyReply {
	if (kind === 'reset-after') {
		reply.raw.socket?.resetAndDestroy();
		return reply.hijack();
	}
	if (kind === '500-after')
		return send(
			reply,
			jsonAnswer(500, {
				errors: [{ title: 'Internal server error', detail: 'Something went wrong' }],
			}),
		);
	return send(reply, kind === '502-after' ? badGateway() : answer);
}

function jsonAnswer(
	status: number,
	document: unknown,
	headers: Record<string, string> = {},
): Answer {
	return {
		status,
		headers: { 'content-type': 'application/vnd.api+json; charset=utf-8', ...headers },
		body: Buffer.from(JSON.stringify(document)),
	};
}

function badGateway(): Answer {
	const page =
		'<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
	return { status: 502, headers: { 'content-type': 'text/html' }, body: Buffer.from(page) };
}
