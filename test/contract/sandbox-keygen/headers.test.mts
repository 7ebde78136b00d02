import { createHash, createPublicKey, verify, constants } from 'node:crypto';
import type { KeyLike, VerifyPublicKeyInput } from 'node:crypto';

import { errorsOf, openClient, resource } from './client.mts';
import type { Answer, Client } from './client.mts';
import { present } from '../../present.mts';

let client: Client;
beforeAll(async () => void (client = await openClient()));

const me = (headers: Record<string, string>) => client.send('GET', '/me', { headers });

test.each([
	['application/vnd.api+json', 200],
	['application/json', 200],
	['*/*', 200],
	['text/html, application/json;q=0.5', 200],
	['text/html', 400],
	['application/xml', 400],
])('Accept %s is answered with %i', async (accept, status) => {
	const answer = await me({ accept });
	expect(answer.status).toBe(status);
	if (status === 400) expect(errorsOf(answer)).toEqual(['MIME_TYPE_INVALID Accept']);
});

test.each([
	['application/json', 'application/json; charset=utf-8'],
	['application/vnd.api+json', 'application/vnd.api+json; charset=utf-8'],
	['*/*', 'application/vnd.api+json; charset=utf-8'],
])('documents and errors for Accept %s are of type %s', async (accept, type) => {
	expect((await me({ accept })).headers.get('content-type')).toBe(type);
	const missing = await client.send('GET', '/licenses/missing', { headers: { accept } });
	expect([missing.status, missing.headers.get('content-type')]).toEqual([404, type]);
});

test.each([
	['application/vnd.api+json', 201],
	['application/json; charset=utf-8', 201],
	['text/plain', 400],
	['application/x-www-form-urlencoded', 400],
])('a body of type %s is answered with %i', async (type, status) => {
	const answer = await client.send('POST', '/products', {
		body: resource('products', { name: 'x' }),
		headers: { 'content-type': type },
	});
	expect(answer.status).toBe(status);
});

test('a body that is no JSON is JSON_INVALID, and that answer is not signed', async () => {
	const answer = await client.send('POST', '/products', { body: '{"data":' });
	expect([answer.status, ...errorsOf(answer)]).toEqual([400, 'JSON_INVALID -']);
	expect(answer.headers.get('keygen-signature')).toBeNull();
});

test('versions 1.0 to 1.8 are spoken and echoed, with or without a v', async () => {
	for (const version of ['1.0', '1.3', '1.8', 'v1.7']) {
		const answer = await me({ 'keygen-version': version });
		expect([answer.status, answer.headers.get('keygen-version')]).toEqual([
			200,
			version.replace('v', ''),
		]);
	}
	for (const version of ['1.9', '2.0', 'latest']) {
		const answer = await me({ 'keygen-version': version });
		expect([answer.status, ...errorsOf(answer)]).toEqual([
			400,
			'INVALID_API_VERSION Keygen-Version',
		]);
	}
});

test('answers tell who asked, who answered and how many requests are left', async () => {
	const { headers, body } = await me({});
	expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
	expect(headers.get('keygen-account')).toBe(client.sandbox.accountId);
	expect(headers.get('keygen-bearer')).toBe(client.sandbox.adminId);
	expect(headers.get('keygen-token')).toBe(body.included[0].id);
	expect([headers.get('keygen-edition'), headers.get('keygen-mode')]).toEqual([
		'EE',
		'multiplayer',
	]);
	expect(Number(headers.get('x-ratelimit-limit')) - Number(headers.get('x-ratelimit-count'))).toBe(
		Number(headers.get('x-ratelimit-remaining')),
	);
	const older = await me({ 'keygen-version': '1.3' });
	expect(older.headers.get('keygen-account-id')).toBe(client.sandbox.accountId);
});

test('an error names its request in meta.id and in the header', async () => {
	const answer = await client.send('GET', '/licenses/nope');
	expect(answer.status).toBe(404);
	expect(answer.body.meta.id).toBe(answer.headers.get('x-request-id'));
	expect(errorsOf(answer)).toEqual(['NOT_FOUND -']);
});

