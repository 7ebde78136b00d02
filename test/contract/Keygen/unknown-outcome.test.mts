import { chosen, openWorkbench, type Workbench } from './workbench.mts';
import { present } from '../../present.mts';

let bench: Workbench;
let policy: string;
let license: string;

beforeAll(async () => {
	bench = await openWorkbench();
	policy = bench.sandbox.seed({ type: 'policies', attributes: { floating: true } })[0].id;
});
beforeEach(() => {
	bench.sandbox.clearFaults();
	license = bench.sandbox.seed({
		type: 'licenses',
		attributes: { uses: 0 },
		relationships: { policy },
	})[0].id;
	bench.sent();
});

const uses = () => present(bench.sandbox.world.store.get('licenses', license)).facts.uses;
const failIncrements = () =>
	bench.sandbox.fault({ kind: '502-after', method: 'POST', path: '/increment-usage', times: 9 });
const increment = (settings = {}, items = [{ json: {} }]) =>
	bench.run('license.incrementUsage', { license: chosen(license) }, { settings, items });

test('a server error after a write that must not be repeated says that the outcome is unknown', async () => {
	failIncrements();
	const { error } = await increment();
	expect(error?.message).toBe(
		'It is not known whether Keygen carried it out (status 502) [item 0]',
	);
	expect(error?.description).toContain('check before running it again');
	expect(bench.sent()).toHaveLength(1);
	expect(uses()).toBe(1);
});

test('the outcome comes out as a fact to branch on', async () => {
	failIncrements();
	const { outputs } = await increment({ onError: 'continueRegularOutput' });
	expect(outputs[0][0].json).toMatchObject({ outcome: 'unknown', httpStatus: 502 });
});

test("'Retry On Fail' does not repeat it", async () => {
	failIncrements();
	const { outputs, error } = await increment({
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 0,
	});
	expect(error).toBeUndefined();
	expect(bench.sent()).toHaveLength(1);
	expect(outputs[0][0].json).toMatchObject({
		outcome: 'unknown',
		failure: 'It is not known whether Keygen carried it out (status 502) [item 0]',
	});
	expect(outputs[0][0].json).not.toHaveProperty('error');
});

test("'Retry On Fail' does not repeat what was done for other items", async () => {
	const items = [{ json: { id: 'no such license' } }, { json: { id: license } }];
	const { outputs } = await bench.run(
		'license.incrementUsage',
		{ license: '={{ $json.id }}' },
		{ items, settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } },
	);
	expect(uses()).toBe(1);
	expect(outputs[0][0].json.failure).toContain('was not found');
	expect(outputs[0][0].json).not.toHaveProperty('error');
});

test('what may be repeated is still repeated, also after the statuses of proxies', async () => {
	bench.sandbox.fault({ kind: '522', method: 'GET', path: '/licenses', times: 1 });
	expect(await bench.get('license.get', { license: chosen(license) })).toMatchObject([
		{ id: license },
	]);
	expect(bench.sent()).toHaveLength(2);
});
