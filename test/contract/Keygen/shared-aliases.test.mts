import { randomUUID } from 'node:crypto';

import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
beforeAll(async () => {
	bench = await openWorkbench();
});

const exists = (type: string, id: string) => bench.sandbox.world.store.get(type, id) !== undefined;

describe('a fingerprint that two licenses have', () => {
	let first: string;
	let second: string;
	let licenses: string[];
	let name: string;
	const fingerprint = () => chosen(name, 'fingerprint');
	beforeEach(() => {
		name = `twin-${randomUUID()}`;
		licenses = [bench.one('licenses'), bench.one('licenses')];
		first = bench.one('machines', { fingerprint: name }, { license: licenses[0] });
		second = bench.one('machines', { fingerprint: name }, { license: licenses[1] });
	});

	test.each(['delete', 'ping', 'get', 'checkOut'])(
		'is refused by %s, which would hit the oldest machine',
		async (operation) => {
			const { error } = await bench.run(`machine.${operation}`, { machine: fingerprint() });
			expect(error?.message).toBe(`Machine '${name}' is the name of several records [item 0]`);
			expect(error?.description).toContain("'License of Machine'");
			expect([exists('machines', first), exists('machines', second)]).toEqual([true, true]);
		},
	);

	test('names one machine together with its license', async () => {
		await bench.get('machine.delete', {
			machine: fingerprint(),
			options: { machineLicense: chosen(licenses[1]) },
		});
		expect([exists('machines', first), exists('machines', second)]).toEqual([true, false]);
	});
});

describe('a version that two products have', () => {
	test('is refused, unless the product is named', async () => {
		const products = [bench.one('products'), bench.one('products')];
		const releases = products.map((product) =>
			bench.one('releases', { version: '9.9.9', status: 'PUBLISHED' }, { product }),
		);
		const release = chosen('9.9.9', 'version');
		for (const operation of ['yank', 'delete', 'publish', 'update']) {
			const { error } = await bench.run(`release.${operation}`, {
				release,
				updateFields: { name: 'x' },
			});
			expect(error?.message).toBe("Release '9.9.9' is the name of several records [item 0]");
		}
		const [yanked] = await bench.get('release.yank', {
			release,
			options: { releaseProduct: chosen(products[1]) },
		});
		expect(yanked).toMatchObject({ id: releases[1], status: 'YANKED' });
	});
});

test('an alias with a dot arrives, also below another record', async () => {
	const product = bench.one('products', { code: 'dot.app' });
	const entitlement = bench.one('entitlements', { code: 'export.pdf' });
	const policy = bench.one('policies', {}, { product });
	bench.one('policy-entitlements', {}, { policy, entitlement });
	expect(await bench.get('product.get', { product: chosen('dot.app', 'code') })).toMatchObject([
		{ id: product },
	]);
	expect(
		await bench.get('policy.getEntitlement', {
			policy: chosen(policy),
			entitlement: chosen('export.pdf', 'code'),
		}),
	).toMatchObject([{ id: entitlement }]);
	expect(bench.sandbox.requests.entries.some(({ url }) => url.includes('dot%2Eapp'))).toBe(true);
});
