import { setTimeout as sleep } from 'node:timers/promises';

import { HOST } from '../../../../sandbox/n8n/tls-proxy.mts';
import { PATH, TEST_PATH } from './published.mts';
import { openScene, type Scene } from './scene.mts';
import { present } from '../../../present.mts';

const URL_OF_WEBHOOK = `https://${HOST}${PATH}`;
jest.setTimeout(60_000);

let scene: Scene;
afterEach(async () => await scene?.close());

describe('publishing', () => {
	it('registers one endpoint with what was chosen, and unpublishing removes it', async () => {
		scene = await openScene({
			parameters: {
				events: ['license.created', 'license.expired'],
				otherEvents: 'user.created, license.created',
				options: { signatureAlgorithm: 'rsa-pss-sha256', apiVersion: '1.5' },
			},
		});
		await scene.workflow.activate();
		expect(scene.endpoints()).toEqual([
			expect.objectContaining({
				url: URL_OF_WEBHOOK,
				subscriptions: ['license.created', 'license.expired', 'user.created'],
				signatureAlgorithm: 'rsa-pss-sha256',
				apiVersion: '1.5',
				product: null,
			}),
		]);
		await scene.workflow.deactivate();
		await scene.untilEndpoints(0);
		expect(scene.endpoints()).toEqual([]);
	});

	it('takes all events as * and the API version of the credential', async () => {
		scene = await openScene({
			parameters: { events: ['license.created', '*'] },
			credential: { apiVersion: '1.7' },
		});
		await scene.workflow.activate();
		expect(scene.endpoints()).toMatchObject([
			{
				subscriptions: ['*'],
				apiVersion: '1.7',
				signatureAlgorithm: 'ed25519',
			},
		]);
	});

	it('asks for an event where none is chosen', async () => {
		scene = await openScene({ parameters: { events: [] } });
		await expect(scene.workflow.activate()).rejects.toThrow(
			"Choose at least one event in 'Trigger On'. 'All Events' is the first in the list.",
		);
		expect(scene.keygen.requests.total).toBe(0);
	});

	it('is refused with an output per event where all events are chosen', async () => {
		scene = await openScene({ parameters: { events: ['*'], outputs: 'event' } });
		await expect(scene.workflow.activate()).rejects.toThrow(
			/'Outputs' is 'One per Event', but 'Trigger On' is 'All Events'.*Choose the events/,
		);
		expect(scene.keygen.requests.total).toBe(0);
	});

	it.each([
		['chosen from the list', (id: string) => ({ __rl: true, mode: 'list', value: id })],
		['by its ID', (id: string) => ({ __rl: true, mode: 'id', value: ` ${id} ` })],
		['by its code', () => ({ __rl: true, mode: 'code', value: 'my-app' })],
		['as a plain text', (id: string) => id],
	])('narrows the events to a product, %s', async (_, product) => {
		scene = await openScene();
		const [{ id }] = scene.keygen.seed({ type: 'products', attributes: { code: 'my-app' } });
		scene.workflow = scene.workflow.changed({
			parameters: { events: ['*'], options: { product: product(id) } },
		});
		await scene.workflow.activate();
		expect(scene.endpoints()).toMatchObject([{ product: id }]);
	});

	it('is not narrowed where no product is chosen in the list', async () => {
		const product = { __rl: true, mode: 'list', value: '' };
		scene = await openScene({ parameters: { events: ['*'], options: { product } } });
		await scene.workflow.activate();
		expect(scene.endpoints()).toMatchObject([{ product: null }]);
	});

	it('refuses the token of a product, to which Keygen never shows the endpoints it makes', async () => {
		scene = await openScene();
		const [product] = scene.keygen.seed({ type: 'products' });
		scene.workflow = scene.workflow.changed({
			credential: { token: scene.keygen.tokenFor(product) },
		});
		await expect(scene.workflow.activate()).rejects.toThrow(
			new RegExp(`needs an administrator's token.*${product.id} as 'Product'`),
		);
		expect(scene.endpoints()).toEqual([]);
	});

	it('refuses a product that does not exist, which Keygen would take for all products', async () => {
		scene = await openScene({
			parameters: {
				events: ['*'],
				options: { product: '0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31' },
			},
		});
		await expect(scene.workflow.activate()).rejects.toThrow(
			/no product '0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31'.*Choose another one as 'Product'/,
		);
		expect(scene.endpoints()).toEqual([]);
	});

	it('registers in the environment of the credential', async () => {
		scene = await openScene();
		const [environment] = scene.keygen.seed({
			type: 'environments',
			attributes: { name: 'Sandbox', code: 'sandbox' },
		});
		scene.workflow = scene.workflow.changed({
			credential: { environment: 'sandbox' },
		});
		await scene.workflow.activate();
		expect(scene.endpoints()).toMatchObject([{ environment: environment.id }]);
		await scene.workflow.deactivate();
		await scene.untilEndpoints(0);
		expect(scene.endpoints()).toEqual([]);
	});

	it('names the events that the server does not know', async () => {
		scene = await openScene({
			parameters: {
				events: ['license.created'],
				otherEvents: 'license.dreamt, process.updated',
			},
		});
		await expect(scene.workflow.activate()).rejects.toThrow(
			"does not know the events 'license.dreamt', 'process.updated'.",
		);
		expect(scene.endpoints()).toEqual([]);
	});

	it('names also an event of the list that an older server does not know', async () => {
		scene = await openScene({
			parameters: {
				events: ['license.created', 'user.created', 'package.created', 'user.banned'],
			},
		});
		const { knownEvents } = await import('../../../../sandbox/keygen/webhooks/events.mts');
		knownEvents(scene.keygen.world).delete('package.created');
		await expect(scene.workflow.activate()).rejects.toThrow(
			"does not know the event 'package.created'.",
		);
		expect(scene.endpoints()).toEqual([]);
	});

	it('says what the service said when it refuses for another reason', async () => {
		scene = await openScene({ credential: { token: 'admin-wrong-token-v3' } });
		const publishing = scene.workflow.activate();
		await expect(publishing).rejects.toThrow(
			/could not be checked: Keygen does not know the token/,
		);
		await expect(publishing).rejects.not.toThrow(/admin-wrong-token/);
	});

	it('adopts an endpoint whose making was not answered', async () => {
		scene = await openScene();
		scene.keygen.fault({
			kind: 'reset-after',
			method: 'POST',
			path: '/webhook-endpoints',
			times: 1,
		});
		await scene.workflow.activate();
		expect(scene.endpoints()).toHaveLength(1);
		await scene.emit('license.created');
		expect(scene.workflow.executions).toHaveLength(1);
	});
});

