import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { allEvents } from '../../../sandbox/keygen/webhooks/event-names.mts';
import { errorsOf, openClient, resource } from './client.mts';
import type { Client } from './client.mts';
import type { Document, Resource } from '../json-api.mts';
import { present } from '../../present.mts';

interface Received {
	method: string;
	url: string;
	headers: IncomingHttpHeaders;
	text: string;
	event: Resource;
}

const payloadOf = ({ attributes }: Resource) => JSON.parse(String(attributes.payload)) as Document;

interface Receiver {
	url: string;
	received: Received[];
	/** Status of the next answers, the last one for all further ones. */
	statuses: number[];
	close(): Promise<void>;
}

const receivers: Server[] = [];
afterAll(() => receivers.forEach((server) => server.close()));

async function openReceiver(port = 0): Promise<Receiver> {
	const received: Received[] = [];
	const statuses = [200];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString();
			received.push({
				method: present(request.method),
				url: present(request.url),
				headers: request.headers,
				text,
				event: JSON.parse(text).data,
			});
			response.statusCode = statuses.length > 1 ? present(statuses.shift()) : statuses[0];
			response.end('thanks');
		});
	});
	receivers.push(server);
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		received,
		statuses,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

const local = { allowHosts: ['127.0.0.1'], retryDelay: () => 1 };
let client: Client;
let receiver: Receiver;

beforeEach(async () => {
	client = await openClient({ webhooks: local });
	receiver = await openReceiver();
});

const subscribe = (attributes: object = {}, links?: Record<string, string>, sending = {}) =>
	client.make(
		'webhook-endpoints',
		{ url: `${receiver.url}/hook?x=1`, ...attributes },
		links,
		sending,
	);
const events = async () => (await client.send('GET', '/webhook-events?limit=100')).body.data;

describe('endpoint rules', () => {
	test.each([
		['http://hooks.example.com/', 'URL_PROTOCOL_INVALID'],
		['https://localhost/', 'URL_HOST_INVALID'],
		['https://intranet/', 'URL_HOST_INVALID'],
		['https://10.0.0.1/', 'URL_HOST_INVALID'],
		['https://[::1]/', 'URL_HOST_INVALID'],
		['https://api.keygen.sh/', 'URL_HOST_INVALID'],
		['not a url', 'URL_INVALID'],
	])('%s is %s', async (url, code) => {
		const answer = await client.send('POST', '/webhook-endpoints', {
			body: resource('webhook-endpoints', { url }),
		});
		expect(errorsOf(answer)).toEqual([`${code} /data/attributes/url`]);
	});

	test('a public https host with a port and a query is fine', async () => {
		expect(
			await client.make('webhook-endpoints', { url: 'https://hooks.example.com:8443/a?b=c' }),
		).toBeTruthy();
	});

	test.each([
		[[], 'SUBSCRIPTIONS_TOO_SHORT'],
		[['*', 'license.created'], 'SUBSCRIPTIONS_NOT_ALLOWED'],
		[['license.*'], 'SUBSCRIPTIONS_NOT_ALLOWED'],
		[['process.updated'], 'SUBSCRIPTIONS_NOT_ALLOWED'],
	])('subscriptions %j are %s', async (subscriptions, code) => {
		const body = resource('webhook-endpoints', {
			url: 'https://hooks.example.com/',
			subscriptions,
		});
		expect(errorsOf(await client.send('POST', '/webhook-endpoints', { body }))).toEqual([
			`${code} /data/attributes/subscriptions`,
		]);
	});

	test('an event that was once emitted is known from then on', async () => {
		const process = client.sandbox.seed({ type: 'processes' })[0].id;
		await client.send('PATCH', `/processes/${process}`, {
			body: { data: { type: 'processes', attributes: { metadata: {} } } },
		});
		expect(await subscribe({ subscriptions: ['process.updated'] })).toBeTruthy();
	});

	test('ecdsa came with server 1.6.0', async () => {
		const older = await openClient({ release: '1.5.0' });
		const body = resource('webhook-endpoints', {
			url: 'https://hooks.example.com/',
			signatureAlgorithm: 'ecdsa-p256',
		});
		expect(errorsOf(await older.send('POST', '/webhook-endpoints', { body }))).toEqual([
			'SIGNATURE_ALGORITHM_NOT_ALLOWED /data/attributes/signatureAlgorithm',
		]);
		expect((await client.send('POST', '/webhook-endpoints', { body })).status).toBe(201);
	});
});

test('there are 115 events, each of which can be emitted and reaches an endpoint for all', async () => {
	await subscribe();
	expect(new Set(allEvents).size).toBe(115);
	for (const event of allEvents) client.sandbox.emit({ event });
	await client.sandbox.webhooksIdle();
	expect(receiver.received.map(({ event }) => event.attributes.event).sort()).toEqual(
		[...allEvents].sort(),
	);
	for (const { event } of receiver.received) {
		const { data } = payloadOf(event);
		expect(Array.isArray(data)).toBe(/\.(attached|detached)$/.test(String(event.attributes.event)));
	}
});

