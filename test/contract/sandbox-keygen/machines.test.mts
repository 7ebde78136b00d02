import { present } from '../../present.mts';
import { errorsOf, openClient, resource } from './client.mts';
import type { Client } from './client.mts';

let client: Client;
let product: string;
let counter = 0;

beforeAll(async () => {
	client = await openClient();
	product = await client.make('products', { name: 'App' });
});

const licenseWith = async (policy: object = {}, attributes: object = {}) =>
	client.make('licenses', attributes, {
		policy: await client.make('policies', policy, { product }),
	});

/** Error codes of an activation, or `ok`. */
async function activate(
	license: string,
	attributes: object = {},
	links: Record<string, string> = {},
): Promise<string[]> {
	const body = resource(
		'machines',
		{ fingerprint: `fp-${++counter}`, ...attributes },
		{ license, ...links },
	);
	const answer = await client.send('POST', '/machines', { body });
	return answer.status === 201 ? ['ok'] : errorsOf(answer);
}

describe('machine limits', () => {
	test('a node-locked license takes one machine', async () => {
		const id = await licenseWith();
		expect(await activate(id)).toEqual(['ok']);
		expect(await activate(id)).toEqual(['MACHINE_LIMIT_EXCEEDED /data']);
	});

	test.each([
		['NO_OVERAGE', 4],
		['ALLOW_1_25X_OVERAGE', 5],
		['ALLOW_1_5X_OVERAGE', 6],
		['ALLOW_2X_OVERAGE', 8],
	])('4 machines under %s are %i', async (overageStrategy, most) => {
		const id = await licenseWith({ floating: true, maxMachines: 4, overageStrategy });
		for (let count = 0; count < most; count++) expect(await activate(id)).toEqual(['ok']);
		expect(await activate(id)).toEqual(['MACHINE_LIMIT_EXCEEDED /data']);
	});

	test('a license overrides the limit of its policy', async () => {
		const id = await licenseWith({ floating: true, maxMachines: 1 }, { maxMachines: 2 });
		expect([await activate(id), await activate(id), await activate(id)]).toEqual([
			['ok'],
			['ok'],
			['MACHINE_LIMIT_EXCEEDED /data'],
		]);
	});

	test('leased per user, each owner has the limit', async () => {
		const id = await licenseWith({
			floating: true,
			maxMachines: 1,
			machineLeasingStrategy: 'PER_USER',
		});
		const [a, b] = [
			await client.make('users', { email: 'a@example.com' }),
			await client.make('users', { email: 'b@example.com' }),
		];
		expect(await activate(id, {}, { owner: a })).toEqual([
			'OWNER_INVALID /data/relationships/owner',
		]);
		await client.send('POST', `/licenses/${id}/users`, {
			body: { data: [a, b].map((user) => ({ type: 'users', id: user })) },
		});
		expect(await activate(id, {}, { owner: a })).toEqual(['ok']);
		expect(await activate(id, {}, { owner: b })).toEqual(['ok']);
		expect(await activate(id, {}, { owner: a })).toEqual(['MACHINE_LIMIT_EXCEEDED /data']);
	});

	test('cores, memory and disk are added up over all machines', async () => {
		const id = await licenseWith({ floating: true, maxCores: 8, maxMemory: 8, maxDisk: 8 });
		expect(await activate(id, { cores: 6, memory: 6, disk: 6 })).toEqual(['ok']);
		expect(await activate(id, { cores: 4 })).toEqual(['MACHINE_CORE_LIMIT_EXCEEDED /data']);
		expect(await activate(id, { memory: 4 })).toEqual(['MACHINE_MEMORY_LIMIT_EXCEEDED /data']);
		expect(await activate(id, { disk: 4 })).toEqual(['MACHINE_DISK_LIMIT_EXCEEDED /data']);
		expect(await activate(id, { cores: 0 })).toEqual(['CORES_INVALID /data/attributes/cores']);
	});
});

