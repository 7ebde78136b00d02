import { openClient } from './client.mts';
import type { Client } from './client.mts';

let client: Client;
let product: string;

beforeAll(async () => {
	client = await openClient();
	product = await client.make('products', { name: 'App' });
});

const DAY = 24 * 3600;

async function license(
	policy: object = {},
	attributes: object = {},
	links: Record<string, string> = {},
) {
	return client.make('licenses', attributes, {
		policy: await client.make('policies', policy, { product }),
		...links,
	});
}

const machine = (id: string, attributes: object = {}, more: object = {}) =>
	client.sandbox.seed({ type: 'machines', attributes, relationships: { license: id, ...more } })[0]
		.id;

/** `[valid, code]` of a validation by id. */
async function validate(id: string, scope?: object): Promise<[unknown, unknown]> {
	const { status, body } = await client.send(
		'POST',
		`/licenses/${id}/actions/validate`,
		scope && { body: { meta: { scope } } },
	);
	if (status !== 200) throw new Error(JSON.stringify(body));
	return [body.meta.valid, body.meta.code];
}

test('VALID, with nonce and scope given back', async () => {
	const id = await license();
	const { body } = await client.send('POST', `/licenses/${id}/actions/validate`, {
		body: { meta: { nonce: 7, scope: { product } } },
	});
	expect(body.meta).toMatchObject({ valid: true, code: 'VALID', nonce: 7, scope: { product } });
	expect(Object.keys(body.meta)).toEqual(expect.arrayContaining(['ts', 'detail']));
	expect(body.data.attributes.lastValidated).toBe(body.meta.ts);
});

test('NOT_FOUND is an answer with 200 and without data', async () => {
	const { status, body } = await client.send('POST', '/licenses/actions/validate-key', {
		body: { meta: { key: 'NOPE' } },
		token: null,
	});
	expect([status, body.data, body.meta.valid, body.meta.code]).toEqual([
		200,
		null,
		false,
		'NOT_FOUND',
	]);
});

test('before 1.2 the code was called constant', async () => {
	const { body } = await client.send('GET', `/licenses/${await license()}/actions/validate`, {
		headers: { 'keygen-version': '1.1' },
	});
	expect(body.meta.constant).toBe('VALID');
	expect(body.meta).not.toHaveProperty('code');
});

test('SUSPENDED and BANNED', async () => {
	expect(await validate(await license({}, { suspended: true }))).toEqual([false, 'SUSPENDED']);
	const owner = client.sandbox.seed({ type: 'users', attributes: { banned: true } })[0].id;
	expect(await validate(await license({}, {}, { owner }))).toEqual([false, 'BANNED']);
});

test.each([
	['RESTRICT_ACCESS', false],
	['REVOKE_ACCESS', false],
	['MAINTAIN_ACCESS', true],
	['ALLOW_ACCESS', true],
])('EXPIRED under %s has valid %s', async (expirationStrategy, valid) => {
	expect(await validate(await license({ expirationStrategy }, { expiry: '2020-01-01' }))).toEqual([
		valid,
		'EXPIRED',
	]);
});

test('OVERDUE once the check-in is due, and no longer after it', async () => {
	const id = await license({
		requireCheckIn: true,
		checkInInterval: 'day',
		checkInIntervalCount: 2,
	});
	expect(await validate(id)).toEqual([true, 'VALID']);
	client.sandbox.clock({ advance: 2 * DAY + 1 });
	expect(await validate(id)).toEqual([false, 'OVERDUE']);
	await client.send('POST', `/licenses/${id}/actions/check-in`);
	expect(await validate(id)).toEqual([true, 'VALID']);
});

