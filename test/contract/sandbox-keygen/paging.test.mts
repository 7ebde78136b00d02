import { errorsOf, openClient } from './client.mts';
import type { Client } from './client.mts';

let client: Client;
let newestFirst: string[];

beforeAll(async () => {
	client = await openClient();
	newestFirst = client.sandbox
		.seed({ type: 'licenses', count: 250 })
		.map((item) => item.id)
		.reverse();
});

/** Follows `links.next` from a first path. */
async function follow(from: Client, first: string): Promise<string[]> {
	const ids: string[] = [];
	for (let path: string | null = first; path; ) {
		const { body, status, text } = await from.send('GET', path);
		if (status !== 200) throw new Error(text);
		ids.push(...body.data.map((item) => item.id));
		path = body.links.next;
	}
	return ids;
}

test('without a page: 10 of the newest, or as many as limit says, without links', async () => {
	const { body } = await client.send('GET', '/licenses');
	expect(body.data.map((item) => item.id)).toEqual(newestFirst.slice(0, 10));
	expect(body.links).toBeUndefined();
	expect((await client.send('GET', '/licenses?limit=100')).body.data).toHaveLength(100);
});

test.each([
	'limit=0',
	'limit=101',
	'limit=x',
	'page[number]=101&page[size]=1',
	'page[number]=1&page[size]=101',
	'page[number]=0&page[size]=1',
	'page[number]=1&page[size]=0',
	'page[cursor]=x&page[size]=1',
])('%s is refused with the parameter', async (query) => {
	const answer = await client.send('GET', `/licenses?${query}`);
	expect(answer.status).toBe(400);
	expect(answer.body.errors[0].source?.parameter).toMatch(/^(limit|page\[\w+\])$/);
});

test('a page that is no object is refused', async () => {
	expect(errorsOf(await client.send('GET', '/licenses?page=2'))).toEqual(['- page']);
});

test('numbered pages link to their neighbors, the first and the last, and count', async () => {
	const { body } = await client.send('GET', '/licenses?page[number]=2&page[size]=100');
	expect(body.data[0].id).toBe(newestFirst[100]);
	expect(body.links.meta).toEqual({ pages: 3, count: 250 });
	const numbers = ['self', 'prev', 'next', 'first', 'last'].map((name) =>
		new URLSearchParams(body.links[name].split('?')[1]).get('page[number]'),
	);
	expect(numbers).toEqual(['2', '1', '3', '1', '3']);
	expect((await client.send('GET', body.links.last)).body.links.next).toBeNull();
});

test('all pages together hold every license once, by number and by cursor', async () => {
	expect(await follow(client, '/licenses?page[number]=1&page[size]=100')).toEqual(newestFirst);
	expect(await follow(client, '/licenses?page[cursor]=&page[size]=100')).toEqual(newestFirst);
	expect(await follow(client, '/licenses?page[cursor]=&page[size]=100&order=asc')).toEqual(
		[...newestFirst].reverse(),
	);
});

test('cursor pages have no count and no way back', async () => {
	const { links } = (await client.send('GET', '/licenses?page[cursor]=&page[size]=100')).body;
	expect(Object.keys(links)).toEqual(['self', 'next']);
});

test('links are relative and encoded, keep filters and drop credentials', async () => {
	const { links } = (
		await client.send(
			'GET',
			`/licenses?status=active&token=${client.sandbox.adminToken}&page[number]=1&page[size]=5`,
			{ token: null },
		)
	).body;
	expect(links.next).toBe(
		`/v1/accounts/${client.sandbox.accountId}/licenses?page%5Bnumber%5D=2&page%5Bsize%5D=5&status=active`,
	);
});

test('webhook events are not counted', async () => {
	client.sandbox.seed({ type: 'webhook-endpoints' });
	client.sandbox.seed({ type: 'webhook-events', count: 3 });
	const { links } = (await client.send('GET', '/webhook-events?page[number]=1&page[size]=2')).body;
	expect(Object.keys(links)).toEqual(['self', 'prev', 'next']);
	expect(links.next).not.toBeNull();
	expect(
		(await client.send('GET', '/webhook-events?page[number]=2&page[size]=2')).body.links.next,
	).toBeNull();
});

test('12,000 licenses come back complete by cursor', async () => {
	const big = await openClient();
	big.sandbox.seed({ type: 'licenses', count: 12_000 });
	expect(new Set(await follow(big, '/licenses?page[cursor]=&page[size]=100')).size).toBe(12_000);
}, 60_000);

