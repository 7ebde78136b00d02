import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type PageFault, type PageRequest } from './event-pages.mts';
import type { Fault } from './faults.mts';
import type { EventsService } from './events-service.mts';

const PATH = '/api/rest/public/events';
const PARAMETERS = new Set(['start_date', 'end_date', 'limit', 'continuation_token']);
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const DEFAULT_LIMIT = 100;

/** GET /api/rest/public/events as documented, refusing what the documentation does not allow. */
export function serveEvents(app: FastifyInstance, service: EventsService): void {
	app.get(PATH, async (request, reply) => {
		service.requests++;
		if (service.rules.tellsTime)
			void reply.header('date', new Date(service.clock.now()).toUTCString());
		else reply.raw.sendDate = false;
		const { latencyMs } = service.rules;
		if (latencyMs > 0) await delay(latencyMs);
		try {
			authorize(request, service);
			const asked = readRequest(request);
			const fault = service.faults.strike(asked.token !== undefined);
			if (fault && (await strike(fault, reply))) return reply;
			const page = service.pages.page(
				asked,
				service.clock.now(),
				fault?.kind as PageFault | undefined,
			);
			const { events, ...rest } = page;
			return await reply.send({ [service.rules.arrayKey]: events, ...rest });
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const name = error.status === 401 ? 'Unauthorized' : 'Bad request';
			return reply.code(error.status).send({ error: name, message: error.message });
		}
	});
}

function authorize({ headers }: FastifyRequest, { tokens }: EventsService): void {
	const token = /^Bearer (\S+)$/.exec(String(headers['x-api-token'] ?? ''))?.[1];
	if (token === undefined || !tokens.has(token))
		throw new Refusal(401, 'Invalid or missing API token');
}

function readRequest({ query }: FastifyRequest): PageRequest {
	const given = query as Record<string, string | string[]>;
	for (const [name, value] of Object.entries(given)) {
		if (!PARAMETERS.has(name)) throw new Refusal(400, `Unknown parameter ${name}`);
		if (Array.isArray(value)) throw new Refusal(400, `Parameter ${name} is given twice`);
	}
	const { start_date: start, end_date: end, limit, continuation_token: token } = given;
	return {
		start: readDate(start, 'start date'),
		end: readDate(end, 'end date'),
		limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
		...(token === undefined ? {} : { token: String(token) }),
	};
}

function readDate(value: unknown, name: string): number {
	if (typeof value !== 'string' || value === '') throw new Refusal(400, `Missing ${name}`);
	const time = ISO.test(value) ? Date.parse(value) : NaN;
	if (Number.isNaN(time)) throw new Refusal(400, `Invalid ${name}`);
	return time;
}

/** Whether the fault has answered, or silenced, the request. */
export async function strike(
	{ kind, seconds = 1, delay: pause = 1_000 }: Fault,
	reply: FastifyReply,
): Promise<boolean> {
	switch (kind) {
		case 'error-500':
			await reply
				.code(500)
				.send({ error: 'Internal Server Error', message: 'Unexpected server error' });
			return true;
		case 'html-502':
			await reply
				.code(502)
				.type('text/html')
				.send('<html><body><h1>502 Bad Gateway</h1></body></html>');
			return true;
		case 'throttled-429':
			await reply
				.code(429)
				.header('retry-after', String(seconds))
				.send({ error: 'Too Many Requests' });
			return true;
		case 'throttled-403':
			await reply
				.code(403)
				.send({ error: 'throttled', message: `Please try again in ${seconds} seconds` });
			return true;
		case 'reset':
			reply.hijack();
			reply.raw.socket?.resetAndDestroy();
			return true;
		case 'timeout':
			// Taken over and never answered: the client has to give up.
			reply.hijack();
			return true;
		case 'slow':
			await delay(pause);
			return false;
		default:
			return false;
	}
}
