import { errorsOf, openClient, resource } from './client.mts';
import type { Client } from './client.mts';
import { present } from '../../present.mts';

let client: Client;
let product: string;
let other: string;
const tokens: Record<string, string> = {};
const ids: Record<string, string> = {};

const item = (type: string, id: string) => present(client.sandbox.world.store.get(type, id));

beforeAll(async () => {
	client = await openClient();
	product = await client.make('products', { name: 'Own' });
	other = await client.make('products', { name: 'Other' });
	ids.policy = await client.make('policies', { authenticationStrategy: 'MIXED' }, { product });
	ids.foreignPolicy = await client.make('policies', {}, { product: other });
	ids.user = await client.make('users', { email: 'Jane@Example.com', password: 'secret99' });
	ids.license = await client.make(
		'licenses',
		{ key: 'OWN-LICENSE-KEY' },
		{ policy: ids.policy, owner: ids.user },
	);
	ids.foreignLicense = await client.make('licenses', undefined, { policy: ids.foreignPolicy });
	tokens.product = client.sandbox.tokenFor(item('products', product));
	tokens.user = client.sandbox.tokenFor(item('users', ids.user));
	tokens.license = client.sandbox.tokenFor(item('licenses', ids.license));
	tokens.readOnly = client.sandbox.tokenFor(
		client.sandbox.seed({ type: 'users', attributes: { role: 'read-only' } })[0],
	);
});

const as = async (authorization: string, path = '/me') => {
	const answer = await client.send('GET', path, { token: null, headers: { authorization } });
	return {
		status: answer.status,
		errors: errorsOf(answer),
		data: answer.body.data,
		challenge: answer.headers.get('www-authenticate'),
	};
};
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('accepted forms', () => {
	test.each([
		['Bearer with a token', () => `Bearer ${tokens.product}`, () => product],
		['Token with a token', () => `Token ${tokens.product}`, () => product],
		['Basic token:', () => basic(`token:${tokens.user}`), () => ids.user],
		['Basic with the token as a name', () => basic(`${tokens.user}:`), () => ids.user],
		['License with a key', () => 'License OWN-LICENSE-KEY', () => ids.license],
		['Basic license:', () => basic('license:OWN-LICENSE-KEY'), () => ids.license],
		['Bearer with a license token', () => `Bearer ${tokens.license}`, () => ids.license],
	])('%s', async (_, authorization, id) => {
		const answer = await as(authorization());
		expect([answer.status, answer.data?.id]).toEqual([200, id()]);
	});

	test('a token or a license key in the query', async () => {
		for (const query of [
			`token=${tokens.user}`,
			`auth=token:${tokens.user}`,
			'auth=license:OWN-LICENSE-KEY',
		]) {
			expect((await client.send('GET', `/me?${query}`, { token: null })).status).toBe(200);
		}
	});

	test('prefixes tell the kind of a token', () => {
		expect(client.sandbox.adminToken).toMatch(/^admin-.+v3$/);
		expect(
			[tokens.product, tokens.user, tokens.license, tokens.readOnly].map(
				(token) => token.split('-')[0],
			),
		).toEqual(['prod', 'user', 'activ', 'read']);
	});
});

describe('refused with 401 and a challenge', () => {
	test.each([
		['no authentication', () => '', 'TOKEN_MISSING'],
		['an unknown token', () => 'Bearer user-123v3', 'TOKEN_INVALID'],
		['the id of a token', () => `Bearer ${crypto.randomUUID()}`, 'TOKEN_FORMAT_INVALID'],
		['an unknown license key', () => 'License NOPE', 'LICENSE_INVALID'],
		[
			'an e-mail and password away from /tokens',
			() => basic('jane@example.com:secret99'),
			'TOKEN_INVALID',
		],
	])('%s', async (_, authorization, code) => {
		const answer =
			authorization() === ''
				? await client.send('GET', '/me', { token: null })
				: await as(authorization());
		expect(answer.status).toBe(401);
		const errors = 'errors' in answer ? answer.errors : errorsOf(answer);
		expect(errors[0].split(' ')[0]).toBe(code);
	});

	test('an expired token', async () => {
		const token = client.sandbox.tokenFor(item('products', product), {
			expiry: '2020-01-01T00:00:00.000Z',
		});
		const answer = await as(`Bearer ${token}`);
		expect([answer.status, answer.errors, answer.challenge]).toEqual([
			401,
			['TOKEN_EXPIRED -'],
			'Bearer realm="keygen"',
		]);
	});
});

