import type { FastifyInstance } from 'fastify';

import { makeToken } from '../access/tokens.mts';
import { findAnywhere } from '../seeding/bearers.mts';
import type { Seed } from '../seeding/needs.mts';
import { emitSample } from '../seeding/sample.mts';
import type { Emission } from '../seeding/sample.mts';
import { seed } from '../seeding/seed.mts';
import type { World } from '../state/world.mts';
import { Deliveries } from '../webhooks/deliveries.mts';
import { runTimedEvents } from '../webhooks/timed-events.mts';
import type { FaultRule, Faults } from './faults.mts';
import type { RequestLog } from './requests.mts';
import type { StorageHost } from './storage.mts';

export interface Controls {
	world: World;
	faults: Faults;
	log: RequestLog;
	storage: StorageHost;
	deliveries: Deliveries;
}

interface ClockChange {
	/** Seconds to go forward. */
	advance?: number;
	/** ISO date to go to. */
	set?: string;
	freeze?: boolean;
}

/** Applies a change of the clock and lets happen what falls due. */
export function changeClock(world: World, { advance, set, freeze }: ClockChange): string {
	if (set !== undefined) world.clock.set(Date.parse(set));
	if (advance !== undefined) world.clock.advance(advance * 1000);
	if (freeze !== undefined) world.clock.freeze(freeze);
	runTimedEvents(world);
	return new Date(world.clock.now()).toISOString();
}

/** The routes under `/sandbox` by which tests in other processes steer the sandbox; plain JSON. */
export function addControlRoutes(
	app: FastifyInstance,
	{ world, faults, log, storage, deliveries }: Controls,
): void {
	const json = <T,>(body: unknown): T =>
		(Buffer.isBuffer(body) && body.length > 0 ? JSON.parse(body.toString()) : {}) as T;

	app.post('/sandbox/faults', (request) => {
		for (const rule of [json<FaultRule | FaultRule[]>(request.body)].flat()) faults.add(rule);
		return { ok: true };
	});
	app.delete('/sandbox/faults', () => {
		faults.clear();
		return { ok: true };
	});
	app.post('/sandbox/clock', (request) => ({
		now: changeClock(world, json<ClockChange>(request.body)),
	}));
	app.post('/sandbox/seed', (request) => {
		const seeds = [json<Seed | Seed[]>(request.body)].flat();
		return { ids: seeds.map((one) => seed(world, one).map((item) => item.id)) };
	});
	app.post('/sandbox/tokens', (request) => {
		const { bearer, environment, ...facts } = json<{ bearer: string; environment?: string }>(
			request.body,
		);
		const token = makeToken(world, findAnywhere(world, bearer), facts, environment);
		return { id: token.id, token: token.facts.raw as string };
	});
	app.post('/sandbox/emit', (request) => ({
		ids: emitSample(world, json<Emission>(request.body)).map((item) => item.id),
	}));
	app.get('/sandbox/requests', () => log.entries);
	app.delete('/sandbox/requests', () => {
		log.entries.length = 0;
		storage.requests.length = 0;
		return { ok: true };
	});
	app.get('/sandbox/storage', () => storage.requests);
	app.get('/sandbox/stats', () => ({
		now: new Date(world.clock.now()).toISOString(),
		account: world.account.id,
		counts: world.store.counts(),
		requests: log.total,
		webhooks: { attempts: deliveries.attempts, pending: deliveries.pending },
		leaks: storage.requests.filter((request) => request.leaked).length,
	}));
}
