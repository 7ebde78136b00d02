import { errorsOf, openClient, resource } from './client.mts';
import type { Client } from './client.mts';
import { present } from '../../present.mts';

let client: Client;
let product: string;
let policy: string;

beforeAll(async () => {
	client = await openClient();
	product = await client.make('products', { name: 'App' });
	policy = await client.make('policies', { name: 'Trial' }, { product });
});

const post = async (path: string, body: unknown, token?: string) => {
	const answer = await client.send('POST', path, { body, ...(token && { token }) });
	return [answer.status, ...errorsOf(answer)];
};

describe('what a body may not hold is refused with 400 and a pointer', () => {
	const relationships = () =>
		resource('policies', { name: 'Policy' }, { product }).data.relationships;
	const cases: Array<[string, () => unknown, string]> = [
		['no document at all', () => undefined, '/data'],
		['a list for a document', () => [], '/'],
		['null for data', () => ({ data: null }), '/data'],
		[
			'an unknown top-level member',
			() => ({ ...resource('products', { name: 'x' }), jsonapi: {} }),
			'/jsonapi',
		],
		[
			'meta where there is none',
			() => ({ ...resource('products', { name: 'x' }), meta: {} }),
			'/meta',
		],
		[
			'an unknown member of data',
			() => ({ data: { ...resource('products', { name: 'x' }).data, links: {} } }),
			'/data/links',
		],
		[
			'an unknown attribute',
			() => resource('products', { name: 'x', colour: 'red' }),
			'/data/attributes/colour',
		],
		[
			'an unknown relationship',
			() => resource('products', { name: 'x' }, { policy }),
			'/data/relationships/policy',
		],
		['a wrong type name', () => resource('policies', { name: 'x' }), '/data/type'],
		['no type', () => ({ data: { attributes: { name: 'x' } } }), '/data/type'],
		['no attributes', () => ({ data: { type: 'products' } }), '/data/attributes'],
		[
			'a missing required attribute',
			() => resource('products', { code: 'x' }),
			'/data/attributes/name',
		],
		[
			'null in a required attribute',
			() => resource('products', { name: null }),
			'/data/attributes/name',
		],
		['a number for text', () => resource('products', { name: 5 }), '/data/attributes/name'],
		[
			'text for a list',
			() => resource('products', { name: 'x', platforms: 'linux' }),
			'/data/attributes/platforms',
		],
		[
			'a list with a wrong member',
			() => resource('products', { name: 'x', platforms: ['linux', 1] }),
			'/data/attributes/platforms/1',
		],
		[
			'text for metadata',
			() => resource('products', { name: 'x', metadata: 'a=1' }),
			'/data/attributes/metadata',
		],
		[
			'metadata nested too deep',
			() => resource('products', { name: 'x', metadata: { a: { b: { c: { d: 1 } } } } }),
			'/data/attributes/metadata/a/b/c',
		],
		[
			'a client-made id where none is allowed',
			() => ({ data: { ...resource('products', { name: 'x' }).data, id: crypto.randomUUID() } }),
			'/data/id',
		],
	];
	test.each(cases)('%s', async (_, body, pointer) => {
		expect(await post('/products', body())).toEqual([400, `- ${pointer}`]);
	});

	test('text for a number, a fraction for an integer and a number for a flag', async () => {
		const attempt = (attributes: object) =>
			post('/policies', { data: { type: 'policies', attributes, relationships: relationships() } });
		expect(await attempt({ maxMachines: '5' })).toEqual([400, '- /data/attributes/maxMachines']);
		expect(await attempt({ maxMachines: 1.5 })).toEqual([400, '- /data/attributes/maxMachines']);
		expect(await attempt({ floating: 1 })).toEqual([400, '- /data/attributes/floating']);
		for (const text of ['1.0', '1e2']) {
			const whole = resource('policies', { name: 'x', maxMachines: 5 }, { product });
			const body = JSON.stringify(whole).replace(':5', `:${text}`);
			expect(await post('/policies', body)).toEqual([400, '- /data/attributes/maxMachines']);
		}
	});

	test('a missing required relationship, and each way in which a linkage can be wrong', async () => {
		const attempt = (given: object) =>
			post('/policies', { data: { type: 'policies', attributes: {}, relationships: given } });
		expect(await attempt({})).toEqual([400, '- /data/relationships/product']);
		expect(await attempt({ product: {} })).toEqual([400, '- /data/relationships/product/data']);
		expect(await attempt({ product: { data: null } })).toEqual([
			400,
			'- /data/relationships/product/data',
		]);
		expect(await attempt({ product: { data: { type: 'products', id: 'app' } } })).toEqual([
			400,
			'- /data/relationships/product/data/id',
		]);
		expect(await attempt({ product: { data: { type: 'users', id: product } } })).toEqual([
			400,
			'- /data/relationships/product/data/type',
		]);
		expect(
			await attempt({ product: { data: { type: 'products', id: product, meta: {} } } }),
		).toEqual([400, '- /data/relationships/product/data/meta']);
	});

	test('values outside of a typed choice', async () => {
		expect(
			await post('/users', resource('users', { email: 'a@example.com', role: 'boss' })),
		).toEqual([400, '- /data/attributes/role']);
	});

	test('null in an optional attribute counts as left out', async () => {
		const body = resource('products', { name: 'x', url: null, distributionStrategy: null });
		const { data } = (await client.send('POST', '/products', { body })).body;
		expect(data.attributes).toMatchObject({ url: null, distributionStrategy: 'LICENSED' });
	});

	test('a date that cannot be read is none, and days overflow into the next month', async () => {
		const expiryOf = async (expiry: string) => {
			const body = resource('licenses', { expiry }, { policy });
			return (await client.send('POST', '/licenses', { body })).body.data.attributes.expiry;
		};
		expect(await expiryOf('tomorrow')).toBeNull();
		expect(await expiryOf('')).toBeNull();
		expect(await expiryOf('2031-02-30')).toBe('2031-03-02T00:00:00.000Z');
		expect(await expiryOf('03.02.2031')).toBe('2031-02-03T00:00:00.000Z');
	});

	test('actions without a body take none, and unknown meta is refused', async () => {
		const license = await client.make('licenses', undefined, { policy });
		expect(await post(`/licenses/${license}/actions/suspend`, { data: {} })).toEqual([
			400,
			'- /data',
		]);
		expect(
			await post(`/licenses/${license}/actions/increment-usage`, { meta: { decrement: 1 } }),
		).toEqual([400, '- /meta/decrement']);
		expect(
			await post(`/licenses/${license}/actions/validate`, { meta: { scope: { machines: 'x' } } }),
		).toEqual([400, '- /meta/scope/machines']);
	});

	test('lists of linkages have 1 to 100 members', async () => {
		const many = (count: number) => ({
			data: Array.from({ length: count }, () => ({
				type: 'entitlements',
				id: crypto.randomUUID(),
			})),
		});
		expect(await post(`/policies/${policy}/entitlements`, many(0))).toEqual([400, '- /data']);
		expect(await post(`/policies/${policy}/entitlements`, many(101))).toEqual([400, '- /data']);
		expect(
			await post(`/policies/${policy}/entitlements`, {
				data: [{ type: 'entitlements', id: 'PRO' }],
			}),
		).toEqual([400, '- /data/0/id']);
	});
});