describe('on a server from before cursors', () => {
	let older: Client;
	beforeAll(async () => {
		older = await openClient({ release: '1.4.0' });
		older.sandbox.seed({ type: 'licenses', count: 10_050 });
	});

	test('a cursor is refused as a missing page number', async () => {
		const answer = await older.send('GET', '/licenses?page[cursor]=&page[size]=100');
		expect([answer.status, ...errorsOf(answer)]).toEqual([400, '- page[number]']);
	});

	test('numbered pages end at 10,000', async () => {
		const last = await older.send('GET', '/licenses?page[number]=100&page[size]=100');
		expect([last.status, last.body.data.length]).toEqual([200, 100]);
		expect((await older.send('GET', '/licenses?page[number]=101&page[size]=100')).status).toBe(400);
	});

	test('version 1.8 is unknown, 1.7 is not', async () => {
		expect(
			errorsOf(await older.send('GET', '/me', { headers: { 'keygen-version': '1.8' } })),
		).toEqual(['INVALID_API_VERSION -']);
		expect((await older.send('GET', '/me', { headers: { 'keygen-version': '1.7' } })).status).toBe(
			200,
		);
		expect((await older.send('GET', '/settings')).status).toBe(404);
	});
});

describe('filters of licenses', () => {
	let world: Client;
	const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
	const names = async (query: string) =>
		(await world.send('GET', `/licenses?limit=100&${query}`)).body.data
			.map((item) => item.attributes.name)
			.sort();

	beforeAll(async () => {
		world = await openClient();
		const owner = world.sandbox.seed({
			type: 'users',
			attributes: { email: 'owner@example.com' },
		})[0].id;
		const policy = world.sandbox.seed({ type: 'policies', attributes: { floating: true } })[0].id;
		const make = (name: string, attributes: object, relationships = {}) =>
			world.sandbox.seed({
				type: 'licenses',
				attributes: { name, ...attributes },
				relationships: { policy, ...relationships },
			})[0].id;
		make('soon', { expiry: at(2), metadata: { plan: 'pro', seats: 5 } }, { owner });
		make('later', { expiry: at(40), metadata: { plan: 'basic', vip: true } });
		make('past', { expiry: at(-2) });
		make('never', { suspended: true });
		world.sandbox.seed({
			type: 'machines',
			count: 2,
			relationships: { license: make('used', { key: 'USED-KEY-1234' }) },
		});
	});

	test.each([
		['status=expiring', ['soon']],
		['status=EXPIRED', ['past']],
		['status=SUSPENDED', ['never']],
		['status=whatever', []],
		['expires[within]=30D', ['soon']],
		['expires[within]=P60D', ['later', 'soon']],
		['expires[within]=259200', ['soon']],
		['expires[within]=soonish', []],
		[`expires[after]=${at(10)}`, ['later']],
		// Those that have expired already do not expire any more.
		[`expires[before]=${at(0)}`, []],
		[`expires[before]=${at(10)}&expires[after]=${at(10)}`, ['soon']],
		[`expired[before]=${at(0)}`, ['past']],
		['expires[within]=p30D', []],
		['expires=30D&suspended=true', ['never']],
		['expired=true', ['past']],
		['expired[within]=1D', []],
		['suspended=true', ['never']],
		['assigned=true', ['soon']],
		['owner=owner@example.com', ['soon']],
		['unassigned=true&expired=false&suspended=false', ['later', 'used']],
		['activated=true', ['used']],
		['activations[gte]=2', ['used']],
		['activations[lt]=many', []],
		['metadata[plan]=pro', ['soon']],
		['metadata[seats]=5', ['soon']],
		['metadata[vip]=true', ['later']],
		['machine=fingerprint-1', []],
		['policy=not-a-uuid', []],
	])('%s', async (query, expected) => {
		expect(await names(query)).toEqual(expected);
	});
});

test('users are listed by the role user unless roles say otherwise', async () => {
	const world = await openClient();
	await world.make('users', { email: 'plain@example.com' });
	const emails = async (query: string) =>
		(await world.send('GET', `/users?${query}`)).body.data.map((item) => item.attributes.email);
	expect(await emails('')).toEqual(['plain@example.com']);
	expect(await emails('roles[]=admin')).toEqual(['admin@example.com']);
});

test('resources are found by their aliases, percent-encoded where needed', async () => {
	const world = await openClient();
	const product = await world.make('products', { name: 'P', code: 'the-code' });
	const user = await world.make('users', { email: 'a+b@example.com' });
	const policy = await world.make('policies', { scheme: 'ED25519_SIGN' }, { product });
	const license = (
		await world.send('POST', '/licenses', {
			body: {
				data: {
					type: 'licenses',
					relationships: { policy: { data: { type: 'policies', id: policy } } },
				},
			},
		})
	).body.data;
	expect(license.attributes.key).toContain('/');
	const idAt = async (path: string) => (await world.send('GET', path)).body.data?.id;
	expect(await idAt('/products/the-code')).toBe(product);
	expect(await idAt(`/users/${encodeURIComponent('a+b@example.com')}`)).toBe(user);
	expect(await idAt(`/licenses/${encodeURIComponent(String(license.attributes.key))}`)).toBe(
		license.id,
	);
});