describe('signatures of answers', () => {
	/** Rebuilt from the description of the scheme alone. */
	async function isSigned(answer: Answer, target: string): Promise<boolean> {
		const given = Object.fromEntries(
			[...present(answer.headers.get('keygen-signature')).matchAll(/(\w+)="([^"]*)"/g)].map(
				(match) => [match[1], match[2]],
			),
		);
		const digest = `sha-256=${createHash('sha256').update(answer.text).digest('base64')}`;
		if (digest !== answer.headers.get('digest')) return false;
		const text = `(request-target): get ${target}\nhost: 127.0.0.1\ndate: ${answer.headers.get('date')}\ndigest: ${digest}`;
		const { data } = (await client.send('GET', `/v1/accounts/${client.sandbox.accountId}`)).body;
		const decode = (value: string) => Buffer.from(value, 'base64').toString();
		const publicKeys = data.meta.keys as Record<'ed25519' | 'rsa2048' | 'ecdsa', string>;
		const ed25519 = createPublicKey({
			format: 'der',
			type: 'spki',
			key: Buffer.from(`302a300506032b6570032100${decode(publicKeys.ed25519)}`, 'hex'),
		});
		const rsa = decode(publicKeys.rsa2048);
		const keys: Record<string, [string | null, KeyLike | VerifyPublicKeyInput]> = {
			ed25519: [null, ed25519],
			'rsa-sha256': ['sha256', rsa],
			'rsa-pss-sha256': [
				'sha256',
				{
					key: rsa,
					padding: constants.RSA_PKCS1_PSS_PADDING,
					saltLength: constants.RSA_PSS_SALTLEN_AUTO,
				},
			],
			'ecdsa-p256': ['sha256', decode(publicKeys.ecdsa)],
		};
		const [hash, key] = keys[given.algorithm];
		return (
			given.keyid === client.sandbox.accountId &&
			verify(hash, Buffer.from(text), key, Buffer.from(given.signature, 'base64'))
		);
	}

	test.each(['ed25519', 'rsa-sha256', 'rsa-pss-sha256', 'ecdsa-p256'])(
		'%s verifies with the published key',
		async (algorithm) => {
			const path = `/v1/accounts/${client.sandbox.accountId}/licenses?limit=5`;
			const answer = await client.send('GET', path, {
				headers: { 'keygen-accept-signature': `keyid="x", algorithm="${algorithm}"` },
			});
			expect(await isSigned(answer, path)).toBe(true);
			expect(await isSigned(answer, `${path}0`)).toBe(false);
		},
	);

	test('refusals are signed too', async () => {
		const path = `/v1/accounts/${client.sandbox.accountId}/licenses/nope`;
		expect(await isSigned(await client.send('GET', path), path)).toBe(true);
	});

	test('a wish for an unknown algorithm is refused', async () => {
		expect((await me({ 'keygen-accept-signature': 'algorithm="md5"' })).status).toBe(400);
	});
});

describe('environments', () => {
	test('each sees its own, and a shared one sees the global resources besides', async () => {
		const world = await openClient();
		await world.make('environments', {
			name: 'Isolated',
			code: 'isolated',
			isolationStrategy: 'ISOLATED',
		});
		await world.make('environments', {
			name: 'Shared',
			code: 'shared',
			isolationStrategy: 'SHARED',
		});
		await world.make('products', { name: 'global' });
		await world.make('products', { name: 'inside' }, undefined, {
			headers: { 'keygen-environment': 'isolated' },
		});
		await world.make('products', { name: 'beside' }, undefined, {
			headers: { 'keygen-environment': 'shared' },
		});
		const names = async (environment?: string) =>
			(
				await world.send('GET', '/products', {
					headers: environment ? { 'keygen-environment': environment } : {},
				})
			).body.data.map((item) => item.attributes.name);
		expect(await names()).toEqual(['global']);
		expect(await names('isolated')).toEqual(['inside']);
		expect(await names('shared')).toEqual(['beside', 'global']);
		expect(
			errorsOf(await world.send('GET', '/products', { headers: { 'keygen-environment': 'none' } })),
		).toEqual(['ENVIRONMENT_INVALID Keygen-Environment']);
	});
});

describe('hosts and paths', () => {
	test('a multiplayer server wants the account in the path, by id or slug', async () => {
		expect((await client.send('GET', '/v1/me')).status).toBe(404);
		expect((await client.send('GET', '/v1/accounts/sandbox/me')).status).toBe(200);
		expect((await client.send('GET', '/v1/accounts/other/me')).status).toBe(404);
	});

	test('a singleplayer server answers with and without the account, and has no billing', async () => {
		const single = await openClient({ mode: 'singleplayer' });
		expect((await single.send('GET', '/v1/me')).status).toBe(200);
		expect((await single.send('GET', `/v1/accounts/${single.sandbox.accountId}/me`)).status).toBe(
			200,
		);
		expect((await single.send('GET', '/billing')).status).toBe(404);
	});

	test('a custom domain has no account in its paths', async () => {
		const custom = await openClient({ customDomains: ['127.0.0.1'] });
		expect((await custom.send('GET', '/v1/me')).status).toBe(200);
		expect((await custom.send('GET', `/v1/accounts/${custom.sandbox.accountId}/me`)).status).toBe(
			404,
		);
		expect((await custom.send('GET', `/v1/accounts/${custom.sandbox.accountId}`)).status).toBe(404);
	});
});

test('above the limit requests are refused with Retry-After until the window has passed', async () => {
	const limited = await openClient({ rateLimit: { limit: 2, seconds: 30 } });
	limited.sandbox.clock({ freeze: true });
	await limited.send('GET', '/me');
	expect((await limited.send('GET', '/me')).headers.get('x-ratelimit-remaining')).toBe('0');
	const refused = await limited.send('GET', '/me');
	expect([refused.status, refused.body.errors[0].code, refused.headers.get('retry-after')]).toEqual(
		[429, 'TOO_MANY_REQUESTS', '30'],
	);
	limited.sandbox.clock({ advance: 30 });
	expect((await limited.send('GET', '/me')).status).toBe(200);
});
