import { setTimeout as sleep } from 'node:timers/promises';
import type { ITriggerResponse } from 'n8n-workflow';

import { openScene, type Scene } from './scene.mts';

jest.setTimeout(60_000);

let scene: Scene;
let watching: ITriggerResponse | undefined;
let workflows = 0;
const named = () => ({ workflowId: `lost-${++workflows}` });
afterEach(async () => {
	await watching?.closeFunction?.();
	await scene?.close();
});

const events = () => scene.keygen.world.store.all('webhook-events');
const tokens = () => scene.workflow.executions.map(([{ json }]) => json.idempotencyToken);
const retries = () =>
	scene.keygen.requests.entries.filter(
		({ method, url }) => method === 'POST' && /\/actions\/retry/.test(url),
	);
const until = async (done: () => boolean, ms = 15_000) => {
	for (const late = Date.now() + ms; !done() && Date.now() < late; ) await sleep(20);
};

/** Lets events happen that Keygen gives up, as n8n is down. */
async function lose(count: number, event = 'license.created'): Promise<string[]> {
	await scene.proxy.refuse();
	const lost = scene.keygen.emit({ event, count });
	await scene.keygen.webhooksIdle();
	await scene.proxy.accept();
	return lost.map(({ facts }) => facts.idempotencyToken as string);
}

describe('events that Keygen gave up', () => {
	it('are delivered again when the trigger starts, oldest first, and once', async () => {
		scene = await openScene(named(), { webhooks: { concurrency: 1 } });
		await scene.workflow.activate();
		await scene.emit('user.created');
		const lost = await lose(5);
		expect(new Set(events().map(({ facts }) => facts.status))).toEqual(
			new Set(['DELIVERED', 'FAILED']),
		);
		watching = await scene.workflow.watch();
		await until(() => scene.workflow.executions.length === 6);
		await sleep(500);
		expect(tokens().slice(1)).toEqual(lost);
		expect(retries()).toHaveLength(5);
	});

	it('are let be where they are older than wanted', async () => {
		scene = await openScene({
			...named(),
			parameters: { events: ['*'], options: { lostEventsDays: 2 } },
		});
		await scene.workflow.activate();
		await lose(2);
		for (const event of events()) event.created -= 3 * 86_400_000;
		const [recent] = await lose(1);
		watching = await scene.workflow.watch();
		await until(() => scene.workflow.executions.length === 1);
		await sleep(1000);
		expect(tokens()).toEqual([recent]);
	});

	it('are not looked for where that is turned off', async () => {
		scene = await openScene({
			...named(),
			parameters: { events: ['*'], options: { lostEventsDays: 0 } },
		});
		await scene.workflow.activate();
		await lose(1);
		watching = await scene.workflow.watch();
		await sleep(3500);
		expect(retries()).toEqual([]);
	});

	it('of other endpoints are none of its business', async () => {
		scene = await openScene(named());
		await scene.workflow.activate();
		const attributes = { url: 'https://hooks.example.net/elsewhere', subscriptions: ['*'] };
		scene.keygen.seed({ type: 'webhook-endpoints', attributes });
		const [own] = await lose(1);
		watching = await scene.workflow.watch();
		await until(() => scene.workflow.executions.length === 1);
		await sleep(1000);
		expect(tokens()).toContain(own);
		expect(retries()).toHaveLength(1);
	});

	it('are found among more than a page of others', async () => {
		scene = await openScene({ ...named(), parameters: { events: ['license.created'] } });
		await scene.workflow.activate();
		const lost = await lose(2);
		await scene.emit('license.created', 230);
		watching = await scene.workflow.watch();
		await until(() => scene.workflow.executions.length === 232);
		expect(tokens().slice(-2).sort()).toEqual(lost.sort());
		const asked = scene.keygen.requests.entries.filter(({ url }) => /webhook-events\?/.test(url));
		expect(decodeURIComponent(asked[0].url)).toContain('events[]=license.created');
	});

	it('wait while Keygen cannot reach n8n, and only one is tried', async () => {
		scene = await openScene(named());
		await scene.workflow.activate();
		await lose(20);
		await scene.proxy.refuse();
		watching = await scene.workflow.watch();
		await until(() => scene.workflow.log.join().includes('cannot reach the webhook yet'));
		expect(retries()).toHaveLength(1);
		expect(scene.workflow.executions).toEqual([]);
	});

	it('come also where they were made for an endpoint that is gone: Keygen finds one by the URL', async () => {
		scene = await openScene(named());
		await scene.workflow.activate();
		const lost = await lose(3);
		events()[0].links.endpoint = '00000000-0000-4000-8000-000000000000';
		watching = await scene.workflow.watch();
		await until(() => scene.workflow.executions.length === 3);
		expect(tokens().sort()).toEqual([...lost].sort());
	});

	it('are looked for again when Keygen could not be asked', async () => {
		scene = await openScene(named());
		await scene.workflow.activate();
		await lose(1);
		scene.keygen.fault({ kind: '500', path: '/webhook-events' });
		watching = await scene.workflow.watch();
		await until(() => scene.workflow.log.join().includes('Lost events could not be looked for'));
		expect(scene.workflow.log.join()).not.toContain(scene.keygen.adminToken);
	});

	it('are left alone from the moment on in which the workflow is unpublished', async () => {
		scene = await openScene(named());
		await scene.workflow.activate();
		await lose(1);
		const stopped = await scene.workflow.watch();
		await stopped.closeFunction?.();
		await sleep(3500);
		expect(retries()).toEqual([]);
	});
});

it('an endpoint that Keygen has disabled is enabled again', async () => {
	scene = await openScene(named());
	await scene.workflow.activate();
	// What some tunnels answer while n8n is not there.
	scene.keygen.world.store.all('webhook-endpoints')[0].facts.subscriptions = [];
	watching = await scene.workflow.watch();
	await until(() => scene.workflow.log.length > 0);
	expect(scene.endpoints()).toMatchObject([{ subscriptions: ['*'] }]);
});