describe('fingerprints', () => {
	test('a second activation of the same machine is FINGERPRINT_TAKEN, beside the limit', async () => {
		const id = await licenseWith();
		await activate(id, { fingerprint: 'same' });
		expect(await activate(id, { fingerprint: 'same' })).toEqual([
			'FINGERPRINT_TAKEN /data/attributes/fingerprint',
			'MACHINE_LIMIT_EXCEEDED /data',
		]);
	});

	test.each([
		['UNIQUE_PER_LICENSE', 'ok', 'ok', 'ok'],
		['UNIQUE_PER_POLICY', 'taken', 'ok', 'ok'],
		['UNIQUE_PER_PRODUCT', 'taken', 'taken', 'ok'],
		['UNIQUE_PER_ACCOUNT', 'taken', 'taken', 'taken'],
	])('%s', async (machineUniquenessStrategy, samePolicy, sameProduct, sameAccount) => {
		const world = await openClient();
		const make = (name: string) => world.make('products', { name });
		const own = await make('own');
		const policy = (of: string) =>
			world.make('policies', { machineUniquenessStrategy, floating: true }, { product: of });
		const first = await policy(own);
		const attempt = async (of: string) => {
			const license = await world.make('licenses', {}, { policy: of });
			const answer = await world.send('POST', '/machines', {
				body: resource('machines', { fingerprint: 'f' }, { license }),
			});
			const verdict = answer.status === 201 ? 'ok' : 'taken';
			if (verdict === 'ok') await world.send('DELETE', `/machines/${answer.body.data.id}`);
			return verdict;
		};
		await world.make(
			'machines',
			{ fingerprint: 'f' },
			{ license: await world.make('licenses', {}, { policy: first }) },
		);
		expect([
			await attempt(first),
			await attempt(await policy(own)),
			await attempt(await policy(await make('other'))),
		]).toEqual([samePolicy, sameProduct, sameAccount]);
	});

	test('components come along with a machine and are unique', async () => {
		const id = await licenseWith({
			componentUniquenessStrategy: 'UNIQUE_PER_LICENSE',
			floating: true,
		});
		const attempt = async (...fingerprints: string[]) => {
			const body = resource('machines', { fingerprint: `c-${++counter}` }, { license: id });
			present(body.data.relationships).components = {
				data: fingerprints.map((fingerprint) => ({
					type: 'components',
					attributes: { fingerprint, name: fingerprint },
				})),
			};
			const answer = await client.send('POST', '/machines', { body });
			return answer.status === 201
				? [
						(await client.send('GET', `/machines/${answer.body.data.id}/components`)).body.data
							.length,
					]
				: errorsOf(answer);
		};
		const pointer = (index: number) =>
			`/data/relationships/components/data/${index}/attributes/fingerprint`;
		expect(await attempt('cpu', 'gpu')).toEqual([2]);
		expect(await attempt('disk', 'cpu')).toEqual([`COMPONENTS_FINGERPRINT_TAKEN ${pointer(1)}`]);
		expect(await attempt('ram', 'ram')).toEqual(
			[0, 1].map((index) => `COMPONENTS_FINGERPRINT_CONFLICT ${pointer(index)}`),
		);
	});
});

describe('heartbeats', () => {
	const beating = async (policy: object) => {
		const license = await licenseWith({
			requireHeartbeat: true,
			heartbeatDuration: 60,
			floating: true,
			...policy,
		});
		const machine = await client.make('machines', { fingerprint: `hb-${++counter}` }, { license });
		return { machine, ping: async () => client.send('POST', `/machines/${machine}/actions/ping`) };
	};
	const statusOf = async (machine: string) =>
		(await client.send('GET', `/machines/${machine}`)).body.data?.attributes.heartbeatStatus;

	test('of a policy that asks for them are alive from the creation', async () => {
		expect(await statusOf((await beating({})).machine)).toBe('ALIVE');
	});

	test('go from NOT_STARTED over ALIVE to DEAD, and back by a reset', async () => {
		const { machine, ping } = await beating({
			requireHeartbeat: false,
			heartbeatCullStrategy: 'KEEP_DEAD',
		});
		expect(await statusOf(machine)).toBe('NOT_STARTED');
		expect((await ping()).body.data.attributes.heartbeatStatus).toBe('ALIVE');
		client.sandbox.clock({ advance: 61 });
		expect(await statusOf(machine)).toBe('DEAD');
		expect(errorsOf(await ping())).toEqual(['MACHINE_HEARTBEAT_DEAD /data']);
		await client.send('POST', `/machines/${machine}/actions/reset`);
		expect(await statusOf(machine)).toBe('NOT_STARTED');
	});

	test('resurrect within the minutes of the strategy', async () => {
		const { ping } = await beating({
			heartbeatCullStrategy: 'KEEP_DEAD',
			heartbeatResurrectionStrategy: '5_MINUTE_REVIVE',
		});
		await ping();
		client.sandbox.clock({ advance: 60 + 299 });
		expect((await ping()).body.data.attributes.heartbeatStatus).toBe('RESURRECTED');
		client.sandbox.clock({ advance: 60 + 301 });
		expect(errorsOf(await ping())).toEqual(['MACHINE_HEARTBEAT_DEAD /data']);
	});

	test('that die take the machine with them unless the policy keeps the dead', async () => {
		const { machine, ping } = await beating({});
		await ping();
		client.sandbox.clock({ advance: 61 });
		expect((await client.send('GET', `/machines/${machine}`)).status).toBe(404);
	});
});