describe('refused with 403', () => {
	const licenseAs = async (
		policy: object,
		license: object = {},
		change?: (id: string) => Promise<unknown>,
	) => {
		const id = await client.make(
			'licenses',
			{ key: `KEY-${crypto.randomUUID()}`, ...license },
			{ policy: await client.make('policies', policy, { product }) },
		);
		await change?.(id);
		const { key } = item('licenses', id).facts;
		const token = client.sandbox.tokenFor(item('licenses', id));
		return [await as(`License ${key}`), await as(`Bearer ${token}`)].map(({ status, errors }) =>
			status === 200 ? 'ok' : errors[0].split(' ')[0],
		);
	};

	test('keys and tokens of licenses, by the authentication strategy of the policy', async () => {
		expect(await licenseAs({ authenticationStrategy: 'TOKEN' })).toEqual([
			'LICENSE_NOT_ALLOWED',
			'ok',
		]);
		expect(await licenseAs({ authenticationStrategy: 'LICENSE' })).toEqual([
			'ok',
			'TOKEN_NOT_ALLOWED',
		]);
		expect(await licenseAs({ authenticationStrategy: 'MIXED' })).toEqual(['ok', 'ok']);
		expect(await licenseAs({ authenticationStrategy: 'NONE' })).toEqual([
			'LICENSE_NOT_ALLOWED',
			'TOKEN_NOT_ALLOWED',
		]);
	});

	test('suspended, expired and banned licenses', async () => {
		const mixed = { authenticationStrategy: 'MIXED' };
		expect(await licenseAs(mixed, { suspended: true })).toEqual(['LICENSE_SUSPENDED', 'ok']);
		expect(
			await licenseAs({ ...mixed, expirationStrategy: 'REVOKE_ACCESS' }, { expiry: '2020-01-01' }),
		).toEqual(['LICENSE_EXPIRED', 'LICENSE_EXPIRED']);
		expect(
			await licenseAs(
				{ ...mixed, expirationStrategy: 'RESTRICT_ACCESS' },
				{ expiry: '2020-01-01' },
			),
		).toEqual(['ok', 'ok']);
		const banned = await client.make('users', { email: 'banned@example.com' });
		await client.send('POST', `/users/${banned}/actions/ban`);
		const owned = async (id: string) =>
			client.send('PATCH', `/licenses/${id}/owner`, {
				body: { data: { type: 'users', id: banned } },
			});
		expect(await licenseAs(mixed, {}, owned)).toEqual(['LICENSE_BANNED', 'LICENSE_BANNED']);
	});

	test('what a role may not do has no code', async () => {
		const attempts = [
			client.send('POST', '/products', {
				body: resource('products', { name: 'x' }),
				token: tokens.product,
			}),
			client.send('DELETE', `/licenses/${ids.license}`, { token: tokens.readOnly }),
			client.send('POST', `/licenses/${ids.license}/actions/suspend`, { token: tokens.user }),
			client.send('GET', '/webhook-endpoints', { token: tokens.license }),
			client.send('POST', '/search', {
				body: { meta: { type: 'license', query: { key: 'OWN' } } },
				token: tokens.product,
			}),
		];
		for (const answer of await Promise.all(attempts))
			expect([answer.status, ...errorsOf(answer)]).toEqual([403, '- -']);
	});

	test('a product that reaches for what another product owns', async () => {
		const answer = await client.send('POST', '/policies', {
			body: resource('policies', { name: 'Policy' }, { product: other }),
			token: tokens.product,
		});
		expect(answer.status).toBe(403);
	});

	test('a token without the permission', async () => {
		const token = client.sandbox.tokenFor(item('products', product), {
			permissions: ['license.read'],
		});
		expect((await client.send('GET', '/licenses', { token })).status).toBe(200);
		expect((await client.send('GET', '/users', { token })).status).toBe(403);
		const refused = await client.send('POST', `/products/${product}/tokens`, {
			body: { data: { type: 'tokens', attributes: { permissions: ['frobnicate'] } } },
		});
		expect([refused.status, ...errorsOf(refused)]).toEqual([
			422,
			'PERMISSIONS_NOT_ALLOWED /data/attributes/permissions',
		]);
	});
});

