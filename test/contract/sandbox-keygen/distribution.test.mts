import { errorsOf, openClient, resource } from './client.mts';
import type { Client } from './client.mts';
import { present } from '../../present.mts';

let client: Client;
let product: string;

beforeAll(async () => {
	client = await openClient();
	product = await client.make('products', { name: 'App' });
});

const release = (attributes: object, links = {}) =>
	client.send('POST', '/releases', {
		body: resource('releases', attributes, { product, ...links }),
	});
const stable = (version: string, of = product) =>
	client.make('releases', { channel: 'stable', version }, { product: of });

test.each([
	[{ channel: 'stable', version: '1.0' }, 'VERSION_INVALID'],
	[{ channel: 'stable', version: '1.0.0-beta.1' }, 'VERSION_CHANNEL_INVALID'],
	[{ channel: 'beta', version: '1.0.0' }, 'VERSION_CHANNEL_INVALID'],
])('a release %j is %s', async (attributes, code) => {
	expect(errorsOf(await release(attributes))).toEqual([`${code} /data/attributes/version`]);
});

test('versions and tags are taken once', async () => {
	expect((await release({ channel: 'stable', version: '0.1.0', tag: 'latest' })).status).toBe(201);
	expect(errorsOf(await release({ channel: 'stable', version: '0.1.0', tag: 'latest' }))).toEqual([
		'VERSION_TAKEN /data/attributes/version',
		'TAG_TAKEN /data/attributes/tag',
	]);
	expect((await client.send('GET', '/releases/latest')).body.data.attributes.version).toBe('0.1.0');
});

describe('upgrades', () => {
	let own: string;
	beforeAll(async () => {
		own = await client.make('products', { name: 'Upgraded' });
		for (const version of ['1.0.0', '1.1.0', '1.10.0', '2.0.0']) await stable(version, own);
		await client.make('releases', { channel: 'beta', version: '3.0.0-beta.1' }, { product: own });
		await client.make(
			'releases',
			{ channel: 'stable', version: '9.0.0', status: 'DRAFT' },
			{ product: own },
		);
	});
	const idOf = (version: string) =>
		present(
			client.sandbox.world.store
				.where('releases', 'version', version)
				.find((item) => item.links.product === own),
		).id;
	const next = async (version: string, query = '') =>
		(await client.send('GET', `/releases/${idOf(version)}/upgrade${query}`)).body.meta.next;

	test('lead to the newest published release of the channel', async () => {
		expect(await next('1.0.0')).toBe('2.0.0');
		expect(await next('1.0.0', '?constraint=1')).toBe('1.10.0');
		expect(await next('1.0.0', '?channel=beta')).toBe('3.0.0-beta.1');
	});

	test('are 404 when there is none and 400 for a bad constraint', async () => {
		expect((await client.send('GET', `/releases/${idOf('2.0.0')}/upgrade`)).status).toBe(404);
		expect(
			errorsOf(await client.send('GET', `/releases/${idOf('2.0.0')}/upgrade?constraint=newest`)),
		).toEqual(['CONSTRAINT_INVALID constraint']);
	});
});

describe('artifacts', () => {
	const artifact = async (filename: string, sending: { headers?: Record<string, string> } = {}) =>
		client.send('POST', '/artifacts', {
			...sending,
			body: resource(
				'artifacts',
				{ filename, platform: 'linux', arch: 'arm64' },
				{ release: await stable(`7.${Math.floor(Math.random() * 1e9)}.0`) },
			),
		});

	test('are created with 307, or with 200 and Location when no redirect is preferred', async () => {
		const redirected = await artifact('a.zip');
		expect([redirected.status, redirected.body.data.attributes.status]).toEqual([307, 'WAITING']);
		const preferred = await artifact('b.zip', { headers: { prefer: 'no-redirect' } });
		expect(preferred.status).toBe(200);
		expect(preferred.headers.get('location')).toBe(preferred.body.data.links.redirect);
		expect(new URL(present(preferred.headers.get('location'))).port).not.toBe(
			new URL(client.sandbox.url).port,
		);
	});

	test('go up to the storage host and come down from it', async () => {
		const { body, headers } = await artifact('c.zip', { headers: { prefer: 'no-redirect' } });
		const bytes = new Uint8Array([0, 1, 2, 255]);
		expect(
			(await fetch(present(headers.get('location')), { method: 'PUT', body: bytes })).status,
		).toBe(200);
		const path = `/artifacts/${body.data.id}`;
		expect(
			(await client.send('GET', path, { headers: { prefer: 'no-download' } })).body.data.attributes,
		).toMatchObject({
			status: 'UPLOADED',
			filesize: null,
		});
		const download = await client.send('GET', path);
		expect(download.status).toBe(303);
		const stored = await fetch(present(download.headers.get('location')));
		expect(new Uint8Array(await stored.arrayBuffer())).toEqual(bytes);
		expect((await client.send('GET', path, { headers: { prefer: 'no-redirect' } })).status).toBe(
			200,
		);
	});

	test('the storage host refuses and reports requests that carry the credentials of the API', async () => {
		const { headers } = await artifact('d.zip', { headers: { prefer: 'no-redirect' } });
		const leak = await fetch(present(headers.get('location')), {
			method: 'PUT',
			body: 'x',
			headers: { authorization: `Bearer ${client.sandbox.adminToken}` },
		});
		expect(leak.status).toBe(400);
		expect(client.sandbox.storage.requests.filter((request) => request.leaked)).toHaveLength(1);
		const forged = await fetch(present(headers.get('location')).replace('put-', 'get-'), {
			method: 'PUT',
			body: 'x',
		});
		expect(forged.status).toBe(403);
	});

	test('the storage host wants to know the length beforehand', async () => {
		const { headers } = await artifact('e.zip', { headers: { prefer: 'no-redirect' } });
		const stream = new ReadableStream({
			start: (controller) => (
				controller.enqueue(new TextEncoder().encode('x')),
				controller.close()
			),
		});
		const answer = await fetch(present(headers.get('location')), {
			method: 'PUT',
			body: stream,
			duplex: 'half',
		} as RequestInit);
		expect(answer.status).toBe(411);
	});

	test('bring platforms, arches and channels into being', async () => {
		const keys = async (path: string) =>
			(await client.send('GET', path)).body.data.map((item) => item.attributes.key);
		expect(await keys('/platforms')).toEqual(['linux']);
		expect(await keys('/arches')).toEqual(['arm64']);
		expect(await keys(`/products/${product}/channels`)).toContain('stable');
		expect((await client.send('GET', '/platforms/linux')).status).toBe(404);
	});

	test('a filename is taken once per release, and yanking frees it', async () => {
		const of = await stable('8.0.0');
		const make = async () =>
			client.send('POST', '/artifacts', {
				body: resource('artifacts', { filename: 'same.zip' }, { release: of }),
			});
		const first = await make();
		expect(errorsOf(await make())).toEqual(['FILENAME_TAKEN /data/attributes/filename']);
		expect((await client.send('DELETE', `/artifacts/${first.body.data.id}`)).status).toBe(204);
		expect((await make()).status).toBe(307);
	});
});

