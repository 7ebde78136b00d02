import { singleplayerCe } from '../../../sandbox/keygen/state/options.mts';
import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
beforeAll(async () => {
	bench = await openWorkbench();
});
beforeEach(() => bench.sent());
afterEach(() => bench.sandbox.clearFaults());

describe('an address that is not quite the server’s', () => {
	test('works in plain http where the server asks for https by a proxy', async () => {
		bench.sandbox.fault({ kind: 'not-https' });
		expect(await bench.get('account.get')).toHaveLength(1);
	});

	test('is named whole, with its scheme, where the server sends requests on', async () => {
		bench.sandbox.fault({ kind: 'moved' });
		const { error } = await bench.run('account.get', {});
		expect(error?.message).toBe(
			'The server sends requests on to https://keygen.example.com:8443 [item 0]',
		);
	});

	test('has the host name suspected where the server says nothing but no', async () => {
		bench.sandbox.fault({ kind: 'other-host' });
		const { error } = await bench.run('license.getAll', {});
		expect(error?.message).toBe(
			'The server refuses requests to this address (status 403) [item 0]',
		);
		expect(error?.description).toContain('KEYGEN_HOST');
	});
});

describe('signing in', () => {
	test.each([
		['nobody@example.com', 'x', /^'Email' is not an email address, or belongs to no user/],
		['admin@example.com', 'wrong', /^The password is wrong/],
	])('as %s says which of the two is wrong', async (email, password, message) => {
		const { error } = await bench.run('token.generateForPassword', { email, password });
		expect(error?.message).toMatch(message);
	});
});

describe('a pool', () => {
	test('that is empty is not a policy without one', async () => {
		const pool = bench.one('policies', { usePool: true });
		const { error } = await bench.run('policy.popKey', { policy: chosen(pool) });
		expect(error?.message).toBe("The policy's pool has no key left [item 0]");
	});

	test('that the policy does not use is said to be that', async () => {
		const { error } = await bench.run('policy.popKey', { policy: chosen(bench.one('policies')) });
		expect(error?.message).toBe('The policy does not use a pool [item 0]');
	});
});

describe('a release', () => {
	test('without an upgrade is told from one that is not there', async () => {
		const release = bench.one('releases', { version: '9.9.9' });
		const none = await bench.run('release.getUpgrade', { release: chosen(release) });
		expect(none.error?.message).toBe('There is no upgrade for the release [item 0]');
		const absent = '00000000-0000-4000-8000-000000000000';
		const missing = await bench.run('release.getUpgrade', { release: chosen(absent) });
		expect(missing.error?.message).toBe(`Release '${absent}' was not found [item 0]`);
	});

	test('comes back itself when its package changes or ends', async () => {
		const product = bench.one('products');
		const newPackage = bench.one('packages', {}, { product });
		const release = bench.one('releases', { version: '1.2.3' }, { product });
		const [changed] = await bench.get('release.changePackage', {
			release: chosen(release),
			newPackage: chosen(newPackage),
		});
		expect(changed).toMatchObject({ id: release, version: '1.2.3', packageId: newPackage });
		const [removed] = await bench.get('release.removePackage', { release: chosen(release) });
		expect(removed).toMatchObject({ id: release, version: '1.2.3', packageId: null });
	});

	test.each([
		['WAITING', /about every 30 seconds/],
		['YANKED', /was yanked/],
	])('with an artifact that is %s says why there is no content', async (status, advice) => {
		const artifact = bench.one('artifacts', { status });
		const { error } = await bench.run('artifact.download', { artifact: chosen(artifact) });
		expect(error?.description).toMatch(advice);
	});
});

test.each(['license', 'machine', 'user'])(
	'a %s without a group has one shape of answer, and one that is not there is an error',
	async (resource) => {
		const id = bench.one(`${resource}s`);
		expect(await bench.get(`${resource}.getGroup`, { [resource]: chosen(id) })).toEqual([
			{ id: null },
		]);
		const absent = '00000000-0000-4000-8000-000000000000';
		const { error } = await bench.run(`${resource}.getGroup`, { [resource]: chosen(absent) });
		expect(error?.message).toContain(`'${absent}' was not found`);
	},
);

test('a server that lists by numbered pages only is asked for a cursor once', async () => {
	const old = await openWorkbench({ ...singleplayerCe, release: '1.6.0' });
	const list = async () => await old.get('product.getAll', { returnAll: true });
	await list();
	old.sent();
	await list();
	expect(old.sent()).toHaveLength(1);
});

describe('an agent, which gets nothing but the message,', () => {
	test('is told what to do about a failure', async () => {
		const { error } = await bench.run(
			'license.get',
			{ license: chosen('no-such-key', 'key') },
			{ asTool: true },
		);
		expect(error?.message).toContain('was not found');
		expect(error?.message).toContain("Check the ID, and that the credential's token may see");
	});

	test('is told that nothing was found', async () => {
		const found = await bench.get('entitlement.getAll', { returnAll: true }, { asTool: true });
		expect(found).toEqual([{ found: 0, message: 'No records were found' }]);
		expect(await bench.get('entitlement.getAll', { returnAll: true })).toEqual([]);
	});
});

test('metadata names that the service makes one of are told', async () => {
	const metadataJson = JSON.stringify({ order_id: 1, orderId: 2, 'Straße/Nr': 3 });
	const { outputs, hints } = await bench.run('group.create', {
		name: 'Named',
		additionalFields: { metadataJson },
	});
	expect(outputs[0][0].json.metadata).toEqual({ orderId: 2, strasseNr: 3 });
	const told = hints.map(({ message }) => message).join(' ');
	expect(told).toContain("one metadata name of 'order_id' and 'orderId'");
	expect(told).toContain("'Straße/Nr' as 'strasseNr'");
});