test('a delivery is signed over the registered URL and carries the event with its payload as text', async () => {
	await subscribe({ subscriptions: ['product.created'] });
	const product = await client.make('products', { name: 'Told' });
	await client.sandbox.webhooksIdle();
	const [{ method, url, headers, text, event }] = receiver.received;
	expect([method, url, headers['content-type'], headers['keygen-version']]).toEqual([
		'POST',
		'/hook?x=1',
		'application/json',
		'1.8',
	]);
	expect(headers['user-agent']).toBe('Keygen/1.8 (+https://keygen.sh/docs/api/webhooks/)');
	expect(headers.digest).toBe(`sha-256=${createHash('sha256').update(text).digest('base64')}`);
	expect([headers['keygen-digest'], headers['keygen-date']]).toEqual([
		headers.digest,
		headers.date,
	]);
	const signature = present(/signature="([^"]+)"/.exec(headers['keygen-signature'] as string))[1];
	const signed = `(request-target): post /hook?x=1\nhost: 127.0.0.1\ndate: ${headers.date}\ndigest: ${headers.digest}`;
	const x = Buffer.from(client.sandbox.publicKeys().ed25519, 'hex').toString('base64url');
	expect(
		verify(
			null,
			Buffer.from(signed),
			createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } }),
			Buffer.from(signature, 'base64'),
		),
	).toBe(true);
	expect(event).toMatchObject({
		type: 'webhook-events',
		attributes: { event: 'product.created', status: 'DELIVERING', lastResponseCode: null },
	});
	expect(event.meta.idempotencyToken).toMatch(/^[0-9a-f-]{36}$/);
	expect(payloadOf(event).data.id).toBe(product);
});

test('a host can be sent elsewhere while it is signed and named as registered', async () => {
	const { host } = new URL(receiver.url);
	const webhooks = { allowHosts: ['hooks.example.com'], hosts: { 'hooks.example.com': host } };
	const world = await openClient({ webhooks });
	await world.make('webhook-endpoints', { url: 'http://hooks.example.com:8080/hook' });
	world.sandbox.emit({ event: 'product.created' });
	await world.sandbox.webhooksIdle();
	const [{ headers }] = receiver.received;
	expect(headers.host).toBe('hooks.example.com:8080');
	const x = Buffer.from(world.sandbox.publicKeys().ed25519, 'hex').toString('base64url');
	const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
	const signed = `(request-target): post /hook\nhost: hooks.example.com\ndate: ${headers.date}\ndigest: ${headers.digest}`;
	const signature = present(/signature="([^"]+)"/.exec(headers['keygen-signature'] as string))[1];
	expect(verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64'))).toBe(true);
});

test('accounts from before June 2021 also sign the body alone', async () => {
	const old = await openClient({ webhooks: local, account: { created: '2020-01-01' } });
	await old.make('webhook-endpoints', { url: receiver.url });
	old.sandbox.emit({ event: 'product.created' });
	await old.sandbox.webhooksIdle();
	const [{ headers, text }] = receiver.received;
	expect(
		verify(
			'sha256',
			Buffer.from(text),
			old.sandbox.publicKeys().rsa2048,
			Buffer.from(headers['x-signature'] as string, 'base64'),
		),
	).toBe(true);
});

describe('outcomes', () => {
	const deliver = async (...statuses: number[]) => {
		receiver.statuses.splice(0, receiver.statuses.length, ...statuses);
		const endpoint = await subscribe();
		client.sandbox.emit({ event: 'product.created' });
		await client.sandbox.webhooksIdle();
		const [event] = await events();
		const { subscriptions } = (await client.send('GET', `/webhook-endpoints/${endpoint}`)).body.data
			.attributes;
		return { ...event.attributes, attempts: receiver.received.length, subscriptions };
	};

	test('200 to 299 is delivered, with the answer remembered', async () => {
		expect(await deliver(204)).toMatchObject({
			status: 'DELIVERED',
			lastResponseCode: 204,
			attempts: 1,
		});
	});

	test('other answers are retried under the same event id, and freshly signed', async () => {
		expect(await deliver(500, 404, 200)).toMatchObject({
			status: 'DELIVERED',
			lastResponseCode: 200,
			lastResponseBody: 'thanks',
			attempts: 3,
		});
		expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
	});

	test('after 15 retries the event has failed, and the endpoint stays', async () => {
		expect(await deliver(500)).toMatchObject({
			status: 'FAILED',
			attempts: 16,
			subscriptions: ['*'],
		});
	});

	test.each([410, 530])('%i fails the event and disables the endpoint', async (status) => {
		expect(await deliver(status)).toMatchObject({
			status: 'FAILED',
			attempts: 1,
			subscriptions: [],
		});
	});

	test('a refused connection is final: it is not tried again', async () => {
		await receiver.close();
		expect(await deliver(200)).toMatchObject({
			status: 'FAILED',
			lastResponseCode: null,
			lastResponseBody: 'CONN_REFUSED',
			subscriptions: ['*'],
		});
		expect(present(client.sandbox.world.deliveries).attempts).toBe(1);
	});
});

