import { chosen, openWorkbench, type Workbench } from './workbench.mts';
import { present } from '../../present.mts';

let bench: Workbench;
let policy: string;
let license: string;

beforeAll(async () => {
	bench = await openWorkbench();
	policy = bench.sandbox.seed({
		type: 'policies',
		attributes: { floating: true, maxMachines: 100 },
	})[0].id;
	license = bench.sandbox.seed({ type: 'licenses', relationships: { policy } })[0].id;
});
beforeEach(() => {
	bench.sandbox.clearFaults();
	bench.sent();
});

const count = (type: string) => bench.sandbox.world.store.count(type);
const loseAnswer = (method: string, path: string) =>
	bench.sandbox.fault({ kind: 'reset-after', method, path, times: 1 });

test('a license whose first answer is lost is created once and comes out', async () => {
	const before = count('licenses');
	loseAnswer('POST', '/licenses');
	const [created] = await bench.get('license.create', {
		policy: chosen(policy),
		additionalFields: { name: 'once' },
	});
	expect(created).toMatchObject({ name: 'once', policyId: policy });
	expect(count('licenses')).toBe(before + 1);
	expect(bench.sent().filter((request) => request === 'POST /licenses')).toHaveLength(2);
});

test('a machine that is created although the server answers 502 is created once', async () => {
	const before = count('machines');
	bench.sandbox.fault({ kind: '502-after', method: 'POST', path: '/machines', times: 1 });
	expect(
		await bench.get('machine.create', { license: chosen(license), fingerprint: 'f-502' }),
	).toMatchObject([{ fingerprint: 'f-502' }]);
	expect(count('machines')).toBe(before + 1);
});

test('a record that was deleted although the answer is lost comes out as deleted', async () => {
	const [{ id }] = bench.sandbox.seed({ type: 'machines', relationships: { license } });
	loseAnswer('DELETE', '/machines');
	expect(await bench.get('machine.delete', { machine: chosen(id) })).toEqual([
		{ deleted: true, id },
	]);
});

test('a record that does not exist is no success', async () => {
	const { error } = await bench.run('machine.delete', {
		machine: chosen('00000000-0000-4000-8000-000000000000'),
	});
	expect(error?.message).toBe(
		"Machine '00000000-0000-4000-8000-000000000000' was not found [item 0]",
	);
});

test('a delete by alias that is sent again hits no other record of that alias', async () => {
	const [other] = bench.sandbox.seed({ type: 'licenses', relationships: { policy } });
	const [first] = bench.sandbox.seed({
		type: 'machines',
		attributes: { fingerprint: 'twin' },
		relationships: { license },
	});
	const [second] = bench.sandbox.seed({
		type: 'machines',
		attributes: { fingerprint: 'twin' },
		relationships: { license: other.id },
	});
	loseAnswer('DELETE', '/machines');
	await bench.get('machine.delete', {
		machine: chosen('twin', 'fingerprint'),
		options: { machineLicense: chosen(license) },
	});
	const left = [first, second].filter(({ id }) => bench.sandbox.world.store.get('machines', id));
	expect(left).toHaveLength(1);
});

test('what must not happen twice is not sent again, and the message says that it may have happened', async () => {
	const [{ id }] = bench.sandbox.seed({
		type: 'licenses',
		attributes: { uses: 0 },
		relationships: { policy },
	});
	loseAnswer('POST', '/increment-usage');
	const { error } = await bench.run('license.incrementUsage', { license: chosen(id) });
	expect(error?.message).toBe('The connection to Keygen was lost [item 0]');
	expect(error?.description).toContain('Keygen may have carried it out');
	expect(present(bench.sandbox.world.store.get('licenses', id)).facts.uses).toBe(1);
	expect(bench.sent()).toHaveLength(1);
});

test('429 is waited out as long as the service says, for writes too', async () => {
	bench.sandbox.fault({ kind: '429', method: 'POST', path: '/suspend', times: 2, retryAfter: 1 });
	const [{ id }] = bench.sandbox.seed({ type: 'licenses', relationships: { policy } });
	expect(await bench.get('license.suspend', { license: chosen(id) })).toMatchObject([
		{ id, suspended: true },
	]);
	expect(bench.sent()).toHaveLength(3);
});

test('a token that may not choose IDs creates licenses without, and each once', async () => {
	const [user] = bench.sandbox.seed({ type: 'users' });
	const [open] = bench.sandbox.seed({ type: 'policies', attributes: { protected: false } });
	bench.sandbox.seed({ type: 'licenses', relationships: { policy: open.id, owner: user.id } });
	const credential = { token: bench.sandbox.tokenFor(user) };
	const before = count('licenses');
	const items = [{ json: {} }, { json: {} }, { json: {} }];
	const created = await bench.get(
		'license.create',
		{
			policy: chosen(open.id),
			additionalFields: { owner: chosen(user.id) },
			options: { concurrency: 1 },
		},
		{ credential, items },
	);
	expect(created).toHaveLength(3);
	expect(count('licenses')).toBe(before + 3);
	// One refusal is enough to know it for the rest of the run.
	expect(bench.sent().filter((request) => request === 'POST /licenses')).toHaveLength(4);
});

test("'Retry On Fail' is refused where it would run done items again", async () => {
	const settings = {
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 0,
		onError: 'continueErrorOutput' as const,
	};
	const { outputs } = await bench.run('license.create', { policy: chosen(policy) }, { settings });
	expect(outputs[0]).toEqual([]);
	expect(outputs[1][0].json.error).toMatchObject({
		message: expect.stringContaining("'Retry On Fail'"),
	});
	expect(bench.sent()).toEqual([]);
});
