import type { FastifyInstance } from 'fastify';
import type { EventsService, ServiceRules } from './events-service.mts';
import type { PageRules } from './event-pages.mts';
import { FAULT_KINDS, type Fault } from './faults.mts';

interface NewEvents {
	events?: Array<{ event: Record<string, unknown>; at?: number; visibleAt?: number }>;
	generate?: { start: number; end: number; count: number };
}

/** What tests and demos use to steer the stand-in over HTTP, under /sandbox. */
export function serveControl(
	app: FastifyInstance,
	service: EventsService,
	sockets: () => number,
): void {
	app.post<{ Body: { faults: Fault[] } }>('/sandbox/faults', async ({ body }, reply) => {
		const unknown = body.faults.find(({ kind }) => !FAULT_KINDS.includes(kind));
		if (unknown) return reply.code(400).send({ error: `Unknown fault ${unknown.kind}` });
		service.faults.add(body.faults);
		return { faults: service.faults.list() };
	});
	app.delete('/sandbox/faults', async () => {
		service.faults.clear();
		return { faults: [] };
	});
	app.post<{ Body: { now?: number | string; advance?: number; rate?: number } }>(
		'/sandbox/clock',
		async ({ body: { now, ...rest } }) => {
			service.clock.set({
				...rest,
				...(now === undefined ? {} : { now: new Date(now).getTime() }),
			});
			return { now: service.clock.now() };
		},
	);
	app.post<{ Body: Partial<PageRules & ServiceRules> }>('/sandbox/rules', async ({ body }) => {
		const { arrayKey, tellsTime, latencyMs, ...pages } = body;
		Object.assign(
			service.rules,
			arrayKey === undefined ? {} : { arrayKey },
			tellsTime === undefined ? {} : { tellsTime },
			latencyMs === undefined ? {} : { latencyMs },
		);
		Object.assign(service.pages.rules, pages);
		return { ...service.pages.rules, ...service.rules };
	});
	app.post<{ Body: NewEvents }>('/sandbox/events', async ({ body: { events = [], generate } }) => {
		for (const entry of events) service.append(entry);
		if (generate) service.generate(generate.start, generate.end, generate.count);
		return { events: service.log.size };
	});
	// Everything that happened, shown or not yet: what a test holds the nodes' output against.
	app.get('/sandbox/events', async () => service.log.between(-Infinity, Infinity, '[]', Infinity));
	app.get('/sandbox/stats', async () => ({
		requests: service.requests,
		sockets: sockets(),
		events: service.log.size,
		now: service.clock.now(),
	}));
}
