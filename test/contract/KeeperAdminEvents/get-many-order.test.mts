import { getMany, records } from './get-many.mts';
import { happened, inOrder, numbered, sandboxForTests } from './service.mts';

const HOUR = 3_600_000;
const sandbox = sandboxForTests();
const read = async (parameters = {}) =>
	records(
		await getMany({ baseUrl: sandbox().url, parameters: { order: 'newest', ...parameters } }),
	);
const numbers = (events: Array<Record<string, unknown>>) =>
	events.map(({ record_uid: uid }) => Number(String(uid).slice('record-'.length)));

/** Events so many minutes ago each, numbered by how old they are. */
function happen(minutes: number[], change = {}): void {
	const now = Date.now();
	for (const ago of minutes) {
		sandbox().service.append({ event: numbered(ago, now - ago * 60_000, change) });
	}
}

describe('Newest First', () => {
	it('puts all events in the reverse order of their time', async () => {
		happen([300, 5, 90, 1, 30, 600]);
		expect(numbers(await read())).toEqual([1, 5, 30, 90, 300, 600]);
	});

	it('with a limit keeps the latest, wherever in the range they are', async () => {
		happen([1400, 1300, 1200, 1100, 1000]);
		expect(numbers(await read({ returnAll: false, limit: 2 }))).toEqual([1000, 1100]);
		happen([2, 3]);
		expect(numbers(await read({ returnAll: false, limit: 3 }))).toEqual([2, 3, 1000]);
		expect(numbers(await read({ returnAll: false, limit: 50 }))).toHaveLength(7);
	});

	it('asks for no more than the latest stretch where that has enough', async () => {
		happen(Array.from({ length: 20 }, (_, n) => n / 10));
		happen(Array.from({ length: 500 }, (_, n) => 100 + n));
		await read({ returnAll: false, limit: 10 });
		const spans = sandbox().asked.map(({ start, end }) => end - start);
		expect(Math.max(...spans)).toBeLessThan(HOUR);
		expect(sandbox().asked).toHaveLength(1);
	});

	it('counts no event twice at the borders of what it asks for, nor one without a time', async () => {
		const now = Date.now();
		// Half a second apart, around where the first look ends.
		for (let n = 0; n < 40; n++) {
			const at = now - 15 * 60_000 + n * 500 - 10_000;
			sandbox().service.append({ event: numbered(n, at) });
		}
		sandbox().service.append({
			event: numbered(99, 0, { timestamp: 'soon' }),
			at: now - 15 * 60_000,
		});
		const events = await read({ timeRange: 'lastHour' });
		expect(inOrder(events)).toEqual(inOrder(happened(sandbox())));
		const limited = await read({ timeRange: 'lastHour', returnAll: false, limit: 45 });
		expect(inOrder(limited)).toEqual(inOrder(happened(sandbox())));
	});

	it('is filtered like any other order', async () => {
		happen([10, 20, 30], { audit_event: 'login' });
		happen([1, 2, 3]);
		expect(
			numbers(await read({ returnAll: false, limit: 2, filters: { events: ['login'] } })),
		).toEqual([10, 20]);
	});
});

it("Keeper's order with a limit keeps the first events of the range", async () => {
	happen([300, 5, 90]);
	expect(numbers(await read({ order: 'service', returnAll: false, limit: 2 }))).toEqual([300, 90]);
});

describe('a filter that names no known event', () => {
	const hints = async (filters: Record<string, string>) =>
		(await getMany({ baseUrl: sandbox().url, parameters: { filters } })).hints;

	it.each(['logn*', 'open_recrod', 'login, *_of_the_rings'])(
		'says so: %s',
		async (eventPatterns) => {
			const [hint, ...others] = await hints({ eventPatterns });
			expect(others).toEqual([]);
			expect(hint).toMatchObject({ type: 'warning', location: 'outputPane' });
			expect(hint.message).toContain(`'${eventPatterns.split(' ').at(-1)}'`);
			expect(hint.message).not.toContain("'login'");
		},
	);

	it.each(['login*', 'OPEN_RECORD', '*', ''])('is none of %p', async (eventPatterns) => {
		expect(await hints({ eventPatterns })).toEqual([]);
	});
});
