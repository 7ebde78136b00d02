import {
	createDecipheriv,
	createHash,
	createPublicKey,
	publicDecrypt,
	verify,
	constants,
	type KeyLike,
	type VerifyPublicKeyInput,
} from 'node:crypto';
import type { Document } from '../json-api.mts';

import { errorsOf, openClient, resource } from './client.mts';
import type { Client } from './client.mts';

let client: Client;
let product: string;
const DAY = 24 * 3600;

beforeAll(async () => {
	client = await openClient();
	client.sandbox.clock({ freeze: true });
	product = await client.make('products', { name: 'App' });
});

const policyWith = (attributes: object) => client.make('policies', attributes, { product });
const licenseWith = async (policy: object = {}, attributes: object = {}, links = {}) =>
	client.make('licenses', attributes, { policy: await policyWith(policy), ...links });
const attributesOf = async (id: string) =>
	(await client.send('GET', `/licenses/${id}`)).body.data.attributes;
const act = async (id: string, action: string, meta?: object) => {
	const answer = await client.send(
		'POST',
		`/licenses/${id}/actions/${action}`,
		meta && { body: { meta } },
	);
	return [answer.status, ...errorsOf(answer)];
};
const refusalOf = async (attributes: object, policy: string) =>
	errorsOf(
		await client.send('POST', '/licenses', { body: resource('licenses', attributes, { policy }) }),
	);
const inSeconds = (expiry: unknown) =>
	(Date.parse(String(expiry)) - client.sandbox.world.clock.now()) / 1000;

test('a license takes its expiry from the duration of the policy unless it brings its own', async () => {
	expect(inSeconds((await attributesOf(await licenseWith({ duration: 10 * DAY }))).expiry)).toBe(
		10 * DAY,
	);
	expect((await attributesOf(await licenseWith({}))).expiry).toBeNull();
	const sentAsNull = await attributesOf(
		await licenseWith({ duration: 10 * DAY }, { expiry: null }),
	);
	expect(inSeconds(sentAsNull.expiry)).toBe(10 * DAY);
});

test('a duration is added as years, months and a rest', async () => {
	const { sandbox } = client;
	const now = new Date(sandbox.world.clock.now());
	const inYears = new Date(now);
	inYears.setUTCFullYear(now.getUTCFullYear() + 1);
	const expiryFor = async (duration: number) =>
		String((await attributesOf(await licenseWith({ duration }))).expiry).slice(0, 10);
	expect(await expiryFor(31_556_952)).toBe(inYears.toISOString().slice(0, 10));
	expect(await expiryFor(30 * DAY)).toBe(
		new Date(now.getTime() + 30 * DAY * 1000).toISOString().slice(0, 10),
	);
});

test('suspending twice, reinstating twice, renewing without a duration and checking in without need are 422', async () => {
	const id = await licenseWith();
	expect(await act(id, 'suspend')).toEqual([200]);
	expect((await act(id, 'suspend'))[0]).toBe(422);
	expect((await attributesOf(id)).status).toBe('SUSPENDED');
	expect(await act(id, 'reinstate')).toEqual([200]);
	expect((await act(id, 'reinstate'))[0]).toBe(422);
	expect((await act(id, 'renew'))[0]).toBe(422);
	expect((await act(id, 'check-in'))[0]).toBe(422);
});

test.each([
	['FROM_EXPIRY', 5 * DAY, 15 * DAY],
	['FROM_NOW', 5 * DAY, 10 * DAY],
	['FROM_NOW_IF_EXPIRED', 5 * DAY, 15 * DAY],
	['FROM_NOW_IF_EXPIRED', -5 * DAY, 10 * DAY],
	['FROM_EXPIRY', -5 * DAY, 5 * DAY],
])(
	'renewal %s of a license with %i s left leaves it %i s',
	async (renewalBasis, left, expected) => {
		const expiry = new Date(client.sandbox.world.clock.now() + left * 1000).toISOString();
		const id = await licenseWith({ duration: 10 * DAY, renewalBasis }, { expiry });
		await act(id, 'renew');
		expect(inSeconds((await attributesOf(id)).expiry)).toBe(expected);
	},
);