test('attributes that a role may not set are 400 for it and fine for others', async () => {
	const open = await client.make('policies', { name: 'Open' }, { product });
	const user = await client.make('users', { email: 'role@example.com' });
	const token = client.sandbox.tokenFor(present(client.sandbox.world.store.get('users', user)));
	const body = (attributes: object) =>
		resource('licenses', attributes, { policy: open, owner: user });
	expect(await post('/licenses', body({ maxMachines: 1 }), token)).toEqual([
		400,
		'- /data/attributes/maxMachines',
	]);
	expect(await post('/licenses', body({ maxMachines: 1 }))).toEqual([201]);
	expect(await post('/licenses', body({ name: 'mine' }))).toEqual([201]);
	const withId = { data: { ...body({}).data, id: crypto.randomUUID() } };
	expect(await post('/licenses', withId, token)).toEqual([400, '- /data/id']);
});

test('a client-made id is kept, and a second use of it is ID_CONFLICT', async () => {
	const id = crypto.randomUUID();
	const body = { data: { ...resource('licenses', {}, { policy }).data, id } };
	expect((await client.send('POST', '/licenses', { body })).body.data.id).toBe(id);
	expect(await post('/licenses', body)).toEqual([422, 'ID_CONFLICT /data/id']);
});

test('type is singular or plural, dashed, underscored or camelized, and comes back plural', async () => {
	for (const type of ['webhook-endpoint', 'webhookEndpoints', 'webhook_endpoint']) {
		const answer = await client.send('POST', '/webhook-endpoints', {
			body: { data: { type, attributes: { url: 'https://a.example.com/' } } },
		});
		expect([answer.status, answer.body.data.type]).toEqual([201, 'webhook-endpoints']);
	}
});

