import { createHmac } from 'node:crypto';

import { errorsOf, openClient, resource } from './client.mts';
import type { Client } from './client.mts';
import { present } from '../../present.mts';

let client: Client;
beforeAll(async () => {
	client = await openClient();
	client.sandbox.clock({ freeze: true });
});

const post = (path: string, body?: unknown, token?: string | null) =>
	client.send('POST', path, { body, ...(token !== undefined && { token }) });
const basic = (pair: string) => ({
	authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
});
const logIn = (pair: string, body?: unknown) =>
	client.send('POST', '/tokens', { token: null, headers: basic(pair), body });

test('users are refused for bad and taken e-mails and short passwords', async () => {
	await client.make('users', { email: 'First@Example.com' });
	const attempt = async (attributes: object) =>
		errorsOf(await post('/users', resource('users', attributes)));
	expect(await attempt({ email: 'nonsense' })).toEqual(['EMAIL_INVALID /data/attributes/email']);
	expect(await attempt({ email: 'first@example.com' })).toEqual([
		'EMAIL_TAKEN /data/attributes/email',
	]);
	expect(await attempt({ email: 'x@example.com', password: '12345' })).toEqual([
		'PASSWORD_TOO_SHORT /data/attributes/password',
	]);
});

test('names make up fullName; the password never comes back', async () => {
	const { body } = await post(
		'/users',
		resource('users', {
			email: 'n@example.com',
			firstName: 'Nia',
			lastName: 'Long',
			password: 'longenough',
		}),
	);
	expect(body.data.attributes.fullName).toBe('Nia Long');
	expect(JSON.stringify(body)).not.toMatch(/password|longenough/);
});

test('anybody may sign up unless the account is protected', async () => {
	expect(
		(await post('/users', resource('users', { email: 'self@example.com' }), null)).status,
	).toBe(201);
	await client.send('PATCH', `/v1/accounts/${client.sandbox.accountId}`, {
		body: { data: { type: 'accounts', attributes: { protected: true } } },
	});
	expect(
		(await post('/users', resource('users', { email: 'late@example.com' }), null)).status,
	).toBe(401);
});

test('the last administrator cannot be deleted', async () => {
	expect(errorsOf(await client.send('DELETE', `/users/${client.sandbox.adminId}`))).toEqual([
		'ACCOUNT_ADMINS_REQUIRED /data/relationships/account',
	]);
});

test('a banned user is locked out and its licenses are banned', async () => {
	const id = await client.make('users', { email: 'bad@example.com' });
	const token = client.sandbox.tokenFor(present(client.sandbox.world.store.get('users', id)));
	expect((await post(`/users/${id}/actions/ban`)).body.data.attributes.status).toBe('BANNED');
	expect(errorsOf(await client.send('GET', '/me', { token }))).toEqual(['USER_BANNED -']);
	await post(`/users/${id}/actions/unban`);
	expect((await client.send('GET', '/me', { token })).status).toBe(200);
});

test('updating a password wants the old one and revokes all other tokens', async () => {
	const id = await client.make('users', { email: 'pw@example.com', password: 'old-password' });
	const user = present(client.sandbox.world.store.get('users', id));
	const [mine, other] = [client.sandbox.tokenFor(user), client.sandbox.tokenFor(user)];
	const update = (oldPassword: string) =>
		post(
			`/users/${id}/actions/update-password`,
			{ meta: { oldPassword, newPassword: 'new-password' } },
			mine,
		);
	expect(errorsOf(await update('wrong'))).toEqual(['- /meta/oldPassword']);
	expect((await update('old-password')).status).toBe(200);
	expect((await client.send('GET', '/me', { token: mine })).status).toBe(200);
	expect((await client.send('GET', '/me', { token: other })).status).toBe(401);
	expect((await logIn('pw@example.com:new-password')).status).toBe(201);
});

test('a forgotten password is reset with the token of the event, within a day', async () => {
	const id = await client.make('users', { email: 'lost@example.com', password: 'forgotten' });
	client.sandbox.seed({
		type: 'webhook-endpoints',
		attributes: { subscriptions: ['user.password-reset'] },
	});
	expect((await post('/passwords', { meta: { email: 'nobody@example.com' } }, null)).status).toBe(
		204,
	);
	expect(
		(await post('/passwords', { meta: { email: 'lost@example.com', deliver: false } }, null))
			.status,
	).toBe(204);
	const [event] = (await client.send('GET', '/webhook-events?events[]=user.password-reset')).body
		.data;
	const { passwordResetToken } = JSON.parse(String(event.attributes.payload)).meta;
	const reset = (token: string) =>
		post(
			`/users/${id}/actions/reset-password`,
			{ meta: { passwordResetToken: token, newPassword: 'remembered' } },
			null,
		);
	expect((await reset('wrong')).status).toBe(403);
	client.sandbox.clock({ advance: 24 * 3600 + 1 });
	expect((await reset(passwordResetToken)).status).toBe(403);
	client.sandbox.clock({ advance: -24 * 3600 - 1 });
	expect((await reset(passwordResetToken)).status).toBe(200);
	expect((await logIn('lost@example.com:remembered')).status).toBe(201);
});