describe('one endpoint, whatever happens', () => {
	it('stays the same over restarts', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const [{ id }] = scene.endpoints();
		const stored = JSON.stringify(scene.workflow.stored);
		await scene.workflow.activate('init');
		await scene.workflow.activate('leadershipChange');
		expect(scene.endpoints()).toMatchObject([{ id }]);
		expect(JSON.stringify(scene.workflow.stored)).toBe(stored);
	});

	it('is found by its URL where nothing is stored', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const [{ id }] = scene.endpoints();
		scene.workflow = scene.workflow.changed({ staticData: {} });
		await scene.workflow.activate();
		expect(scene.endpoints()).toMatchObject([{ id }]);
		await scene.emit('license.created');
		expect(scene.workflow.executions).toHaveLength(1);
	});

	it('is made again when somebody deleted it', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const [{ id }] = scene.endpoints();
		const { store } = scene.keygen.world;
		store.remove(present(store.get('webhook-endpoints', String(id))));
		await scene.workflow.activate('init');
		expect(scene.endpoints()).toHaveLength(1);
		await scene.emit('license.created');
		expect(scene.workflow.executions).toHaveLength(1);
	});

	it.each([
		['other events', { subscriptions: ['user.created'] }],
		['no events, which is how Keygen disables it', { subscriptions: [] }],
		['another algorithm', { signatureAlgorithm: 'rsa-sha256' }],
		['another API version', { apiVersion: '1.2' }],
	])('is put right where it has %s', async (_, facts) => {
		scene = await openScene({ parameters: { events: ['license.created'] } });
		await scene.workflow.activate();
		const [endpoint] = scene.keygen.world.store.all('webhook-endpoints');
		Object.assign(endpoint.facts, facts);
		await scene.workflow.activate('init');
		expect(scene.endpoints()).toMatchObject([
			{
				id: endpoint.id,
				subscriptions: ['license.created'],
				signatureAlgorithm: 'ed25519',
				apiVersion: '1.8',
			},
		]);
		await scene.emit('license.created');
		expect(scene.workflow.executions).toHaveLength(1);
	});

	it('is put right where it is of another product', async () => {
		scene = await openScene();
		const [one, other] = [1, 2].map(() => scene.keygen.seed({ type: 'products' })[0]);
		scene.workflow = scene.workflow.changed({
			parameters: { events: ['*'], options: { product: one.id } },
		});
		await scene.workflow.activate();
		scene.keygen.world.store.all('webhook-endpoints')[0].links.product = other.id;
		await scene.workflow.activate('init');
		expect(scene.endpoints()).toMatchObject([{ product: one.id }]);
	});

	it('is put right where it is of a product and none is chosen', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const [product] = scene.keygen.seed({ type: 'products' });
		scene.keygen.world.store.all('webhook-endpoints')[0].links.product = product.id;
		await scene.workflow.activate('init');
		expect(scene.endpoints()).toMatchObject([{ product: null }]);
	});

	it('keeps its ID over an edit, so that what is on its way arrives', async () => {
		scene = await openScene({ parameters: { events: ['license.created'] } });
		await scene.workflow.activate();
		const [{ id }] = scene.endpoints();
		await scene.workflow.deactivate();
		scene.workflow = scene.workflow.changed({
			parameters: { events: ['license.created', 'user.created'] },
		});
		await scene.workflow.activate('update');
		expect(scene.endpoints()).toMatchObject([
			{ id, subscriptions: ['license.created', 'user.created'] },
		]);
		await scene.emit('user.created');
		expect(scene.workflow.executions).toHaveLength(1);
	});

	it('is left of several with the same URL', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		scene.keygen.seed({
			type: 'webhook-endpoints',
			attributes: { url: URL_OF_WEBHOOK },
		});
		scene.keygen.seed({
			type: 'webhook-endpoints',
			attributes: { url: 'https://other.example.com/' },
		});
		await scene.workflow.activate('init');
		expect(scene.endpoints().map(({ url }) => url)).toEqual([
			URL_OF_WEBHOOK,
			'https://other.example.com/',
		]);
	});

	it('stays where it is when the address of n8n changes, which a copy of n8n has', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const [{ id }] = scene.endpoints();
		const copy = scene.workflow.changed({ n8nUrl: 'https://hooks.example.net/n8n' });
		await copy.activate('init');
		const there = `https://hooks.example.net/n8n${PATH}`;
		expect(scene.endpoints()).toMatchObject([{ id, url: URL_OF_WEBHOOK }, { url: there }]);
		expect(copy.log.join()).toContain(`receives events at ${there}. If it is a copy`);
		expect(copy.log.join()).toContain(`The webhook endpoint ${id} for ${URL_OF_WEBHOOK} is left`);
		await copy.deactivate();
		await scene.untilEndpoints(1);
		expect(scene.endpoints()).toMatchObject([{ id, url: URL_OF_WEBHOOK }]);
	});

	it('stays when a copy of n8n that never registered its own is unpublished', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const copy = scene.workflow.changed({ n8nUrl: 'https://hooks.example.net' });
		await copy.deactivate();
		await sleep(17_000);
		expect(scene.endpoints()).toMatchObject([{ url: URL_OF_WEBHOOK }]);
	});

	it('goes where another URL is entered for it', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		await scene.workflow.deactivate();
		const webhookUrl = `https://hooks.example.net/x${PATH}`;
		scene.workflow = scene.workflow.changed({
			parameters: { events: ['*'], options: { webhookUrl } },
		});
		await scene.workflow.activate('update');
		await scene.untilEndpoints(1);
		expect(scene.endpoints()).toMatchObject([{ url: webhookUrl }]);
	});

	it.each([
		['workflow', { workflowId: 'a-copy' }],
		['n8n', { instanceId: 'a-clone' }],
	])('is not taken away by a copy in another %s', async (_, where) => {
		scene = await openScene();
		await scene.workflow.activate();
		const copy = scene.workflow.changed({
			...where,
			n8nUrl: 'https://hooks.example.net',
		});
		await copy.activate('init');
		expect(scene.endpoints().map(({ url }) => url)).toEqual([
			URL_OF_WEBHOOK,
			`https://hooks.example.net${PATH}`,
		]);
		await copy.deactivate();
		await scene.untilEndpoints(1);
		expect(scene.endpoints().map(({ url }) => url)).toEqual([URL_OF_WEBHOOK]);
	});

	it('is found among more than a page of others', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		for (let other = 0; other < 230; other += 1) {
			const attributes = { url: `https://other.example.com/${other}` };
			scene.keygen.seed({ type: 'webhook-endpoints', attributes });
		}
		await scene.workflow.activate('init');
		expect(scene.endpoints()).toHaveLength(231);
	});

	it('is found on a server that knows no cursors', async () => {
		scene = await openScene({}, { release: '1.6.0' });
		for (let other = 0; other < 130; other += 1) {
			const attributes = { url: `https://other.example.com/${other}` };
			scene.keygen.seed({ type: 'webhook-endpoints', attributes });
		}
		await scene.workflow.activate();
		await scene.workflow.activate('init');
		expect(scene.endpoints()).toHaveLength(131);
	});
});