describe('what a bearer sees', () => {
	const listed = async (path: string, token: string) =>
		(await client.send('GET', path, { token })).body.data.map((data) => data.id);

	test('a product its own licenses, policies and itself', async () => {
		expect(await listed('/licenses', tokens.product)).not.toContain(ids.foreignLicense);
		expect(await listed('/policies?limit=100', tokens.product)).not.toContain(ids.foreignPolicy);
		const statusOf = async (path: string) =>
			(await client.send('GET', path, { token: tokens.product })).status;
		expect(await statusOf('/products')).toBe(403);
		expect(await statusOf(`/products/${product}`)).toBe(200);
		expect(
			(await client.send('GET', `/licenses/${ids.foreignLicense}`, { token: tokens.product }))
				.status,
		).toBe(404);
	});

	test('a user and a license only what is theirs', async () => {
		expect(await listed('/licenses', tokens.user)).toEqual([ids.license]);
		expect((await client.send('GET', '/licenses', { token: tokens.license })).status).toBe(403);
		for (const token of [tokens.user, tokens.license]) {
			expect((await client.send('GET', `/licenses/${ids.license}`, { token })).status).toBe(200);
			expect((await client.send('GET', `/licenses/${ids.foreignLicense}`, { token })).status).toBe(
				404,
			);
			expect(
				(await client.send('GET', `/v1/accounts/${client.sandbox.accountId}`, { token })).status,
			).toBe(403);
		}
	});
});

describe('POST /tokens with an e-mail and a password', () => {
	const logIn = async (pair: string, version = '1.8', body?: object) => {
		const answer = await client.send('POST', '/tokens', {
			token: null,
			body,
			headers: { authorization: basic(pair), 'keygen-version': version },
		});
		return { status: answer.status, code: answer.body.errors?.[0].code, data: answer.body.data };
	};

	test('answers 201 with the only sight of the token, which lives two weeks', async () => {
		const { status, data } = await logIn('jane@example.com:secret99');
		expect([status, data.attributes.kind]).toEqual([201, 'user-token']);
		expect((await client.send('GET', '/me', { token: String(data.attributes.token) })).status).toBe(
			200,
		);
		expect(
			(await client.send('GET', `/tokens/${data.id}`)).body.data.attributes,
		).not.toHaveProperty('token');
		const lifetime =
			Date.parse(String(data.attributes.expiry)) - Date.parse(String(data.attributes.created));
		expect(lifetime).toBe(14 * 24 * 3600 * 1000);
	});

	test('tells what is wrong since 1.8 and does not before', async () => {
		expect(await logIn('nobody@example.com:secret99')).toMatchObject({
			status: 401,
			code: 'EMAIL_INVALID',
		});
		expect(await logIn('jane@example.com:wrong')).toMatchObject({
			status: 401,
			code: 'PASSWORD_INVALID',
		});
		expect(await logIn('jane@example.com:wrong', '1.7')).toMatchObject({
			status: 401,
			code: 'CREDENTIALS_INVALID',
		});
	});
});

test('tokens under a parent are answered with 200, under an environment with 201', async () => {
	const environment = await client.make('environments', { name: 'E', code: 'e' });
	const generate = async (path: string) => {
		const { status, body } = await client.send('POST', path);
		return [status, body.data.attributes.kind, typeof body.data.attributes.token];
	};
	expect(await generate(`/products/${product}/tokens`)).toEqual([200, 'product-token', 'string']);
	expect(await generate(`/licenses/${ids.license}/tokens`)).toEqual([
		200,
		'activation-token',
		'string',
	]);
	expect(await generate(`/users/${ids.user}/tokens`)).toEqual([200, 'user-token', 'string']);
	expect(await generate(`/environments/${environment}/tokens`)).toEqual([
		201,
		'environment-token',
		'string',
	]);
});

test('a regenerated token replaces its value, a revoked one is gone; there is no PATCH', async () => {
	const { data } = (await client.send('POST', `/products/${product}/tokens`)).body;
	const again = (await client.send('PUT', `/tokens/${data.id}`)).body.data;
	expect(again.attributes.token).not.toBe(data.attributes.token);
	expect((await client.send('GET', '/me', { token: String(data.attributes.token) })).status).toBe(
		401,
	);
	expect((await client.send('PATCH', `/tokens/${data.id}`)).status).toBe(404);
	expect((await client.send('DELETE', `/tokens/${data.id}`)).status).toBe(204);
	expect((await client.send('GET', '/me', { token: String(again.attributes.token) })).status).toBe(
		401,
	);
});