test('a second factor is shown until it is enabled, and then asked for at login', async () => {
	const id = await client.make('users', { email: 'two@example.com', password: 'factor-one' });
	const bare = await post(`/users/${id}/second-factors`);
	expect(bare).toMatchObject({ status: 400 });
	const meta = { password: 'factor-one' };
	const added = (await post(`/users/${id}/second-factors`, { meta })).body.data;
	const secret = String(added.attributes.secret);
	const path = `/users/${id}/second-factors/${added.id}`;
	/** RFC 6238 written out once more. */
	const otp = () => {
		const bits = [...secret]
			.map((letter) =>
				'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
					.indexOf(letter as string)
					.toString(2)
					.padStart(5, '0'),
			)
			.join('');
		const counter = Buffer.from(
			Math.floor(client.sandbox.world.clock.now() / 30_000)
				.toString(16)
				.padStart(16, '0'),
			'hex',
		);
		const mac = createHmac(
			'sha1',
			Buffer.from(
				BigInt(`0b${bits}`)
					.toString(16)
					.padStart(bits.length / 4, '0'),
				'hex',
			),
		)
			.update(counter)
			.digest();
		return String((mac.readUInt32BE(mac[19] % 16) % 2 ** 31) % 10 ** 6).padStart(6, '0');
	};
	const enable = (code: string) =>
		client.send('PATCH', path, {
			body: {
				data: { type: 'second-factors', attributes: { enabled: true } },
				meta: { otp: code },
			},
		});
	expect(errorsOf(await enable('000000'))).toEqual(['OTP_INVALID /meta/otp']);
	expect((await client.send('GET', path)).body.data.attributes.secret).toBe(secret);
	expect((await enable(otp())).body.data.attributes).toMatchObject({ enabled: true });
	expect((await client.send('GET', path)).body.data.attributes).not.toHaveProperty('secret');
	expect(errorsOf(await logIn('two@example.com:factor-one'))).toEqual(['OTP_REQUIRED /meta/otp']);
	expect(errorsOf(await logIn('two@example.com:factor-one', { meta: { otp: '000000' } }))).toEqual([
		'OTP_INVALID /meta/otp',
	]);
	expect((await logIn('two@example.com:factor-one', { meta: { otp: otp() } })).status).toBe(201);
	expect((await client.send('DELETE', path)).status).toBe(401);
	expect((await client.send('DELETE', path, { body: { meta: { otp: otp() } } })).status).toBe(204);
});

test('the password routes have limits of their own when asked to', async () => {
	const limited = await openClient({ authLimits: true });
	const forget = () =>
		limited.send('POST', '/passwords', { body: { meta: { email: 'x@example.com' } }, token: null });
	for (let count = 0; count < 5; count++) expect((await forget()).status).toBe(204);
	expect((await forget()).status).toBe(429);
	limited.sandbox.clock({ advance: 3600 });
	expect((await forget()).status).toBe(204);
});

describe('search', () => {
	const search = (meta: object) => post('/search', { meta });

	test('finds by parts of attributes, joined with AND or OR', async () => {
		await client.make('products', { name: 'Red Apple', metadata: { tree: 'malus' } });
		await client.make('products', { name: 'Red Cherry' });
		const names = async (meta: object) =>
			(await search({ type: 'products', ...meta })).body.data
				.map((item) => item.attributes.name)
				.sort();
		expect(await names({ query: { name: 'red' } })).toEqual(['Red Apple', 'Red Cherry']);
		expect(await names({ query: { name: 'apple', metadata: { tree: 'malus' } } })).toEqual([
			'Red Apple',
		]);
		expect(
			await names({ op: 'OR', query: { name: 'cherry', metadata: { tree: 'malus' } } }),
		).toEqual(['Red Apple', 'Red Cherry']);
	});

	test('refuses unknown types, unknown keys and short texts', async () => {
		expect(errorsOf(await search({ type: 'tokens', query: { name: 'token' } }))).toEqual([
			'- /meta/type',
		]);
		expect(errorsOf(await search({ type: 'user', query: { phone: '12345' } }))).toEqual([
			'- /meta/query/phone',
		]);
		expect(errorsOf(await search({ type: 'user', query: { email: 'ab' } }))).toEqual([
			'- /meta/query/email',
		]);
	});
});

test('logs need ClickHouse, and list omits the bodies that get shows', async () => {
	const without = await openClient({ clickhouse: false });
	expect((await without.send('GET', '/event-logs')).status).toBe(405);
	const [log] = (await client.send('GET', '/request-logs?method=POST')).body.data;
	expect(log.attributes).not.toHaveProperty('responseBody');
	expect((await client.send('GET', `/request-logs/${log.id}`)).body.data.attributes).toHaveProperty(
		'responseBody',
	);
	const [event] = (await client.send('GET', '/event-logs?event=product.created')).body.data;
	expect(event.attributes.event).toBe('product.created');
});
