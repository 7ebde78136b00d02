import { openWorkbench, type Workbench } from './workbench.mts';

const DAY = 86_400_000;
let bench: Workbench;
/** One log a day, named after it, over a hundred days up to today. */
beforeAll(async () => {
	bench = await openWorkbench();
	const { store } = bench.sandbox.world;
	for (let ago = 99; ago >= 0; ago -= 1) {
		const created = Math.floor(Date.now() / DAY) * DAY - ago * DAY + 1000;
		store.add(
			{
				type: 'event-logs',
				facts: { event: day(ago), metadata: {}, whodunnitType: 'users', resourceType: 'licenses' },
				links: { whodunnit: `who-${ago}`, resource: `license-${ago}` },
			},
			created,
		);
	}
});
beforeEach(() => bench.sent());

const day = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);
const daysFrom = (ago: number, until = 0) =>
	Array.from({ length: ago - until + 1 }, (_, index) => day(until + index));

async function eventsOf(filters: Record<string, string>, options = {}, limit?: number) {
	const records = await bench.get('eventLog.getAll', {
		filters,
		options,
		...(limit === undefined ? { returnAll: true } : { returnAll: false, limit }),
	});
	return records.map(({ event }) => event);
}

describe('logs of certain days', () => {
	test('reach from the first one until today, where no last one is given', async () => {
		expect(await eventsOf({ dateStart: day(4) })).toEqual(daysFrom(4));
	});

	test.each([{}, { order: 'asc' }])('can be those of a single day (%j)', async (options) => {
		expect(await eventsOf({ dateStart: day(7), dateEnd: day(7) }, options)).toEqual([day(7)]);
	});

	test.each([
		[31, 1],
		[32, 2],
		[63, 2],
		[64, 3],
	])('come complete and each once where they are %i days apart', async (apart, requests) => {
		expect(await eventsOf({ dateStart: day(apart + 5), dateEnd: day(5) })).toEqual(
			daysFrom(apart + 5, 5),
		);
		expect(bench.sent()).toHaveLength(requests);
	});

	test('come oldest first where that is asked for', async () => {
		expect(await eventsOf({ dateStart: day(70) }, { order: 'asc' })).toEqual(
			daysFrom(70).reverse(),
		);
	});

	test('are no more than the limit', async () => {
		expect(await eventsOf({ dateStart: day(70) }, {}, 3)).toEqual([day(0), day(1), day(2)]);
		expect(bench.sent()).toHaveLength(1);
	});

	test.each<[Record<string, string>, string]>([
		[{ dateEnd: '2026-01-01' }, "'To' needs 'From' beside it"],
		[{ dateStart: '2026-01-02', dateEnd: '2026-01-01' }, "'From' is after 'To'"],
	])('are refused by name where they make no range: %j', async (filters, message) => {
		const { error } = await bench.run('eventLog.getAll', { filters });
		expect(error?.message).toContain(message);
		expect(bench.sent()).toEqual([]);
	});
});

describe('records of any type', () => {
	test('come with their type', async () => {
		const [log] = await bench.get('eventLog.getAll', { returnAll: false, limit: 1 });
		expect(log).toMatchObject({
			whodunnitId: expect.any(String),
			whodunnitType: 'users',
			resourceId: expect.any(String),
			resourceType: 'licenses',
		});
		await bench.get('account.get');
		const [request] = await bench.get('requestLog.getAll', { returnAll: false, limit: 1 });
		expect(request).toMatchObject({ requestorType: 'users', resourceId: null, resourceType: null });
	});

	test('are filtered for by ID, or by ID and type', async () => {
		expect(await eventsOf({ resource: 'license-31' })).toEqual([day(31)]);
		expect(await eventsOf({ resource: 'license-31', resourceType: 'license' })).toEqual([day(31)]);
		expect(await eventsOf({ resource: 'license-31', resourceType: 'machine' })).toEqual([]);
		expect(await eventsOf({ whodunnit: 'who-5', whodunnitType: 'user' })).toEqual([day(5)]);
	});

	test('are not filtered for by a type alone, which finds nothing', async () => {
		const filters = { resourceType: 'license' };
		const { error } = await bench.run('eventLog.getAll', { filters });
		expect(error?.message).toContain("'Record Type' needs 'Record ID' beside it");
	});
});
