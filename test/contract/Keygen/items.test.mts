import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
let licenses: string[];
const absent = '00000000-0000-4000-8000-000000000000';

beforeEach(async () => {
	bench = await openWorkbench();
	licenses = bench.sandbox
		.seed({ type: 'licenses', count: 6, attributes: { name: 'License {n}' } })
		.map(({ id }) => id);
});

const itemsOf = (ids: string[]) => ids.map((id, index) => ({ json: { id, index } }));
const byItem = { license: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };

test('records keep the order of their items, whatever answers first', async () => {
	bench.sandbox.fault({ kind: 'latency', path: licenses[0], delay: 150 });
	const { outputs } = await bench.run('license.get', byItem, { items: itemsOf(licenses) });
	expect(outputs[0].map(({ json }) => json.id)).toEqual(licenses);
	expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
		licenses.map((_, item) => ({ item })),
	);
});

test('the error branch takes what did not succeed, with the item that came in, and nothing else', async () => {
	const items = itemsOf([licenses[0], absent, licenses[1], 'nonsense-key']);
	const { outputs } = await bench.run('license.suspend', byItem, {
		items,
		settings: { onError: 'continueErrorOutput' },
	});
	expect(outputs[0].map(({ json }) => json.id)).toEqual([licenses[0], licenses[1]]);
	expect(outputs[1].map(({ json }) => json.index)).toEqual([1, 3]);
	expect(outputs[1][0].json).toMatchObject({
		error: {
			message: `License '${absent}' was not found [item 1]`,
			httpStatus: 404,
			code: 'NOT_FOUND',
		},
	});
});

test('with Continue every item stays in its place', async () => {
	const items = itemsOf([licenses[0], absent]);
	const { outputs } = await bench.run('license.get', byItem, {
		items,
		settings: { onError: 'continueRegularOutput' },
	});
	expect(outputs[0]).toHaveLength(2);
	expect(outputs[0][1].json).toMatchObject({
		error: expect.stringContaining('was not found'),
		httpStatus: 404,
	});
});

test('a list without records gives no item, and several items give several lists', async () => {
	const items = itemsOf([licenses[0], licenses[1]]);
	bench.sandbox.seed({ type: 'machines', count: 3, relationships: { license: licenses[1] } });
	const { outputs } = await bench.run(
		'license.getMachines',
		{ ...byItem, returnAll: true },
		{ items },
	);
	expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 1 },
		{ item: 1 },
		{ item: 1 },
	]);
});

test('writes that were done are not lost when another item stops the node', async () => {
	const items = itemsOf([licenses[0], absent]);
	const { outputs, error, hints } = await bench.run('license.suspend', byItem, { items });
	expect(error).toBeUndefined();
	expect(outputs[0][0].json).toMatchObject({ id: licenses[0], suspended: true });
	expect(outputs[0][1].json.error).toContain('was not found');
	expect(hints).toHaveLength(1);
});

test('a credential that is not accepted is not tried for every item', async () => {
	const many = itemsOf(Array.from({ length: 40 }, () => licenses[0]));
	bench.sent();
	const { outputs } = await bench.run(
		'license.get',
		{ ...byItem, options: { concurrency: 2 } },
		{
			items: many,
			credential: { token: 'admin-wrong-v3' },
			settings: { onError: 'continueErrorOutput' },
		},
	);
	expect(outputs[1]).toHaveLength(40);
	expect(bench.sent().length).toBeLessThanOrEqual(2);
});

test('no more requests are under way than are asked for', async () => {
	bench.sandbox.fault({ kind: 'latency', path: '/licenses', delay: 40 });
	const items = itemsOf([...licenses, ...licenses]);
	const started = Date.now();
	await bench.get('license.get', { ...byItem, options: { concurrency: 1 } }, { items });
	expect(Date.now() - started).toBeGreaterThanOrEqual(12 * 40);
});

test('expressions in collections are taken from each item', async () => {
	const items = [{ json: { who: 'A', seats: 3 } }, { json: { who: 'B', seats: 4 } }];
	const [policy] = bench.sandbox.seed({ type: 'policies', attributes: { floating: true } });
	const created = await bench.get(
		'license.create',
		{
			policy: chosen(policy.id),
			additionalFields: {
				name: '={{ $json.who }}',
				maxMachines: '={{ $json.seats }}',
				metadata: { pairs: [{ name: 'who', value: '={{ $json.who.toLowerCase() }}' }] },
			},
		},
		{ items },
	);
	expect(created).toMatchObject([
		{ name: 'A', maxMachines: 3, metadata: { who: 'a' } },
		{ name: 'B', maxMachines: 4, metadata: { who: 'b' } },
	]);
});

test('an empty optional field is left out, and a cleared one is null', async () => {
	const [policy] = bench.sandbox.seed({ type: 'policies', attributes: { duration: 86400 } });
	const of = async (additionalFields: object) =>
		(
			await bench.get('license.create', {
				policy: chosen(policy.id),
				additionalFields: additionalFields as never,
			})
		)[0];
	expect((await of({ expiry: '', name: '', owner: chosen('') })).expiry).not.toBeNull();
	// On creation null is what the policy's duration makes of it.
	expect((await of({ clear: ['expiry'] })).expiry).not.toBeNull();
	const { id } = await of({});
	const update = { license: chosen(id), updateFields: { clear: ['expiry'] } };
	expect((await bench.get('license.update', update))[0].expiry).toBeNull();
});

test('metadata names that the service changes are told once', async () => {
	const { hints, outputs } = await bench.run(
		'license.update',
		{
			...byItem,
			updateFields: {
				metadata: {
					pairs: [
						{ name: 'order_id', value: '1' },
						{ name: 'orderNumber', value: '2' },
					],
				},
			},
		},
		{ items: itemsOf(licenses.slice(0, 2)) },
	);
	expect(outputs[0][0].json.metadata).toEqual({ orderId: '1', orderNumber: '2' });
	expect(hints).toHaveLength(1);
	expect(hints[0].message).toContain("'order_id' as 'orderId'");
	expect(hints[0].message).not.toContain('orderNumber');
});

test('a date without an offset is a date in the time zone of the workflow', async () => {
	const [license] = await bench.get('license.update', {
		license: chosen(licenses[0]),
		updateFields: { expiry: '2031-07-01T12:00:00' },
	});
	expect(license.expiry).toBe('2031-07-01T12:00:00.000Z');
});