describe('scopes', () => {
	test.each([
		['product', 'requireProductScope', () => product],
		['policy', 'requirePolicyScope', () => undefined],
	])('%s', async (name, required, right) => {
		const id = await license({ [required]: true });
		const own =
			right() ??
			(await client.send('GET', `/licenses/${id}`)).body.data.relationships[name].data.id;
		const code = name.toUpperCase();
		expect(await validate(id)).toEqual([false, `${code}_SCOPE_REQUIRED`]);
		expect(await validate(id, { [name]: crypto.randomUUID() })).toEqual([
			false,
			`${code}_SCOPE_MISMATCH`,
		]);
		expect(await validate(id, { [name]: own })).toEqual([true, 'VALID']);
	});

	test('user, by id or e-mail, owner or attached', async () => {
		const owner = await client.make('users', { email: 'owner@example.com' });
		const friend = await client.make('users', { email: 'friend@example.com' });
		const id = await license({ requireUserScope: true }, {}, { owner });
		await client.send('POST', `/licenses/${id}/users`, {
			body: { data: [{ type: 'users', id: friend }] },
		});
		expect(await validate(id)).toEqual([false, 'USER_SCOPE_REQUIRED']);
		expect(await validate(id, { user: 'stranger@example.com' })).toEqual([
			false,
			'USER_SCOPE_MISMATCH',
		]);
		expect(await validate(id, { user: owner })).toEqual([true, 'VALID']);
		expect(await validate(id, { user: 'friend@example.com' })).toEqual([true, 'VALID']);
	});

	test('machine', async () => {
		const id = await license({ requireMachineScope: true, floating: true });
		expect(await validate(id)).toEqual([false, 'MACHINE_SCOPE_REQUIRED']);
		expect(await validate(id, { machine: crypto.randomUUID() })).toEqual([false, 'NO_MACHINES']);
		const own = machine(id);
		expect(await validate(id, { machine: crypto.randomUUID() })).toEqual([
			false,
			'MACHINE_SCOPE_MISMATCH',
		]);
		expect(await validate(id, { machine: own })).toEqual([true, 'VALID']);
	});

	test('fingerprint, and lists of them by the matching strategy', async () => {
		const id = await license({ requireFingerprintScope: true, floating: true, maxMachines: 9 });
		expect(await validate(id)).toEqual([false, 'FINGERPRINT_SCOPE_REQUIRED']);
		expect(await validate(id, { fingerprints: [] })).toEqual([false, 'FINGERPRINT_SCOPE_EMPTY']);
		expect(await validate(id, { fingerprint: 'a' })).toEqual([false, 'NO_MACHINES']);
		machine(id, { fingerprint: 'a' });
		machine(id, { fingerprint: 'b' });
		expect(await validate(id, { fingerprint: 'z' })).toEqual([false, 'FINGERPRINT_SCOPE_MISMATCH']);
		expect(await validate(id, { fingerprint: 'a' })).toEqual([true, 'VALID']);
		expect(await validate(id, { fingerprints: ['a', 'x', 'y'] })).toEqual([true, 'VALID']);
	});

	test.each([
		['MATCH_ANY', 1],
		['MATCH_TWO', 2],
		['MATCH_MOST', 3],
		['MATCH_ALL', 5],
	])('%s wants %i of 5 fingerprints', async (machineMatchingStrategy, needed) => {
		const id = await license({ machineMatchingStrategy, floating: true, maxMachines: 9 });
		const wanted = ['a', 'b', 'c', 'd', 'e'];
		machine(id, { fingerprint: 'other' });
		for (const [index, fingerprint] of wanted.entries()) {
			const enough = index >= needed;
			expect(await validate(id, { fingerprints: wanted })).toEqual([
				enough,
				enough ? 'VALID' : 'FINGERPRINT_SCOPE_MISMATCH',
			]);
			machine(id, { fingerprint });
		}
		expect(await validate(id, { fingerprints: wanted })).toEqual([true, 'VALID']);
	});

	test('components', async () => {
		const id = await license({
			requireComponentsScope: true,
			componentMatchingStrategy: 'MATCH_ALL',
			floating: true,
		});
		const own = machine(id, { fingerprint: 'box' });
		client.sandbox.seed({
			type: 'components',
			attributes: { fingerprint: 'cpu' },
			relationships: { machine: own },
		});
		expect(await validate(id)).toEqual([false, 'COMPONENTS_SCOPE_REQUIRED']);
		expect(await validate(id, { fingerprint: 'box', components: [] })).toEqual([
			false,
			'COMPONENTS_SCOPE_EMPTY',
		]);
		expect(await validate(id, { fingerprint: 'box', components: ['cpu', 'gpu'] })).toEqual([
			false,
			'COMPONENTS_SCOPE_MISMATCH',
		]);
		expect(await validate(id, { fingerprint: 'box', components: ['cpu'] })).toEqual([
			true,
			'VALID',
		]);
	});

	test('entitlements, of the license and of its policy', async () => {
		const id = await license();
		const policy = (await client.send('GET', `/licenses/${id}/policy`)).body.data.id;
		const attach = async (path: string, code: string) => {
			const entitlement = await client.make('entitlements', { name: code, code });
			return client.send('POST', `${path}/entitlements`, {
				body: { data: [{ type: 'entitlements', id: entitlement }] },
			});
		};
		await attach(`/licenses/${id}`, 'OWN');
		await attach(`/policies/${policy}`, 'INHERITED');
		expect(await validate(id, { entitlements: [] })).toEqual([false, 'ENTITLEMENTS_SCOPE_EMPTY']);
		expect(await validate(id, { entitlements: ['OWN', 'MORE'] })).toEqual([
			false,
			'ENTITLEMENTS_MISSING',
		]);
		expect(await validate(id, { entitlements: ['OWN', 'INHERITED'] })).toEqual([true, 'VALID']);
	});

	test('version and checksum of a release that the license may have', async () => {
		const release = await client.make(
			'releases',
			{ channel: 'stable', version: '2.0.0' },
			{ product },
		);
		client.sandbox.seed({
			type: 'artifacts',
			attributes: { checksum: 'abc', status: 'UPLOADED' },
			relationships: { release },
		});
		const id = await license({ requireVersionScope: true, requireChecksumScope: true });
		expect(await validate(id)).toEqual([false, 'CHECKSUM_SCOPE_REQUIRED']);
		expect(await validate(id, { checksum: 'zzz', version: '2.0.0' })).toEqual([
			false,
			'CHECKSUM_SCOPE_MISMATCH',
		]);
		expect(await validate(id, { checksum: 'abc' })).toEqual([false, 'VERSION_SCOPE_REQUIRED']);
		expect(await validate(id, { checksum: 'abc', version: '9.9.9' })).toEqual([
			false,
			'VERSION_SCOPE_MISMATCH',
		]);
		expect(await validate(id, { checksum: 'abc', version: '2.0.0' })).toEqual([true, 'VALID']);
	});

	test('environment', async () => {
		const id = await license();
		expect(await validate(id, { environment: null })).toEqual([true, 'VALID']);
		expect(await validate(id, { environment: 'test' })).toEqual([
			false,
			'ENVIRONMENT_SCOPE_MISMATCH',
		]);
	});
});