describe('tests in the editor', () => {
	it('have an endpoint of their own, and leave that of the published workflow alone', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const [published] = scene.endpoints();
		await scene.workflow.listen();
		expect(scene.endpoints().map(({ url }) => url)).toEqual([
			URL_OF_WEBHOOK,
			`https://${HOST}${TEST_PATH}`,
		]);
		await scene.emit('license.created');
		expect(scene.answers.filter(({ items }) => items)).toHaveLength(2);
		await scene.workflow.stopListening();
		expect(scene.endpoints()).toEqual([published]);
		await scene.emit('license.created');
		expect(scene.answers.filter(({ items }) => items)).toHaveLength(3);
	});

	it('go on when the workflow is unpublished meanwhile', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		await scene.workflow.listen();
		await scene.workflow.deactivate();
		await scene.untilEndpoints(1);
		expect(scene.endpoints().map(({ url }) => url)).toEqual([`https://${HOST}${TEST_PATH}`]);
	});

	it('run for the same event again', async () => {
		scene = await openScene();
		await scene.workflow.listen();
		await scene.emit('license.created');
		const [event] = scene.keygen.world.store.all('webhook-events');
		await fetch(`${scene.keygen.baseUrl}/webhook-events/${event.id}/actions/retry`, {
			method: 'POST',
			headers: { authorization: `Bearer ${scene.keygen.adminToken}` },
		});
		await scene.keygen.webhooksIdle();
		expect(scene.answers.map(({ items }) => items?.length)).toEqual([1, 1]);
	});

	it('use the URL for tests where one is entered, and not the other', async () => {
		scene = await openScene({
			parameters: {
				events: ['*'],
				options: {
					webhookUrl: `https://hooks.example.net/x${PATH}`,
					testWebhookUrl: `https://hooks.example.net/y${TEST_PATH}`,
				},
			},
		});
		await scene.workflow.activate();
		await scene.workflow.listen();
		const urls = () => scene.endpoints().map(({ url }) => url);
		expect(urls()).toEqual([
			`https://hooks.example.net/x${PATH}`,
			`https://hooks.example.net/y${TEST_PATH}`,
		]);
		await scene.emit('license.created');
		expect(scene.answers.map(({ status }) => status)).toEqual([200, 200]);
		await scene.workflow.stopListening();
		expect(urls()).toEqual([`https://hooks.example.net/x${PATH}`]);
		await scene.workflow.deactivate();
		await scene.untilEndpoints(0);
		expect(urls()).toEqual([]);
	});

	it('do not share the URL of the published workflow', async () => {
		const url = `https://hooks.example.net/x${PATH}`;
		scene = await openScene({
			parameters: {
				events: ['*'],
				options: { webhookUrl: url, testWebhookUrl: url },
			},
		});
		await expect(scene.workflow.listen()).rejects.toThrow(/are the same/);
	});
});

