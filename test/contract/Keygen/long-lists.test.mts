import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
beforeAll(async () => {
	bench = await openWorkbench();
});
beforeEach(() => bench.sent());

const one = (type: string, attributes = {}) => bench.sandbox.seed({ type, attributes })[0].id;
const many = (type: string, count: number) =>
	bench.sandbox.seed({ type, count }).map(({ id }) => id);

describe('a list that is emptied', () => {
	test('of platforms stays empty, by an expression or by clearing it', async () => {
		for (const updateFields of [{ platforms: '={{ [] }}' }, { clear: ['platforms'] }]) {
			const product = one('products', { platforms: ['macOS'] });
			const [{ platforms }] = await bench.get('product.update', {
				product: chosen(product),
				updateFields,
			});
			expect(platforms).toEqual([]);
		}
	});

	test('of permissions leaves none', async () => {
		const product = one('products');
		const [{ permissions }] = await bench.get('product.update', {
			product: chosen(product),
			updateFields: { clear: ['permissions'] },
		});
		expect(permissions).toEqual([]);
	});
});

describe('more records than the service attaches at once', () => {
	test('are attached and detached in parts', async () => {
		const license = chosen(one('licenses'));
		const users = many('users', 230);
		const attached = await bench.get('license.attachUsers', { license, users });
		expect(attached).toHaveLength(230);
		expect(bench.sent()).toHaveLength(3);
		expect(await bench.get('license.detachUsers', { license, users })).toEqual([
			{ success: true, id: license.value },
		]);
		expect(bench.sandbox.world.store.children('license-users', 'license', license.value)).toEqual(
			[],
		);
	});

	test('are told apart where a later part fails', async () => {
		const license = chosen(one('licenses'));
		const [stranger] = many('groups', 1);
		const users = [...many('users', 150), stranger];
		const { outputs } = await bench.run(
			'license.attachUsers',
			{ license, users },
			{ settings: { onError: 'continueRegularOutput' } },
		);
		expect(outputs[0][0].json).toMatchObject({ outcome: 'partial', done: 100 });
		expect(outputs[0][0].json.description).toContain('The first 100 records were done before');
		expect(
			bench.sandbox.world.store.children('license-users', 'license', license.value),
		).toHaveLength(100);
	});
});