describe('who may read releases', () => {
	const seenBy = async (token: string | null, of: string) =>
		(await client.send('GET', `/releases?product=${of}&limit=100`, { token })).body.data
			?.map((item) => item.attributes.version)
			.sort();

	test('everybody those of open products, nobody but staff those of closed ones, drafts never', async () => {
		for (const [distributionStrategy, expected] of [
			['OPEN', ['1.0.0']],
			['LICENSED', []],
			['CLOSED', []],
		] as const) {
			const of = await client.make('products', {
				name: distributionStrategy,
				distributionStrategy,
			});
			await stable('1.0.0', of);
			await client.make(
				'releases',
				{ channel: 'stable', version: '2.0.0', status: 'DRAFT' },
				{ product: of },
			);
			expect(await seenBy(null, of)).toEqual(expected);
			expect(await seenBy(client.sandbox.adminToken, of)).toEqual(['1.0.0', '2.0.0']);
		}
	});

	test('licenses those that they are entitled to, by their expiry strategy', async () => {
		const of = await client.make('products', { name: 'Licensed' });
		const entitlement = await client.make('entitlements', { name: 'Beta', code: 'BETA' });
		client.sandbox.seed({
			type: 'releases',
			attributes: { version: '1.0.0' },
			relationships: { product: of },
			created: '2020-01-01',
		});
		client.sandbox.seed({
			type: 'releases',
			attributes: { version: '2.0.0' },
			relationships: { product: of },
			created: '2024-01-01',
		});
		const constrained = resource(
			'releases',
			{ channel: 'stable', version: '3.0.0', status: 'PUBLISHED' },
			{ product: of },
		);
		present(constrained.data.relationships).constraints = {
			data: [
				{
					type: 'constraints',
					relationships: { entitlement: { data: { type: 'entitlements', id: entitlement } } },
				},
			],
		};
		expect((await client.send('POST', '/releases', { body: constrained })).status).toBe(201);
		const tokenWith = async (expirationStrategy: string, expiry: string | null) => {
			const policy = await client.make('policies', { expirationStrategy }, { product: of });
			const license = await client.make('licenses', { expiry }, { policy });
			return [
				client.sandbox.tokenFor(present(client.sandbox.world.store.get('licenses', license))),
				license,
			];
		};
		const [valid, id] = await tokenWith('RESTRICT_ACCESS', null);
		expect(await seenBy(valid, of)).toEqual(['1.0.0', '2.0.0']);
		await client.send('POST', `/licenses/${id}/entitlements`, {
			body: { data: [{ type: 'entitlements', id: entitlement }] },
		});
		expect(await seenBy(valid, of)).toEqual(['1.0.0', '2.0.0', '3.0.0']);
		const expired = async (strategy: string) =>
			seenBy((await tokenWith(strategy, '2022-01-01'))[0], of);
		expect(await expired('RESTRICT_ACCESS')).toEqual(['1.0.0']);
		expect(await expired('ALLOW_ACCESS')).toEqual(['1.0.0', '2.0.0']);
	});
});

test('packages have an engine and a key of their own', async () => {
	const send = async (attributes: object) =>
		errorsOf(
			await client.send('POST', '/packages', {
				body: resource('packages', attributes, { product }),
			}),
		);
	expect(await send({ name: 'Lib', key: 'lib', engine: 'npm' })).toEqual([]);
	expect(await send({ name: 'Lib', key: 'lib' })).toEqual(['KEY_TAKEN /data/attributes/key']);
	expect(await send({ name: 'Lib', key: 'lib2', engine: 'cargo' })).toEqual([
		'- /data/attributes/engine',
	]);
	expect((await client.send('GET', '/engines/npm')).status).toBe(200);
});