describe('removing', () => {
	it('takes an endpoint that is gone for removed', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		// It goes between being listed and being deleted.
		scene.keygen.fault({
			kind: '500-after',
			method: 'DELETE',
			path: '/webhook-endpoints',
			times: 1,
		});
		await scene.workflow.deactivate();
		await scene.untilEndpoints(0);
		expect(scene.endpoints()).toEqual([]);
		expect(scene.workflow.stored['node:Keygen Trigger']).not.toHaveProperty('endpoint');
	});

	it('says at once in the log what stays if n8n stops before it', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		await scene.workflow.deactivate();
		expect(scene.endpoints()).toHaveLength(1);
		expect(scene.workflow.log.at(-1)).toMatch(
			new RegExp(`${scene.endpoints()[0].url} in 15 seconds.*If n8n stops before that`),
		);
	});

	it('says in the log what is left where Keygen refuses', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const [admin] = scene.keygen.world.store.all('tokens');
		scene.keygen.world.store.remove(admin);
		await scene.workflow.deactivate();
		const { log } = scene.workflow;
		const isTold = () => log.join().includes('is left at Keygen');
		for (const late = Date.now() + 25_000; !isTold() && Date.now() < late; ) await sleep(50);
		expect(log.join()).toMatch(/could not be removed from Keygen: .*token/);
		expect(log.join()).toContain(`The webhook endpoint for ${URL_OF_WEBHOOK} is left at Keygen`);
		expect(log.join()).toContain('Webhook Endpoint > Delete');
	});
});