test('processes are limited by machine, by license or by user, and die without pings', async () => {
	const license = await licenseWith({
		floating: true,
		maxMachines: 5,
		maxProcesses: 1,
		processLeasingStrategy: 'PER_MACHINE',
		heartbeatCullStrategy: 'KEEP_DEAD',
	});
	const [a, b] = [
		await client.make('machines', { fingerprint: 'pa' }, { license }),
		await client.make('machines', { fingerprint: 'pb' }, { license }),
	];
	const spawn = async (machine: string, pid: string) =>
		errorsOf(
			await client.send('POST', '/processes', {
				body: resource('processes', { pid }, { machine }),
			}),
		);
	expect(await spawn(a, '1')).toEqual([]);
	expect(await spawn(b, '1')).toEqual([]);
	expect(await spawn(a, '2')).toEqual(['MACHINE_PROCESS_LIMIT_EXCEEDED /data']);
	expect(await spawn(a, '1')).toEqual([
		'PID_TAKEN /data/attributes/pid',
		'MACHINE_PROCESS_LIMIT_EXCEEDED /data',
	]);
	const [process] = (await client.send('GET', `/machines/${a}/processes`)).body.data;
	client.sandbox.clock({ advance: 601 });
	expect((await client.send('GET', `/processes/${process.id}`)).body.data.attributes.status).toBe(
		'DEAD',
	);
	expect(errorsOf(await client.send('POST', `/processes/${process.id}/actions/ping`))).toEqual([
		'PROCESS_HEARTBEAT_DEAD /data',
	]);
});

test('an activation token activates and deactivates as often as it says', async () => {
	const license = await licenseWith({ floating: true, maxMachines: 9 });
	const body = { data: { type: 'tokens', attributes: { maxActivations: 1, maxDeactivations: 0 } } };
	const made = await client.send('POST', `/licenses/${license}/tokens`, { body });
	const token = String(made.body.data.attributes.token);
	const machine = (fingerprint: string) =>
		client.send('POST', '/machines', {
			token,
			body: resource('machines', { fingerprint }, { license }),
		});
	const first = await machine('once');
	expect(first.status).toBe(201);
	expect(errorsOf(await machine('twice'))).toEqual([
		'ACTIVATIONS_LIMIT_EXCEEDED /data/attributes/activations',
	]);
	expect(
		errorsOf(await client.send('DELETE', `/machines/${first.body.data.id}`, { token })),
	).toEqual(['DEACTIVATIONS_LIMIT_EXCEEDED /data/attributes/deactivations']);
});

test('only users of the license own its machines', async () => {
	const license = await licenseWith();
	const machine = await client.make('machines', { fingerprint: 'owned' }, { license });
	const user = await client.make('users', { email: 'stranger@example.com' });
	const answer = await client.send('PATCH', `/machines/${machine}/owner`, {
		body: { data: { type: 'users', id: user } },
	});
	expect(errorsOf(answer)).toEqual(['OWNER_INVALID /data/relationships/owner']);
});

test('a machine is found by its fingerprint, and its fingerprint never changes', async () => {
	const license = await licenseWith();
	const id = await client.make('machines', { fingerprint: 'aa:bb/cc' }, { license });
	const path = `/machines/${encodeURIComponent('aa:bb/cc')}`;
	expect((await client.send('GET', path)).body.data.id).toBe(id);
	const body = { data: { type: 'machines', attributes: { fingerprint: 'new' } } };
	expect(errorsOf(await client.send('PATCH', path, { body }))).toEqual([
		'- /data/attributes/fingerprint',
	]);
});
