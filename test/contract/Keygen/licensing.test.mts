import { chosen, openWorkbench, type Output, type Workbench } from './workbench.mts';

let bench: Workbench;
let product: string;
let policy: string;

beforeAll(async () => {
	bench = await openWorkbench();
	[{ id: product }] = await bench.get('product.create', { name: 'App' });
	[{ id: policy }] = await bench.get('policy.create', {
		product: chosen(product),
		name: 'Yearly',
		additionalFields: { duration: 31536000, maxMachines: 1 },
	});
});

test('a license goes through its life', async () => {
	const [user] = await bench.get('user.create', { email: 'jane@example.com' });
	const [license] = await bench.get<Output & { key: string }>('license.create', {
		policy: chosen(policy),
		additionalFields: {
			name: 'Jane',
			owner: chosen('jane@example.com', 'email'),
			metadata: { pairs: [{ name: 'orderId', value: '7' }] },
		},
	});
	expect(license).toMatchObject({
		name: 'Jane',
		ownerId: user.id,
		policyId: policy,
		metadata: { orderId: '7' },
		status: 'ACTIVE',
	});
	const [machine] = await bench.get('machine.create', {
		license: chosen(license.key, 'key'),
		fingerprint: 'aa:bb',
	});
	expect(machine).toMatchObject({ fingerprint: 'aa:bb', licenseId: license.id });
	const [validation] = await bench.get('license.validateKey', {
		licenseKey: license.key,
		additionalFields: { scopeFingerprint: 'aa:bb' },
	});
	expect(Object.keys(validation).slice(0, 2)).toEqual(['valid', 'code']);
	expect(validation).toMatchObject({ valid: true, code: 'VALID', id: license.id });
	const id = { license: chosen(license.id) };
	expect(await bench.get('license.suspend', id)).toMatchObject([{ suspended: true }]);
	expect(await bench.get('license.validate', id)).toMatchObject([
		{ valid: false, code: 'SUSPENDED' },
	]);
	expect(await bench.get('license.reinstate', id)).toMatchObject([{ suspended: false }]);
	expect(
		await bench.get('license.update', { ...id, updateFields: { clear: ['expiry'] } }),
	).toMatchObject([{ expiry: null }]);
	expect(await bench.get('license.delete', { license: chosen(license.key, 'key') })).toEqual([
		{ deleted: true, id: license.id },
	]);
	expect(await bench.get('license.validateKey', { licenseKey: license.key })).toMatchObject([
		{ valid: false, code: 'NOT_FOUND', id: null },
	]);
});