test('usage counts up and down within its limit', async () => {
	const id = await licenseWith({ maxUses: 5 });
	expect(await act(id, 'increment-usage')).toEqual([200]);
	expect(await act(id, 'increment-usage', { increment: 4 })).toEqual([200]);
	expect(await act(id, 'increment-usage')).toEqual([
		422,
		'USES_LIMIT_EXCEEDED /data/attributes/uses',
	]);
	expect(await act(id, 'decrement-usage', { decrement: 6 })).toEqual([
		422,
		'USES_INVALID /data/attributes/uses',
	]);
	expect(await act(id, 'decrement-usage', { decrement: 2 })).toEqual([200]);
	expect((await attributesOf(id)).uses).toBe(3);
	expect(await act(id, 'reset-usage')).toEqual([200]);
	expect((await attributesOf(id)).uses).toBe(0);
});

test('an overage strategy lets usage pass its limit', async () => {
	const id = await licenseWith({
		floating: true,
		maxUses: 4,
		overageStrategy: 'ALLOW_1_25X_OVERAGE',
	});
	expect(await act(id, 'increment-usage', { increment: 5 })).toEqual([200]);
	expect((await act(id, 'increment-usage'))[0]).toBe(422);
});

describe('keys', () => {
	test('the pool hands out its keys, newest first, until it is empty', async () => {
		const policy = await policyWith({ usePool: true });
		await client.make('keys', { key: 'POOLED-KEY-1' }, { policy });
		await client.make('keys', { key: 'POOLED-KEY-2' }, { policy });
		const own = await client.make('licenses', { key: 'MY-OWN-KEY' }, { policy });
		expect((await attributesOf(own)).key).toBe('MY-OWN-KEY');
		expect((await attributesOf(await client.make('licenses', {}, { policy }))).key).toBe(
			'POOLED-KEY-2',
		);
		const popped = await client.send('DELETE', `/policies/${policy}/pool`);
		expect([popped.status, popped.body.data.attributes.key]).toEqual([200, 'POOLED-KEY-1']);
		expect(errorsOf(await client.send('DELETE', `/policies/${policy}/pool`))).toEqual([
			'- /data/relationships/pool',
		]);
		expect(await refusalOf({}, policy)).toEqual(['POLICY_POOL_EMPTY /data/relationships/policy']);
	});

	test('keys of a pool have 8 to 1024 characters and a pooled policy', async () => {
		const attempt = async (key: string, policy: string) =>
			errorsOf(await client.send('POST', '/keys', { body: resource('keys', { key }, { policy }) }));
		const pooled = await policyWith({ usePool: true });
		expect(await attempt('short', pooled)).toEqual(['KEY_TOO_SHORT /data/attributes/key']);
		expect(await attempt('x'.repeat(1025), pooled)).toEqual(['KEY_TOO_LONG /data/attributes/key']);
		expect(await attempt('LONG-ENOUGH', await policyWith({}))).toEqual([
			'POLICY_NOT_SUPPORTED /data/relationships/policy',
		]);
	});

	test('what a license may not have for a key', async () => {
		const plain = await policyWith({});
		await client.make('licenses', { key: 'TAKEN-KEY' }, { policy: plain });
		const code = async (key: string, policy = plain) =>
			(await refusalOf({ key }, policy))[0]?.split(' ')[0];
		expect(await code('TAKEN-KEY')).toBe('KEY_TAKEN');
		expect(await code('short')).toBe('KEY_TOO_SHORT');
		expect(await code('actions')).toBe('KEY_NOT_ALLOWED');
		expect(
			await code('x'.repeat(246), await policyWith({ scheme: 'RSA_2048_PKCS1_ENCRYPT' })),
		).toBe('KEY_BYTE_SIZE_EXCEEDED');
		expect(await code('no claims', await policyWith({ scheme: 'RSA_2048_JWT_RS256' }))).toBe(
			'KEY_JWT_CLAIMS_INVALID',
		);
	});

	/** Checks of signed keys as their formats are described, without the sandbox's own code. */
	const unpack = (text: string) =>
		Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
	const keyOf = async (scheme: string, seed?: string) =>
		(await attributesOf(await licenseWith({ scheme }, seed ? { key: seed } : {}))).key as string;

	test.each([
		['ED25519_SIGN', null],
		['ECDSA_P256_SIGN', 'sha256'],
		['RSA_2048_PKCS1_SIGN_V2', 'sha256'],
		['RSA_2048_PKCS1_PSS_SIGN_V2', 'sha256'],
	])('%s signs key/{seed}', async (scheme, hash) => {
		const { ed25519, rsa2048, ecdsa } = client.sandbox.publicKeys();
		const pss = {
			key: rsa2048,
			padding: constants.RSA_PKCS1_PSS_PADDING,
			saltLength: constants.RSA_PSS_SALTLEN_AUTO,
		};
		const publicKeys: Record<string, KeyLike | VerifyPublicKeyInput> = {
			ED25519_SIGN: createPublicKey({
				format: 'jwk',
				key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(ed25519, 'hex').toString('base64url') },
			}),
			ECDSA_P256_SIGN: ecdsa,
			RSA_2048_PKCS1_SIGN_V2: rsa2048,
			RSA_2048_PKCS1_PSS_SIGN_V2: pss,
		};
		const [signed, signature] = (await keyOf(scheme, `seed of ${scheme}`)).split('.');
		expect(unpack(signed.slice('key/'.length)).toString()).toBe(`seed of ${scheme}`);
		expect(verify(hash, Buffer.from(signed), publicKeys[scheme], unpack(signature))).toBe(true);
	});

	test('RSA_2048_PKCS1_ENCRYPT decrypts to the seed, RSA_2048_JWT_RS256 is a JWT', async () => {
		const { rsa2048 } = client.sandbox.publicKeys();
		expect(
			publicDecrypt(
				rsa2048,
				unpack(await keyOf('RSA_2048_PKCS1_ENCRYPT', 'encrypted seed')),
			).toString(),
		).toBe('encrypted seed');
		const [head, claims, signature] = (await keyOf('RSA_2048_JWT_RS256')).split('.');
		expect(
			verify(
				'sha256',
				Buffer.from(`${head}.${claims}`),
				rsa2048,
				Buffer.from(signature, 'base64url'),
			),
		).toBe(true);
		expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
			iss: 'https://keygen.sh',
			aud: client.sandbox.accountId,
		});
	});
});

