import { startGoBetween, type GoBetween } from './go-between.mts';
import { openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
let between: GoBetween;
let ids: string[];
beforeEach(async () => {
	bench = await openWorkbench();
	between = await startGoBetween(bench.sandbox.url);
	// Newest first, as the service lists them.
	ids = bench.sandbox
		.seed({ type: 'entitlements', count: 250 })
		.map(({ id }) => id)
		.reverse();
});
afterEach(() => between.close());

/** Somebody deletes records as soon as the first page is on its way. */
function vanish(gone: string[]): void {
	const { store } = bench.sandbox.world;
	between.change('page%5Bcursor%5D=&', (answer) => {
		for (const id of gone) {
			const item = store.get('entitlements', id);
			if (item) store.remove(item);
		}
		return answer;
	});
}

const listed = async () =>
	await bench.run(
		'entitlement.getAll',
		{ returnAll: true },
		{ credential: { baseUrl: between.url } },
	);

test.each([
	['the last record', [99]],
	['the last two records', [98, 99]],
	['the last quarter', Array.from({ length: 25 }, (_, index) => 75 + index)],
])('a list goes on where %s of a page is deleted while it is read', async (_, gone) => {
	vanish(gone.map((place) => ids[place]));
	const { outputs, error } = await listed();
	expect(error).toBeUndefined();
	expect(outputs[0].map(({ json }) => json.id)).toEqual(ids);
});

test('a list that cannot be read on fails, rather than to end early', async () => {
	vanish(ids.slice(0, 100));
	const { error } = await listed();
	expect(error?.message).toBe('The list changed while it was read, and cannot be read on [item 0]');
});

test('a list whose rest is deleted while it is read ends with what is left', async () => {
	vanish(ids.slice(100));
	const { outputs, error } = await listed();
	expect(error).toBeUndefined();
	expect(outputs[0].map(({ json }) => json.id)).toEqual(ids.slice(0, 100));
});