test('a retry is a new event with the payload and idempotency token of the old one', async () => {
	await receiver.close();
	const endpoint = await subscribe();
	client.sandbox.emit({ event: 'product.created' });
	await client.sandbox.webhooksIdle();
	const [failed] = await events();
	const again = await openReceiver(Number(new URL(receiver.url).port));
	const retry = await client.send('POST', `/webhook-events/${failed.id}/actions/retry`);
	expect(retry.status).toBe(201);
	expect(retry.body.data.id).not.toBe(failed.id);
	expect(retry.body.data.meta).toEqual(failed.meta);
	await client.sandbox.webhooksIdle();
	expect(again.received[0].event.attributes.payload).toBe(failed.attributes.payload);
	await client.send('DELETE', `/webhook-endpoints/${endpoint}`);
	expect((await client.send('POST', `/webhook-events/${failed.id}/actions/retry`)).status).toBe(
		422,
	);
});

describe('who is told', () => {
	test('an endpoint of a product only of what that product may read', async () => {
		const [own, other] = [
			await client.make('products', { name: 'own' }),
			await client.make('products', { name: 'other' }),
		];
		await subscribe({ subscriptions: ['policy.created'] }, { product: own });
		await client.make('policies', {}, { product: other });
		const policy = await client.make('policies', {}, { product: own });
		await client.sandbox.webhooksIdle();
		expect(receiver.received.map(({ event }) => payloadOf(event).data.id)).toEqual([policy]);
	});

	test('the endpoint that a product token makes is that of its product', async () => {
		const product = await client.make('products', { name: 'own' });
		const token = client.sandbox.tokenFor(
			present(client.sandbox.world.store.get('products', product)),
		);
		const id = await subscribe({}, undefined, { token });
		expect(
			(await client.send('GET', `/webhook-endpoints/${id}`)).body.data.relationships.product.data
				.id,
		).toBe(product);
	});

	test('endpoints of the same environment', async () => {
		await client.make('environments', { name: 'E', code: 'env' });
		await subscribe({ subscriptions: ['product.created'] });
		await client.make('products', { name: 'inside' }, undefined, {
			headers: { 'keygen-environment': 'env' },
		});
		await client.sandbox.webhooksIdle();
		expect(receiver.received).toEqual([]);
	});

	test('nobody of quick validations, of changes to endpoints and of what goes along with a deletion', async () => {
		await subscribe();
		const license = client.sandbox.seed({ type: 'licenses' })[0];
		client.sandbox.seed({ type: 'machines', relationships: { license: license.id } });
		await client.send('GET', `/licenses/${license.id}/actions/validate`);
		await client.send('DELETE', `/licenses/${license.id}`);
		await client.sandbox.webhooksIdle();
		expect(receiver.received.map(({ event }) => event.attributes.event)).toEqual([
			'license.deleted',
		]);
	});
});

test('payloads come in the API version of the endpoint and without token values', async () => {
	await subscribe({ apiVersion: '1.5' });
	const license = client.sandbox.seed({ type: 'licenses' })[0];
	await client.send('POST', `/licenses/${license.id}/actions/suspend`);
	await client.send('POST', `/licenses/${license.id}/tokens`);
	await client.sandbox.webhooksIdle();
	const payloads = receiver.received.map(({ event }) => payloadOf(event).data);
	expect(
		Object.keys(present(payloads.find(({ type }) => type === 'licenses')).relationships),
	).toContain('user');
	expect(present(payloads.find(({ type }) => type === 'tokens')).attributes).not.toHaveProperty(
		'token',
	);
});

test('validations tell their verdict in meta', async () => {
	await subscribe({ subscriptions: ['license.validation.failed'] });
	const license = client.sandbox.seed({ type: 'licenses', attributes: { suspended: true } })[0];
	await client.send('POST', `/licenses/${license.id}/actions/validate`, {
		body: { meta: { nonce: 3 } },
	});
	await client.sandbox.webhooksIdle();
	expect(payloadOf(receiver.received[0].event).meta).toMatchObject({
		valid: false,
		code: 'SUSPENDED',
		nonce: 3,
	});
});

test('the clock brings about expiring-soon, once a day, then expired', async () => {
	await subscribe({ subscriptions: ['license.expiring-soon', 'license.expired'] });
	const days = (count: number) => client.sandbox.clock({ advance: count * 24 * 3600 });
	const names = async () => {
		await client.sandbox.webhooksIdle();
		return receiver.received.map(({ event }) => event.attributes.event);
	};
	client.sandbox.clock({ freeze: true });
	client.sandbox.seed({
		type: 'licenses',
		attributes: {
			expiry: new Date(client.sandbox.world.clock.now() + 5 * 24 * 3600 * 1000).toISOString(),
		},
	});
	days(1);
	expect(await names()).toEqual([]);
	days(1);
	days(0.5);
	expect(await names()).toEqual(['license.expiring-soon']);
	days(0.5);
	expect(await names()).toEqual(['license.expiring-soon', 'license.expiring-soon']);
	days(2.1);
	expect((await names()).at(-1)).toBe('license.expired');
});
