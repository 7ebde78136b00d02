import type { LoggedRequest } from '../../../sandbox/keygen/server/requests.mts';
import { openClient, resource } from './client.mts';
import type { Client } from './client.mts';

let client: Client;
beforeEach(async () => void (client = await openClient()));

const control = async <T = unknown,>(method: string, path: string, body?: unknown) => {
	const answer = await fetch(`${client.sandbox.url}/sandbox${path}`, {
		method,
		...(body !== undefined && {
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		}),
	});
	return answer.json() as Promise<T>;
};
const create = () =>
	client.send('POST', '/products', { body: resource('products', { name: 'x' }) });
const count = () => client.sandbox.world.store.count('products');

describe('faults', () => {
	test.each([
		['429', 429, 0],
		['500', 500, 0],
		['502', 502, 0],
		['503', 503, 0],
		['500-after', 500, 1],
		['502-after', 502, 1],
	])('%s answers %i and leaves %i product behind', async (kind, status, created) => {
		await control('POST', '/faults', {
			kind,
			method: 'POST',
			path: '/products',
			times: 1,
			retryAfter: 3,
		});
		const answer = await create();
		expect([answer.status, count()]).toEqual([status, created]);
		if (status === 429) expect(answer.headers.get('retry-after')).toBe('3');
		if (status === 502) expect(answer.headers.get('content-type')).toBe('text/html');
		expect((await create()).status).toBe(201);
	});

	test.each([
		['reset-before', 0],
		['reset-after', 1],
	])('%s breaks the connection and leaves %i product behind', async (kind, created) => {
		client.sandbox.fault({ kind: kind as 'reset-before', times: 1 });
		await expect(create()).rejects.toThrow();
		expect(count()).toBe(created);
	});

	test('rules can skip requests, match paths and be taken back', async () => {
		await control('POST', '/faults', [{ kind: '500', path: '//products$/', skip: 1 }]);
		expect([
			(await create()).status,
			(await create()).status,
			(await client.send('GET', '/me')).status,
		]).toEqual([201, 500, 200]);
		await control('DELETE', '/faults');
		expect((await create()).status).toBe(201);
	});
});

test('another process can seed, make tokens, emit, move the clock and look at what came in', async () => {
	const { ids } = await control<{ ids: string[][] }>('POST', '/seed', [
		{ type: 'products', attributes: { name: 'Seeded' } },
		{ type: 'licenses', count: 3, attributes: { name: 'License {n}' } },
	]);
	expect(ids.map((list: string[]) => list.length)).toEqual([1, 3]);
	const { token } = await control<{ token: string }>('POST', '/tokens', { bearer: ids[0][0] });
	expect((await client.send('GET', '/me', { token })).body.data.attributes.name).toBe('Seeded');
	expect(
		(await client.send('GET', '/licenses')).body.data.map((item) => item.attributes.name),
	).toEqual(['License 3', 'License 2', 'License 1']);
	const before = await control<{ now: string; counts: object }>('GET', '/stats');
	const { now } = await control<{ now: string }>('POST', '/clock', { advance: 86_400 });
	expect(Date.parse(now) - Date.parse(before.now)).toBeGreaterThanOrEqual(86_400_000);
	expect(before.counts).toMatchObject({ licenses: 3, tokens: 2 });
	const requests = await control<LoggedRequest[]>('GET', '/requests');
	expect(requests.map(({ method, status }) => [method, status])).toEqual([
		['GET', 200],
		['GET', 200],
	]);
	await control('POST', '/seed', { type: 'webhook-endpoints' });
	expect(
		(await control<{ ids: string[] }>('POST', '/emit', { event: 'license.created', count: 2 })).ids,
	).toHaveLength(2);
});

test('the log tells what was sent and what was wrong with it', async () => {
	await client.send('POST', '/products', { body: resource('products', { title: 'x' }) });
	const [entry] = await control<LoggedRequest[]>('GET', '/requests');
	expect(entry).toMatchObject({
		method: 'POST',
		status: 400,
		errors: ['/data/attributes/title'],
		body: { data: { type: 'products' } },
	});
});