describe('limits of strict policies', () => {
	test('NO_MACHINE when node-locked, NO_MACHINES when floating; without strict neither', async () => {
		expect(await validate(await license({ strict: true }))).toEqual([false, 'NO_MACHINE']);
		expect(await validate(await license({ strict: true, floating: true }))).toEqual([
			false,
			'NO_MACHINES',
		]);
		expect(await validate(await license({ floating: true }))).toEqual([true, 'VALID']);
	});

	test.each([
		['TOO_MANY_MACHINES', { maxMachines: 1 }],
		['TOO_MANY_CORES', { maxCores: 6 }],
		['TOO_MUCH_MEMORY', { maxMemory: 6 }],
		['TOO_MUCH_DISK', { maxDisk: 6 }],
		['TOO_MANY_PROCESSES', { maxProcesses: 1 }],
		['TOO_MANY_USERS', { maxUsers: 1 }],
	])('%s, which an overage strategy turns into a remark', async (code, limit) => {
		const verdict = async (overageStrategy: string) => {
			const id = await license({ strict: true, floating: true, overageStrategy, ...limit });
			const first = machine(id, { fingerprint: 'a', cores: 4, memory: 4, disk: 4 });
			machine(id, { fingerprint: 'b', cores: 4, memory: 4, disk: 4 });
			client.sandbox.seed({
				type: 'processes',
				count: 2,
				attributes: { pid: '{n}' },
				relationships: { machine: first },
			});
			client.sandbox.seed({ type: 'license-users', relationships: { license: id } });
			client.sandbox.seed({ type: 'license-users', relationships: { license: id } });
			return validate(id);
		};
		expect(await verdict('NO_OVERAGE')).toEqual([false, code]);
		expect(await verdict('ALLOW_2X_OVERAGE')).toEqual([true, code]);
	});
});