describe('a service that is down', () => {
	it('does not cost n8n the webhook when it starts', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const down = scene.workflow.changed({
			credential: { baseUrl: 'http://127.0.0.1:1' },
		});
		await down.activate('init');
		expect(down.log.join()).toMatch(/could not check its webhook endpoint/);
		await scene.emit('license.created');
		expect(scene.workflow.executions).toHaveLength(1);
	}, 30_000);

	it('keeps a workflow from being published, also one that was before', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const down = scene.workflow.changed({ credential: { baseUrl: 'http://127.0.0.1:1' } });
		await expect(down.activate()).rejects.toThrow(/Keygen cannot be reached/);
	}, 30_000);

	it('keeps a workflow from being published for the first time', async () => {
		scene = await openScene();
		const down = scene.workflow.changed({
			credential: { baseUrl: 'http://127.0.0.1:1' },
		});
		await expect(down.activate()).rejects.toThrow(/Keygen cannot be reached/);
	}, 30_000);
});

it('an n8n that starts without its public address goes on receiving at the one that Keygen has', async () => {
	scene = await openScene();
	await scene.workflow.activate();
	scene.workflow = scene.workflow.changed({ n8nUrl: 'http://localhost:5678' });
	await scene.workflow.activate('init');
	expect(scene.workflow.log.join()).toMatch(/which is a name for the machine itself/);
	await scene.emit('license.created');
	expect(scene.workflow.executions).toHaveLength(1);
	await expect(scene.workflow.activate('update')).rejects.toThrow(/WEBHOOK_URL/);
});