test('members may be written in snake case and come back in camel case', async () => {
	const { data } = (
		await client.send('POST', '/policies', {
			body: {
				data: {
					type: 'policies',
					attributes: { name: 'Snake', max_machines: 3, floating: true },
					relationships: { product: { data: { type: 'product', id: product } } },
				},
			},
		})
	).body;
	expect(data.attributes.maxMachines).toBe(3);
});

test('metadata keys are underscored by the service and come back camelized, so some are altered', async () => {
	const metadata = {
		externalId: 1,
		stripe_customer_id: 2,
		SKU: 3,
		'foo-bar': 4,
		'a.b': 5,
		nested: { orderNo: 6 },
	};
	const { data } = (
		await client.send('POST', '/products', {
			body: resource('products', { name: 'Meta', metadata }),
		})
	).body;
	expect(data.attributes.metadata).toEqual({
		externalId: 1,
		stripeCustomerId: 2,
		sku: 3,
		fooBar: 4,
		aB: 5,
		nested: { orderNo: 6 },
	});
	const older = await client.send('GET', `/products/${data.id}`, {
		headers: { 'keygen-version': '1.4' },
	});
	expect(older.body.data.attributes.metadata).toMatchObject({ nested: { order_no: 6 } });
});

test('the id of data in an update is ignored', async () => {
	const body = { data: { type: 'products', id: 'whatever', attributes: { name: 'Renamed' } } };
	const answer = await client.send('PATCH', `/products/${product}`, { body });
	expect([answer.status, answer.body.data.id, answer.body.data.attributes.name]).toEqual([
		200,
		product,
		'Renamed',
	]);
});

test('attributes of older API versions are unknown to newer ones, and renamed in answers', async () => {
	const body = resource('policies', { name: 'Older', leasingStrategy: 'PER_LICENSE' }, { product });
	expect(await post('/policies', body)).toEqual([400, '- /data/attributes/leasingStrategy']);
	const older = await client.send('POST', '/policies', {
		body,
		headers: { 'keygen-version': '1.6' },
	});
	expect(older.body.data.attributes).toMatchObject({ leasingStrategy: 'PER_LICENSE' });
	expect(older.body.data.attributes).not.toHaveProperty('processLeasingStrategy');
	const license = await client.make('licenses', undefined, { policy });
	const { relationships } = (
		await client.send('GET', `/licenses/${license}`, { headers: { 'keygen-version': '1.5' } })
	).body.data;
	expect(Object.keys(relationships)).toContain('user');
	expect(Object.keys(relationships)).not.toContain('owner');
});

test('unknown query parameters are ignored, typed ones are checked', async () => {
	expect((await client.send('GET', '/products?include=policies&foo=1')).status).toBe(200);
	expect(errorsOf(await client.send('GET', '/products?limit=0'))).toEqual(['- limit']);
});

describe('on a CE server', () => {
	let ce: Client;
	beforeAll(async () => void (ce = await openClient({ edition: 'CE' })));

	test('EE members are unknown and EE routes do not exist', async () => {
		const send = async (body: unknown) => errorsOf(await ce.send('POST', '/products', { body }));
		expect(await send(resource('products', { name: 'x', permissions: ['*'] }))).toEqual([
			'- /data/attributes/permissions',
		]);
		expect(
			await send(resource('products', { name: 'x' }, { environment: crypto.randomUUID() })),
		).toEqual(['- /data/relationships/environment']);
		expect((await ce.send('GET', '/environments')).status).toBe(404);
		expect((await ce.send('GET', '/event-logs')).status).toBe(404);
	});

	test('the environment header is refused', async () => {
		const answer = await ce.send('GET', '/me', { headers: { 'keygen-environment': 'test' } });
		expect([answer.status, ...errorsOf(answer)]).toEqual([
			400,
			'ENVIRONMENT_NOT_SUPPORTED Keygen-Environment',
		]);
	});
});