test('HEARTBEAT_NOT_STARTED before the first ping and HEARTBEAT_DEAD after the last', async () => {
	const id = await license({
		requireHeartbeat: true,
		heartbeatDuration: 60,
		heartbeatCullStrategy: 'KEEP_DEAD',
		heartbeatBasis: 'FROM_FIRST_PING',
		floating: true,
	});
	const own = machine(id, { fingerprint: 'beat' });
	expect(await validate(id, { fingerprint: 'beat' })).toEqual([false, 'HEARTBEAT_NOT_STARTED']);
	await client.send('POST', `/machines/${own}/actions/ping`);
	expect(await validate(id, { fingerprint: 'beat' })).toEqual([true, 'VALID']);
	client.sandbox.clock({ advance: 61 });
	expect(await validate(id, { fingerprint: 'beat' })).toEqual([false, 'HEARTBEAT_DEAD']);
});

describe('validate-key', () => {
	const byKey = (meta: object, token: string | null = null) =>
		client.send('POST', '/licenses/actions/validate-key', { body: { meta }, token });

	test('needs no authentication, except for protected licenses', async () => {
		await license({}, { key: 'OPEN-KEY-1' });
		await license({ protected: true }, { key: 'PROTECTED-KEY-1' });
		expect((await byKey({ key: 'OPEN-KEY-1' })).body.meta.code).toBe('VALID');
		expect((await byKey({ key: 'PROTECTED-KEY-1' })).status).toBe(401);
		expect(
			(await byKey({ key: 'PROTECTED-KEY-1' }, client.sandbox.adminToken)).body.meta.code,
		).toBe('VALID');
	});

	test('a legacy-encrypted key is shown once and validated with legacyEncrypted', async () => {
		const policy = await client.make('policies', { encrypted: true }, { product });
		const made = (
			await client.send('POST', '/licenses', {
				body: {
					data: {
						type: 'licenses',
						relationships: { policy: { data: { type: 'policies', id: policy } } },
					},
				},
			})
		).body.data;
		const { key } = made.attributes;
		expect(
			(await client.send('GET', `/licenses/${made.id}`)).body.data.attributes,
		).not.toHaveProperty('key');
		expect((await byKey({ key })).body.meta.code).toBe('NOT_FOUND');
		expect((await byKey({ key, legacyEncrypted: true })).body.meta.code).toBe('VALID');
	});
});

test('only POST validation starts the time of licenses that count from their first validation', async () => {
	const id = await license({ duration: 10 * DAY, expirationBasis: 'FROM_FIRST_VALIDATION' });
	expect((await client.send('GET', `/licenses/${id}`)).body.data.attributes.expiry).toBeNull();
	const now = client.sandbox.clock({ freeze: true });
	await validate(id);
	const { expiry } = (await client.send('GET', `/licenses/${id}`)).body.data.attributes;
	expect(Date.parse(String(expiry)) - Date.parse(now)).toBe(10 * DAY * 1000);
	client.sandbox.clock({ freeze: false });
});