describe('relationships', () => {
	test('owner: set, removed with null, refused when it does not exist', async () => {
		const id = await licenseWith();
		const user = await client.make('users', { email: 'owner@example.com' });
		const change = (data: unknown) =>
			client.send('PATCH', `/licenses/${id}/owner`, { body: { data } });
		expect((await change({ type: 'users', id: user })).body.data.relationships.owner.data.id).toBe(
			user,
		);
		expect((await client.send('GET', `/licenses/${id}/owner`)).body.data.id).toBe(user);
		expect((await change(null)).status).toBe(200);
		expect((await client.send('GET', `/licenses/${id}/owner`)).body.data).toBeNull();
		expect(errorsOf(await change({ type: 'users', id: crypto.randomUUID() }))).toEqual([
			'OWNER_NOT_FOUND /data/relationships/owner',
		]);
	});

	test('users: attached once, limited, never the owner', async () => {
		const owner = await client.make('users', { email: 'o@example.com' });
		const friend = await client.make('users', { email: 'f@example.com' });
		const third = await client.make('users', { email: 't@example.com' });
		const id = await licenseWith({ maxUsers: 2 }, {}, { owner });
		const send = async (method: string, ...ids: string[]) => {
			const answer = await client.send(method, `/licenses/${id}/users`, {
				body: { data: ids.map((user) => ({ type: 'users', id: user })) },
			});
			return [answer.status, ...errorsOf(answer)];
		};
		expect(await send('POST', owner)).toEqual([422, 'USER_CONFLICT /data/relationships/user']);
		expect(await send('POST', friend)).toEqual([200]);
		expect(await send('POST', third)).toEqual([422, 'USER_LIMIT_EXCEEDED /data']);
		expect((await client.send('GET', `/licenses/${id}/users`)).body.data).toHaveLength(2);
		expect((await send('DELETE', owner))[0]).toBe(403);
		expect((await send('DELETE', third))[0]).toBe(422);
		expect(await send('DELETE', friend)).toEqual([204]);
		const license = (await client.send('GET', `/licenses/${id}`)).body.data;
		expect(license.relationships.users.meta).toEqual({ count: 1 });
	});

	test('entitlements: those of the policy are listed but cannot be attached or detached', async () => {
		const policy = await policyWith({});
		const id = await client.make('licenses', {}, { policy });
		const [own, inherited] = [
			await client.make('entitlements', { name: 'a', code: 'A1' }),
			await client.make('entitlements', { name: 'b', code: 'B1' }),
		];
		const send = async (method: string, path: string, entitlement: string) => {
			const answer = await client.send(method, `${path}/entitlements`, {
				body: { data: [{ type: 'entitlements', id: entitlement }] },
			});
			return [answer.status, ...errorsOf(answer)];
		};
		await send('POST', `/policies/${policy}`, inherited);
		expect(await send('POST', `/licenses/${id}`, own)).toEqual([200]);
		expect(await send('POST', `/licenses/${id}`, own)).toEqual([
			422,
			'ENTITLEMENT_TAKEN /data/relationships/entitlement',
		]);
		expect(await send('POST', `/licenses/${id}`, inherited)).toEqual([
			422,
			'ENTITLEMENT_CONFLICT /data/relationships/entitlement',
		]);
		expect((await client.send('GET', `/licenses/${id}/entitlements`)).body.data).toHaveLength(2);
		expect((await send('DELETE', `/licenses/${id}`, inherited))[0]).toBe(403);
		expect(await send('DELETE', `/licenses/${id}`, own)).toEqual([204]);
		expect((await send('DELETE', `/licenses/${id}`, own))[0]).toBe(422);
	});

	test('policy: transferred within the product, with the expiry kept or reset', async () => {
		const id = await licenseWith({ duration: 10 * DAY });
		const move = (policy: string) =>
			client.send('PUT', `/licenses/${id}/policy`, {
				body: { data: { type: 'policies', id: policy } },
			});
		await move(await policyWith({ duration: 20 * DAY }));
		expect(inSeconds((await attributesOf(id)).expiry)).toBe(10 * DAY);
		await move(await policyWith({ duration: 20 * DAY, transferStrategy: 'RESET_EXPIRY' }));
		expect(inSeconds((await attributesOf(id)).expiry)).toBe(20 * DAY);
		expect(errorsOf(await move(await policyWith({ scheme: 'ED25519_SIGN' })))).toEqual([
			'POLICY_NOT_COMPATIBLE /data/relationships/policy',
		]);
	});

	test('groups take no more than their limits', async () => {
		const group = await client.make('groups', { name: 'G', maxLicenses: 1, maxUsers: 1 });
		const policy = await policyWith({});
		await client.make('licenses', {}, { policy, group });
		const second = await client.send('POST', '/licenses', {
			body: resource('licenses', {}, { policy, group }),
		});
		expect(errorsOf(second)).toEqual(['GROUP_LICENSE_LIMIT_EXCEEDED /data/relationships/group']);
		await client.make('users', { email: 'g1@example.com' }, { group });
		expect(
			errorsOf(
				await client.send('POST', '/users', {
					body: resource('users', { email: 'g2@example.com' }, { group }),
				}),
			),
		).toEqual(['GROUP_USER_LIMIT_EXCEEDED /data/relationships/group']);
	});

	test('what does not exist is named by its relationship', async () => {
		const policy = crypto.randomUUID();
		expect(await refusalOf({}, policy)).toEqual(['POLICY_NOT_FOUND /data/relationships/policy']);
	});
});

