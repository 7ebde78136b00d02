import { chosen, openWorkbench, type Output, type Workbench } from './workbench.mts';

const numbered = (count: number) => ({
	type: 'entitlements',
	count,
	attributes: { name: 'Entitlement {n}', code: 'CODE_{n}' },
});

function inOrder(records: Output[], count: number, newestFirst = true): void {
	const expected = Array.from(
		{ length: count },
		(_, index) => `CODE_${newestFirst ? count - index : index + 1}`,
	);
	expect(records.map(({ code }) => code)).toEqual(expected);
}

describe('a server that lists by cursor', () => {
	let bench: Workbench;
	beforeAll(async () => {
		bench = await openWorkbench();
		bench.sandbox.seed(numbered(12_000));
	});

	test('gives 12,000 records complete, in order and without repeats', async () => {
		inOrder(await bench.get('entitlement.getAll', { returnAll: true }), 12_000);
	}, 60_000);

	test('gives them oldest first where that is asked for', async () => {
		inOrder(
			await bench.get('entitlement.getAll', {
				returnAll: false,
				limit: 250,
				options: { order: 'asc' },
			}),
			250,
			false,
		);
	});

	test.each([
		[1, 1],
		[50, 1],
		[100, 1],
		[101, 2],
		[250, 3],
	])('asks for no more pages than a limit of %i needs', async (limit, requests) => {
		bench.sent();
		expect(await bench.get('entitlement.getAll', { returnAll: false, limit })).toHaveLength(limit);
		expect(bench.sent()).toHaveLength(requests);
	});
});

describe('a server that lists by numbered pages only', () => {
	test('gives all records, in order and without repeats', async () => {
		const bench = await openWorkbench({ release: '1.6.0' });
		bench.sandbox.seed(numbered(1_234));
		inOrder(await bench.get('entitlement.getAll', { returnAll: true }), 1_234);
		expect(bench.sent().filter((request) => request.includes('page[cursor]'))).toHaveLength(1);
	}, 30_000);

	test('is asked for a cursor once, also for several items', async () => {
		const bench = await openWorkbench({ release: '1.6.0' });
		bench.sandbox.seed(numbered(150));
		const items = [{ json: {} }, { json: {} }, { json: {} }];
		expect(
			await bench.get(
				'entitlement.getAll',
				{ returnAll: true, options: { concurrency: 1 } },
				{ items },
			),
		).toHaveLength(450);
		expect(bench.sent().filter((request) => request.includes('page[cursor]'))).toHaveLength(1);
	}, 30_000);

	test('lists 10,000 records, and beyond that none, and says why', async () => {
		const bench = await openWorkbench({ release: '1.6.0' });
		bench.sandbox.seed(numbered(10_000));
		inOrder(await bench.get('entitlement.getAll', { returnAll: true }), 10_000);
		bench.sandbox.seed({ type: 'entitlements' });
		const { error } = await bench.run('entitlement.getAll', { returnAll: true });
		expect(error?.message).toBe(
			'This Keygen server lists 10000 records at most, and there are 10001 [item 0]',
		);
		expect(error?.description).toMatch(/filters.*'Return All'.*1\.7\.0/s);
		expect(await bench.get('entitlement.getAll', { returnAll: false, limit: 9_950 })).toHaveLength(
			9_950,
		);
	}, 90_000);

	test('gives lists that it does not count', async () => {
		const bench = await openWorkbench({ release: '1.6.0' });
		bench.sandbox.seed({ type: 'webhook-events', count: 230 });
		expect(await bench.get('webhookEvent.getAll', { returnAll: true })).toHaveLength(230);
	}, 30_000);
});

test('filters reach the service in the form it understands', async () => {
	const bench = await openWorkbench();
	const [{ id: policy }] = bench.sandbox.seed({ type: 'policies' });
	const [{ id: owner }] = bench.sandbox.seed({
		type: 'users',
		attributes: { email: 'jane@example.com' },
	});
	bench.sandbox.seed({ type: 'licenses', count: 3, relationships: { policy } });
	bench.sandbox.seed({
		type: 'licenses',
		attributes: { name: 'hers', metadata: { orderId: '42' } },
		relationships: { policy, owner },
	});
	const found = async (filters: object) =>
		(await bench.get('license.getAll', { returnAll: true, filters: filters as never })).map(
			({ name }) => name,
		);
	expect(await found({ owner: chosen('jane@example.com', 'email') })).toEqual(['hers']);
	expect(await found({ metadata: { pairs: [{ name: 'orderId', value: '42' }] } })).toEqual([
		'hers',
	]);
	expect(await found({ unassigned: true })).toHaveLength(3);
	expect(await found({ assigned: false })).toHaveLength(3);
});

test('related records come along, each fetched once', async () => {
	const bench = await openWorkbench();
	const [{ id: policy }] = bench.sandbox.seed({ type: 'policies', attributes: { name: 'Yearly' } });
	const [{ id: license }] = bench.sandbox.seed({
		type: 'licenses',
		count: 5,
		relationships: { policy },
	});
	bench.sandbox.seed({ type: 'machines', count: 2, relationships: { license } });
	bench.sent();
	const records = await bench.get<{
		id: string;
		policy: { name: string };
		machines: unknown[];
		owner: unknown;
	}>('license.getAll', {
		returnAll: true,
		options: { include: ['policy', 'machines', 'owner'] },
	});
	expect(records.every((record) => record.policy.name === 'Yearly' && record.owner === null)).toBe(
		true,
	);
	expect(records.find(({ id }) => id === license)?.machines).toHaveLength(2);
	const sent = bench.sent();
	expect(sent.filter((request) => request.startsWith('GET /policies/'))).toHaveLength(1);
	expect(sent.filter((request) => request.includes('/machines'))).toHaveLength(5);
});

test('raw output is the resource as the service sends it', async () => {
	const bench = await openWorkbench();
	bench.sandbox.seed(numbered(1));
	const [record] = await bench.get('entitlement.getAll', { returnAll: true, simplify: false });
	expect(record).toMatchObject({ type: 'entitlements', attributes: { code: 'CODE_1' } });
	const [document] = await bench.get('entitlement.get', {
		entitlement: chosen('CODE_1', 'code'),
		simplify: false,
	});
	expect(document.data).toMatchObject({ type: 'entitlements', attributes: { code: 'CODE_1' } });
});
