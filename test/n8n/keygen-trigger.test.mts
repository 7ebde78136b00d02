import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import { allEvents } from '../../sandbox/keygen/webhooks/event-names.mts';
import { Requests, send } from './keygen-trigger-forgeries.mts';
import { openScene, storedEvents, TRIGGER, type Scene } from './keygen-trigger-scene.mts';
import { storedTexts } from '../../sandbox/n8n/api/stored-text.mts';
import { HOST, OTHER_HOST } from '../../sandbox/n8n/tls-proxy.mts';
import { present } from '../present.mts';

jest.setTimeout(300_000);

describe.each(['v2', 'v1'] as const)('Keygen Trigger in n8n %s', (version) => {
	let scene: Scene;
	beforeAll(async () => (scene = await openScene({ version })), 300_000);
	afterAll(async () => await scene?.close(), 60_000);

	afterEach(async () => await scene.reset(), 120_000);

	const publish = async (parameters?: INodeParameters) => await scene.publish(parameters);
	const unpublish = async (id: string) => await scene.unpublish(id);
	const untilStored = async (id: string, count: number) => await scene.untilStored(id, count);
	const events = (id: string) => storedEvents(scene.n8n.userFolder, id);

	it('receives each of the 115 events, with one endpoint while it is published and none after', async () => {
		const id = await publish();
		expect(scene.endpoints()).toEqual([
			expect.objectContaining({
				url: expect.stringMatching(new RegExp(`^https://${HOST}/webhook/[0-9a-f-]+/webhook$`)),
				subscriptions: ['*'],
			}),
		]);
		for (const event of allEvents) scene.keygen.emit({ event });
		await scene.keygen.webhooksIdle();
		await untilStored(id, 115);
		expect(
			events(id)
				.map(({ event }) => event)
				.sort(),
		).toEqual([...allEvents].sort());
		const deliveries = scene.keygen.world.store.all('webhook-events');
		expect(new Set(deliveries.map(({ facts }) => facts.status))).toEqual(new Set(['DELIVERED']));
		const [{ id: execution }] = await scene.n8n.rest.executions({ workflowId: id });
		const { status, runs } = await scene.n8n.rest.waitForExecution(execution);
		expect([status, Object.keys(runs)]).toEqual(['success', [TRIGGER, 'Refer Back']]);
		await unpublish(id);
		await scene.untilEndpoints(0);
		expect(scene.endpoints()).toEqual([]);
	});

	it('keeps one endpoint over an edit and a restart', async () => {
		const id = await publish({ events: ['license.created'] });
		const workflow = await scene.n8n.rest.workflow(id);
		const nodes = workflow.nodes.map((node) =>
			node.name === TRIGGER ? { ...node, parameters: { events: ['user.created'] } } : node,
		);
		await scene.n8n.rest.updateWorkflow(id, { nodes });
		await scene.n8n.rest.publish(id);
		expect(scene.endpoints()).toMatchObject([{ subscriptions: ['user.created'] }]);
		await scene.stop();
		await scene.restart();
		expect(scene.endpoints()).toMatchObject([{ subscriptions: ['user.created'] }]);
		scene.keygen.emit({ event: 'user.created' });
		await scene.keygen.webhooksIdle();
		await untilStored(id, 1);
		await unpublish(id);
		await scene.untilEndpoints(0);
		expect(scene.endpoints()).toEqual([]);
	});

	it('keeps its endpoint over an edit: what is on its way arrives, and nothing goes unnoticed', async () => {
		const id = await publish({ events: ['license.created'] });
		const [endpoint] = scene.endpoints();
		// Keygen is told 504, and has all of them still to deliver when the edit comes.
		scene.proxy.losing = 'answer';
		scene.keygen.emit({ event: 'license.created', count: 20 });
		await untilStored(id, 20);
		const workflow = await scene.n8n.rest.workflow(id);
		const nodes = workflow.nodes.map((node) =>
			node.name === TRIGGER ? { ...node, parameters: { events: ['*'] } } : node,
		);
		await scene.n8n.rest.updateWorkflow(id, { nodes });
		let isPublished = false;
		const published = scene.n8n.rest.publish(id).then(() => (isPublished = true));
		let happened = 20;
		for (; !isPublished; happened += 1) {
			expect(scene.keygen.emit({ event: 'license.created' })).toHaveLength(1);
			await sleep(100);
		}
		await published;
		scene.proxy.losing = undefined;
		await scene.keygen.webhooksIdle();
		await untilStored(id, happened);
		expect(scene.endpoints()).toMatchObject([{ id: endpoint.id, subscriptions: ['*'] }]);
		const tokens = events(id).map(({ idempotencyToken }) => idempotencyToken);
		expect([tokens.length, new Set(tokens).size]).toEqual([happened, happened]);
		const statuses = scene.keygen.world.store
			.all('webhook-events')
			.slice(-happened)
			.map(({ facts }) => facts.status);
		expect(new Set(statuses)).toEqual(new Set(['DELIVERED']));
	});

	it('registers again what somebody deleted while it was published', async () => {
		const id = await publish();
		const [{ url }] = scene.endpoints();
		scene.removeEndpoints();
		// The first look comes two seconds after publishing, the second half a minute after that.
		await scene.untilLogged(`there was no webhook endpoint for ${url} any more`);
		expect(scene.endpoints()).toMatchObject([{ url }]);
		scene.keygen.emit({ event: 'license.created' });
		await scene.keygen.webhooksIdle();
		await untilStored(id, 1);
	});

	it('fetches back what Keygen gave up while n8n was down', async () => {
		const id = await publish();
		scene.keygen.emit({ event: 'license.created', count: 3 });
		await scene.keygen.webhooksIdle();
		await untilStored(id, 3);
		await scene.kill();
		scene.keygen.emit({ event: 'user.created', count: 5 });
		await scene.keygen.webhooksIdle();
		await scene.restart();
		await untilStored(id, 8);
		await sleep(1000);
		const tokens = events(id).map(({ idempotencyToken }) => idempotencyToken);
		expect([tokens.length, new Set(tokens).size]).toEqual([8, 8]);
	});

	it('listens for a test event beside the published workflow', async () => {
		const id = await publish();
		const [published] = scene.endpoints();
		expect(await scene.n8n.rest.startWorkflow(id)).toMatchObject({ waitingForWebhook: true });
		expect(scene.endpoints().map(({ url }) => url)).toEqual([
			published.url,
			published.url.replace('/webhook/', '/webhook-test/'),
		]);
		scene.keygen.emit({ event: 'license.created' });
		await scene.keygen.webhooksIdle();
		await untilStored(id, 2);
		await scene.untilEndpoints(1);
		expect(scene.endpoints()).toEqual([published]);
		const executions = await scene.n8n.rest.executions({ workflowId: id });
		expect(executions.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
		const manual = present(executions.find(({ mode }) => mode === 'manual'));
		const test = await scene.n8n.rest.waitForExecution(manual.id);
		expect(test.json(TRIGGER)).toMatchObject([{ event: 'license.created' }]);
		expect(test.json('Refer Back')).toEqual([{ event: 'license.created' }]);
	});

	it('runs for none of many forged requests, and for all untouched ones', async () => {
		const id = await publish();
		const requests = new Requests(scene.keygen, scene.endpoints()[0].url);
		let genuine = 0;
		let forged = 0;
		await fc.assert(
			fc.asyncProperty(
				requests.forged(),
				fc.oneof(
					{ weight: 9, arbitrary: fc.constant(null) },
					{ weight: 1, arbitrary: requests.untouched() },
				),
				async (forgery, untouched) => {
					forged += 1;
					const status = await send(scene.n8n.url, forgery);
					expect(status).toBeGreaterThanOrEqual(400);
					// For these Keygen would disable the endpoint.
					expect([410, 530]).not.toContain(status);
					if (untouched === null) return;
					genuine += 1;
					expect(await send(scene.n8n.url, untouched)).toBe(200);
				},
			),
			{ numRuns: version === 'v2' ? 1000 : 100, endOnFailure: true },
		);
		await untilStored(id, genuine);
		await sleep(500);
		expect(events(id)).toHaveLength(genuine);
		expect([forged, genuine > 0]).toEqual([version === 'v2' ? 1000 : 100, true]);
	});

	it.each<[string, (headers: string[]) => string[]]>([
		['another Host', (headers) => replaced(headers, 'host', '10.0.0.7')],
		['a port in Host', (headers) => replaced(headers, 'host', `${HOST}:8443`)],
		['another Date', (headers) => replaced(headers, 'date', new Date(0).toUTCString())],
	])('verifies behind a proxy that writes %s', async (_, change) => {
		const id = await publish();
		scene.proxy.rewrite = ({ path, headers }) => ({ path, headers: change(headers) });
		scene.keygen.emit({ event: 'license.created' });
		await scene.keygen.webhooksIdle();
		scene.proxy.rewrite = (passing) => passing;
		await untilStored(id, 1);
	});

	it('verifies behind a proxy that adds a port and a path prefix', async () => {
		const webhookId = randomUUID();
		const webhookUrl = `https://${OTHER_HOST}:8443/n8n/webhook/${webhookId}/webhook`;
		const id = await scene.publish({ events: ['*'], options: { webhookUrl } }, webhookId);
		expect(scene.endpoints()).toMatchObject([{ url: webhookUrl }]);
		scene.proxy.rewrite = ({ path: long, headers }) => ({
			path: long.replace('/n8n', ''),
			headers,
		});
		scene.keygen.emit({ event: 'license.created' });
		await scene.keygen.webhooksIdle();
		scene.proxy.rewrite = (passing) => passing;
		await untilStored(id, 1);
		await unpublish(id);
		await scene.untilEndpoints(0);
		expect(scene.endpoints()).toEqual([]);
	});

	it('says what is wrong when it cannot be published', async () => {
		const wrong = async (parameters: INodeParameters) =>
			await publish(parameters).then(
				() => 'published',
				(error: Error) => error.message,
			);
		expect(await wrong({ events: [], otherEvents: 'license.dreamt' })).toMatch(
			/does not know the event 'license.dreamt'/,
		);
		expect(scene.endpoints()).toEqual([]);
	});

	it('leaves the endpoint of the n8n of which it is a copy alone', async () => {
		const id = await publish();
		const [production] = scene.endpoints();
		await scene.stop();
		// It stays at this address: no other test comes after this one that needs the first.
		await scene.restart({ WEBHOOK_URL: `https://${OTHER_HOST}/` });
		const there = production.url.replace(HOST, OTHER_HOST);
		// n8n publishes once its editor can be reached.
		await scene.untilEndpoints(2);
		expect(scene.endpoints()).toMatchObject([production, { url: there }]);
		await scene.untilLogged(`the endpoint for ${production.url} belongs to the other n8n`);
		await unpublish(id);
		await scene.untilEndpoints(1);
		expect(scene.endpoints()).toEqual([production]);
	});

	it('tells neither the log nor the database of the token', () => {
		expect(storedTexts(scene.n8n.userFolder, [scene.keygen.adminToken])).toEqual([]);
		expect(scene.n8n.log()).not.toContain(scene.keygen.adminToken);
	});
});

const replaced = (headers: string[], name: string, value: string) => {
	const at = headers.findIndex((header, index) => index % 2 === 0 && header.toLowerCase() === name);
	return headers.map((header, index) => (index === at + 1 ? value : header));
};