describe('license files', () => {
	const inner = (certificate: string) =>
		JSON.parse(Buffer.from(certificate.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64').toString());
	const edKey = () =>
		createPublicKey({
			format: 'jwk',
			key: {
				kty: 'OKP',
				crv: 'Ed25519',
				x: Buffer.from(client.sandbox.publicKeys().ed25519, 'hex').toString('base64url'),
			},
		});

	test('are signed, and hold the license with what was included', async () => {
		const id = await licenseWith({});
		const { data } = (
			await client.send('POST', `/licenses/${id}/actions/check-out`, {
				body: { meta: { ttl: 3600, include: ['policy', 'product'] } },
			})
		).body;
		expect(data.attributes).toMatchObject({
			algorithm: 'base64+ed25519',
			ttl: 3600,
			includes: ['policy', 'product'],
		});
		const { enc, sig, alg } = inner(String(data.attributes.certificate));
		expect(alg).toBe('base64+ed25519');
		expect(verify(null, Buffer.from(`license/${enc}`), edKey(), Buffer.from(sig, 'base64'))).toBe(
			true,
		);
		const document = JSON.parse(Buffer.from(enc, 'base64').toString()) as Document;
		expect(document.data.id).toBe(id);
		expect(document.included.map((item) => item.type)).toEqual(['products', 'policies']);
		expect(inSeconds(String(document.meta.expiry))).toBe(3600);
	});

	test('can be encrypted with the key of the license', async () => {
		const id = await licenseWith({}, { key: 'SECRET-LICENSE-KEY' });
		const answer = await client.send('GET', `/licenses/${id}/actions/check-out?encrypt=true`);
		expect(answer.headers.get('content-disposition')).toContain(`${id}.lic`);
		const { enc, alg } = inner(answer.text);
		expect(alg).toBe('aes-256-gcm+ed25519');
		const [sealed, iv, tag] = enc.split('.').map((part: string) => Buffer.from(part, 'base64'));
		const decipher = createDecipheriv(
			'aes-256-gcm',
			createHash('sha256').update('SECRET-LICENSE-KEY').digest(),
			iv,
		).setAuthTag(tag);
		expect(
			JSON.parse(Buffer.concat([decipher.update(sealed), decipher.final()]).toString()).data.id,
		).toBe(id);
	});

	test.each([
		[{ ttl: 3599 }, 'CHECKOUT_TTL_INVALID ttl'],
		[{ include: ['machines'] }, 'CHECKOUT_INCLUDE_INVALID include'],
		[{ algorithm: 'base64+md5' }, 'CHECKOUT_ALGORITHM_INVALID algorithm'],
	])('%j is refused', async (meta, error) => {
		const id = await licenseWith({});
		expect(await act(id, 'check-out', meta)).toEqual([400, error]);
	});
});

test('deleting and revoking both remove the license with its machines', async () => {
	for (const path of ['', '/actions/revoke']) {
		const id = await licenseWith({});
		const machine = await client.make('machines', { fingerprint: `f${path}` }, { license: id });
		const answer = await client.send('DELETE', `/licenses/${id}${path}`);
		expect([answer.status, answer.text]).toEqual([204, '']);
		expect((await client.send('GET', `/machines/${machine}`)).status).toBe(404);
	}
});

describe('policies are checked', () => {
	test.each([
		[{ duration: 86_399 }, 'DURATION_INVALID /data/attributes/duration'],
		[{ maxMachines: 2, floating: false }, 'MAX_MACHINES_INVALID /data/attributes/maxMachines'],
		[{ maxMachines: 0, floating: true }, 'MAX_MACHINES_INVALID /data/attributes/maxMachines'],
		[{ overageStrategy: 'SOME' }, 'OVERAGE_STRATEGY_NOT_ALLOWED /data/attributes/overageStrategy'],
		[{ expirationBasis: 'NEVER' }, 'EXPIRATION_BASIS_NOT_ALLOWED /data/attributes/expirationBasis'],
		[{ scheme: 'ROT13' }, 'SCHEME_NOT_ALLOWED /data/attributes/scheme'],
		[{ heartbeatDuration: 59 }, 'HEARTBEAT_DURATION_INVALID /data/attributes/heartbeatDuration'],
		[
			{ requireCheckIn: true, checkInInterval: 'hour', checkInIntervalCount: 1 },
			'CHECK_IN_INTERVAL_NOT_ALLOWED /data/attributes/checkInInterval',
		],
		[
			{ requireCheckIn: true, checkInInterval: 'day', checkInIntervalCount: 366 },
			'CHECK_IN_INTERVAL_COUNT_NOT_ALLOWED /data/attributes/checkInIntervalCount',
		],
		[
			{ heartbeatResurrectionStrategy: 'ALWAYS_REVIVE' },
			'HEARTBEAT_CULL_STRATEGY_NOT_ALLOWED /data/attributes/heartbeatCullStrategy',
		],
	])('%j', async (attributes, error) => {
		expect(
			errorsOf(
				await client.send('POST', '/policies', {
					body: resource('policies', { name: 'Policy', ...attributes }, { product }),
				}),
			),
		).toEqual([error]);
	});

	test('several faults are told at once', async () => {
		const body = resource(
			'policies',
			{ name: 'Policy', duration: 1, overageStrategy: 'X' },
			{ product },
		);
		expect(errorsOf(await client.send('POST', '/policies', { body }))).toHaveLength(2);
	});
});
