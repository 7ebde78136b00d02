// Events come while n8n is killed again and again: each must have an execution in the end, and only
// what n8n was holding at a kill may have two.
import { setTimeout as sleep } from 'node:timers/promises';

import fc from 'fast-check';

import { storedCount } from '../../sandbox/n8n/api/handed-over.mts';
import { effort, SEED } from '../effort.mts';
import { openScene, storedEvents, workflowOf, type Scene } from './keygen-trigger-scene.mts';

const EVENTS = effort(500, 5000);
const KILLS = effort(1, 5);
const EVENTS_A_SECOND = 40;
jest.setTimeout(300_000 + EVENTS * 300);

let scene: Scene;
beforeAll(async () => (scene = await openScene()), 300_000);
afterAll(async () => await scene?.close(), 60_000);

const tokenOf = ({ facts }: { facts: Record<string, unknown> }) => String(facts.idempotencyToken);
const deliveries = () => scene.keygen.world.store.all('webhook-events');

it(`stores an execution for each of ${EVENTS} events through ${KILLS} kills`, async () => {
	const { id } = await scene.n8n.rest.createWorkflow(workflowOf(scene.credential));
	await scene.n8n.rest.publish(id);
	const happened = new Set<string>();
	const happening = (async () => {
		while (happened.size < EVENTS) {
			for (const event of scene.keygen.emit({
				event: 'license.updated',
				count: EVENTS_A_SECOND / 4,
			}))
				happened.add(tokenOf(event));
			await sleep(250);
		}
	})();
	const stored = () => storedCount(scene.n8n.userFolder, id);
	const untilStored = async (count: number) => {
		for (const late = Date.now() + 60_000 + EVENTS * 150; stored() < count; await sleep(50)) {
			if (Date.now() > late)
				throw new Error(`${stored()} of ${count} executions.\n${scene.n8n.log().slice(-3000)}`);
		}
	};
	const moments = fc.sample(fc.nat(500), { seed: SEED, numRuns: KILLS });
	for (const [kill, moment] of moments.entries()) {
		// A few are given up before n8n has stored them, so there is always a next one to wait for.
		await untilStored(Math.floor((EVENTS * (kill + 1)) / (KILLS + 1)));
		await sleep(moment);
		await scene.kill();
		await scene.restart();
	}
	await happening;
	const missing = (tokens: Iterable<string>) => {
		const known = new Set(tokens);
		return [...happened].filter((token) => !known.has(token));
	};
	await untilStored(happened.size);
	let tokens: string[] = [];
	for (const late = Date.now() + 60_000 + EVENTS * 100; Date.now() < late; await sleep(2000)) {
		tokens = storedEvents(scene.n8n.userFolder, id).map(({ idempotencyToken }) => idempotencyToken);
		if (missing(tokens).length === 0) break;
	}
	await scene.keygen.webhooksIdle();
	const times = new Map<string, number>();
	for (const token of tokens) times.set(token, (times.get(token) ?? 0) + 1);
	const repeated = [...times].filter(([, count]) => count > 1).map(([token]) => token);
	const held = new Set(
		scene.proxy.brokenOff.map((body) => JSON.parse(String(body)).data.meta.idempotencyToken),
	);
	const refused = deliveries().filter(({ facts }) => facts.lastResponseBody === 'CONN_REFUSED');
	console.log(
		`${happened.size} events, ${KILLS} kills, seed ${SEED}: ${refused.length} deliveries refused, ${held.size} events held at kills, ` +
			`${repeated.length} of them ran twice, ${missing(tokens).length} missing`,
	);
	expect(missing(tokens)).toEqual([]);
	expect(repeated.filter((token) => !held.has(token))).toEqual([]);
	// The test would show nothing if nothing had been lost or broken off.
	expect(refused.length).toBeGreaterThan(0);
	expect(held.size).toBeGreaterThan(0);
	await scene.n8n.rest.unpublish(id);
	await scene.untilEndpoints(0);
	expect(scene.endpoints()).toEqual([]);
});
