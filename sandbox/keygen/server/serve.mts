import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { readRequest } from '../admission/admission.mts';
import type { Known } from '../admission/admission.mts';
import { rawBody } from '../admission/body.mts';
import { wantedAlgorithm } from '../admission/signature.mts';
import type { Row } from '../call/row.mts';
import { noEndpoint } from '../refusals/not-found.mts';
import type { Refusal } from '../refusals/problems.mts';
import type { World } from '../state/world.mts';
import { answerOf, answerToError, send } from './answer.mts';
import type { Answer } from './answer.mts';
import type { FaultRule, Faults } from './faults.mts';
import { RateLimit } from './rate-limit.mts';
import type { RequestLog } from './requests.mts';
import { after, before } from './spoil.mts';

const REQUEST_LOG_ROWS = 2_000;
const DEFAULT_LIMIT = { limit: 1_000_000, seconds: 30 };

export type Serve = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Makes the handler of a row, or of whatever has no row: faults, limits, checks, action, answer, log. */
export function serving(
	world: World,
	faults: Faults,
	log: RequestLog,
): (row: Row | undefined) => Serve {
	const limits = new RateLimit(world);

	async function act(row: Row | undefined, request: FastifyRequest, known: Known): Promise<Answer> {
		let limitHeaders: Record<string, string> = {};
		let answer: Answer;
		try {
			const { limit, seconds } = world.options.rateLimit ?? DEFAULT_LIMIT;
			limitHeaders = limits.count(
				`req/ip/${seconds}s ${request.ip} ${request.headers.authorization ?? ''}`,
				limit,
				seconds,
			);
			if (!row) noEndpoint();
			if (row.limit && world.options.authLimits)
				limitHeaders = limits.count(
					`${row.route.split('/').pop()} ${row.route} ${request.ip}`,
					...row.limit,
				);
			const call = readRequest(world, row, request, known);
			wantedAlgorithm(request);
			answer = answerOf(world, known, await row.run(call), request);
		} catch (error) {
			answer = answerToError(world, row, known, error, request);
		}
		return { ...answer, headers: { ...limitHeaders, ...answer.headers, connection: 'close' } };
	}

	function note(
		request: FastifyRequest,
		known: Known,
		answer: Answer | undefined,
		taken: FaultRule[],
	): void {
		const text = rawBody(request).toString();
		const at = new Date(world.clock.now()).toISOString();
		const { method, url, headers } = request;
		const status = answer?.status ?? 0;
		log.add({
			id: known.requestId,
			at,
			method,
			url,
			headers: { ...headers },
			body: parsed(text),
			status,
			errors: errorsOf(answer),
			faults: taken.map(({ kind }) => kind),
		});
		if (answer && world.edition.has('request_logs'))
			keepRequest(world, request, known, text, answer);
	}

	return (row) => async (request, reply) => {
		const known: Known = {
			requestId: randomUUID(),
			now: world.clock.now(),
		};
		const taken = faults.take(request.method, request.url);
		for (const { kind, delay: milliseconds = 0 } of taken)
			if (kind === 'latency') await delay(milliseconds);
		const fault = taken.find(({ kind }) => kind !== 'latency');
		const spoiled = fault && before(fault, reply);
		if (spoiled === 'gone') {
			note(request, known, undefined, taken);
			return reply.hijack();
		}
		const answer = spoiled ?? (await act(row, request, known));
		note(request, known, answer, taken);
		return fault && !spoiled ? after(fault, reply, answer) : send(reply, answer);
	};
}

function errorsOf(answer: Answer | undefined): string[] {
	if (!answer || answer.status < 400 || answer.headers['content-type'] === 'text/html') return [];
	const { errors = [] } = JSON.parse(answer.body.toString()) as { errors?: Refusal['problems'] };
	return errors.map(({ code, source }) =>
		[code, source?.pointer ?? source?.parameter ?? source?.header].filter(Boolean).join(' '),
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text === '' ? null : text;
	}
}

function keepRequest(
	world: World,
	request: FastifyRequest,
	{ bearer }: Known,
	requestBody: string,
	answer: Answer,
): void {
	const facts = {
		url: request.url,
		method: request.method,
		status: answer.status,
		ip: request.ip,
		userAgent: request.headers['user-agent'] ?? null,
		requestBody,
		requestHeaders: null,
		responseBody: answer.body.toString(),
		responseHeaders: null,
		requestorType: bearer?.item?.type,
	};
	world.store.add(
		{ type: 'request-logs', facts, links: { requestor: bearer?.item?.id ?? null, resource: null } },
		world.clock.now(),
	);
	if (world.store.count('request-logs') > REQUEST_LOG_ROWS)
		world.store.remove(world.store.all('request-logs')[0]);
}
