import { readEnvelope } from '../../../nodes/KeeperAdminEvents/formats/envelope/envelope';
import { getMany, records } from './get-many.mts';
import {
	happened,
	inOrder,
	numbered,
	sandboxForTests,
	startRecording,
	type Event,
} from './service.mts';

const DAY = 86_400_000;
const sandbox = sandboxForTests({ history: { count: 1200, days: 0.9 } });

const read = async (parameters = {}) =>
	records(await getMany({ baseUrl: sandbox().url, parameters }));

it('reads all events of the time range, each once', async () => {
	const events = await read({ options: { pageSize: 100 } });
	expect(inOrder(events)).toEqual(inOrder(happened(sandbox())));
	expect(sandbox().asked).toHaveLength(12);
});

it.each(['ascending', 'descending', 'random'] as const)(
	'reads pages in %s order',
	async (order) => {
		sandbox().service.pages.rules.order = order;
		const events = await read({ options: { pageSize: 100 } });
		expect(inOrder(events)).toEqual(inOrder(happened(sandbox())));
	},
);

it.each(['events', 'data', 'audit_events', 'some_new_name'])(
	'finds the events under the key %s',
	async (arrayKey) => {
		sandbox().service.rules.arrayKey = arrayKey;
		expect(await read()).toHaveLength(1200);
	},
);

describe('with a limit', () => {
	it.each([
		[50, 1],
		[100, 1],
		[101, 2],
		[250, 3],
	])('of %i asks for no page more than the %i needed', async (limit, pages) => {
		const parameters = { returnAll: false, limit, options: { pageSize: 100 } };
		expect(await read(parameters)).toHaveLength(limit);
		expect(sandbox().asked).toHaveLength(pages);
	});

	it('counts the events that pass the filter', async () => {
		const matching = happened(sandbox()).filter((event) => event.audit_event === 'open_record');
		const parameters = { returnAll: false, limit: 5, filters: { events: ['open_record'] } };
		expect(await read(parameters)).toEqual(matching.slice(0, 5));
	});

	it('asks for a page of just that size where nothing is filtered', async () => {
		await read({ returnAll: false, limit: 333 });
		expect(sandbox().asked.map(({ limit }) => limit)).toEqual([333]);
	});
});

describe('Page Size', () => {
	it('is 1000 unless set', async () => {
		await read();
		expect(sandbox().asked.map(({ limit }) => limit)).toEqual([1000, 1000]);
	});

	it('falls back to 100 for the whole run when Keeper refuses more', async () => {
		sandbox().service.pages.rules.maxLimit = 100;
		expect(await read()).toHaveLength(1200);
		expect(sandbox().asked.map(({ limit }) => limit)).toEqual([1000, ...Array(12).fill(100)]);
	});
});

describe('Time Range', () => {
	it.each([
		['last15Minutes', 900_000],
		['lastHour', 3_600_000],
		['last24Hours', DAY],
		['last7Days', 7 * DAY],
		['last30Days', 30 * DAY],
		['last90Days', 90 * DAY],
	])('%s reaches from that long ago until now', async (timeRange, length) => {
		const before = Date.now();
		await read({ timeRange });
		const [{ start, end }] = sandbox().asked;
		expect(start).toBeLessThanOrEqual(before - length);
		expect(start).toBeGreaterThan(before - length - 5_000);
		expect(end).toBeGreaterThanOrEqual(before);
		expect(end).toBeLessThan(before + 60_000);
	});

	it.each(['[]', '[)', '(]', '()'] as const)(
		'includes both its ends however the service takes its bounds: %s',
		async (bounds) => {
			const { service } = sandbox();
			service.pages.rules.bounds = bounds;
			const times = [-1, 0, 500, 1000, 1001].map(
				(offset) => Date.parse('2026-03-01T08:00:00Z') + offset,
			);
			for (const [number, time] of times.entries())
				service.append({ event: numbered(number, time) });
			const events = await read({
				timeRange: 'custom',
				start: '2026-03-01T08:00:00Z',
				end: '2026-03-01T09:00:01+01:00',
			});
			expect(events.map(({ record_uid: uid }) => uid)).toEqual([
				'record-1',
				'record-2',
				'record-3',
			]);
		},
	);

	it('reaches until now where it has no end', async () => {
		const start = new Date(Date.now() - DAY / 2).toISOString();
		const events = await read({ timeRange: 'custom', start, end: '' });
		const expected = happened(sandbox()).filter(({ timestamp }) => String(timestamp) >= start);
		expect(inOrder(events)).toEqual(inOrder(expected));
	});

	it('is read for each item', async () => {
		const { service } = sandbox();
		const days = ['2026-03-01', '2026-03-02', '2026-03-03'];
		for (const [number, day] of days.entries()) {
			service.append({ event: numbered(number, Date.parse(`${day}T12:00:00Z`)) });
		}
		const result = await getMany({
			baseUrl: sandbox().url,
			items: days.map((day) => ({ json: { day } })),
			parameters: { timeRange: 'custom', start: '={{ $json.day }}', end: '={{ $json.day }}' },
		});
		expect(result.outputs[0].map(({ json, pairedItem }) => [json.record_uid, pairedItem])).toEqual([
			['record-0', { item: 0 }],
			['record-1', { item: 1 }],
			['record-2', { item: 2 }],
		]);
	});
});

describe('Filters', () => {
	// Each filter beside the same thing said in plain code.
	const cases: Array<[string, object, (event: Event) => boolean]> = [
		[
			'Events',
			{ events: ['login', 'record_add'] },
			({ audit_event: code }) => code === 'login' || code === 'record_add',
		],
		[
			'Event Patterns',
			{ eventPatterns: 'record_*, LOGIN' },
			({ audit_event: code }) => /^(record_.*|login)$/.test(String(code)),
		],
		[
			'Events and Event Patterns together',
			{ events: ['login'], eventPatterns: 'record_*' },
			({ audit_event: code }) => /^(record_.*|login)$/.test(String(code)),
		],
		['Categories', { categories: ['share'] }, (event) => readEnvelope(event).category === 'share'],
	];

	it.each(cases)('%s', async (_, filters, passes) => {
		const expected = happened(sandbox()).filter(passes);
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(1200);
		expect(inOrder(await read({ filters }))).toEqual(inOrder(expected));
	});

	it('Users', async () => {
		const user = String(
			happened(sandbox()).find(({ username }) => String(username).includes('@'))?.username,
		);
		const expected = happened(sandbox()).filter(({ username }) => username === user);
		expect(inOrder(await read({ filters: { users: user.toUpperCase() } }))).toEqual(
			inOrder(expected),
		);
	});

	it('Addresses', async () => {
		const { service } = sandbox();
		const at = Date.now() - 60_000;
		service.append({ event: numbered(1, at, { remote_address: '100.64.9.1' }) });
		service.append({ event: numbered(2, at, { remote_address: '100.64.9.255' }) });
		service.append({ event: numbered(3, at, { remote_address: '3fff:77::1' }) });
		const uids = async (addresses: string) =>
			(await read({ filters: { addresses } })).map(({ record_uid: uid }) => uid);
		expect(await uids('100.64.9.0/25')).toEqual(['record-1']);
		expect((await uids('100.64.9.0/24, 3fff:77::/32')).sort()).toEqual([
			'record-1',
			'record-2',
			'record-3',
		]);
	});

	it('are off where their fields are empty', async () => {
		const filters = { events: [], eventPatterns: '', users: ' ', addresses: '', categories: [] };
		expect(await read({ filters })).toHaveLength(1200);
	});
});

it('reads each item where its own credential leads', async () => {
	const other = await startRecording({ history: { count: 7, days: 0.9 } });
	try {
		const events = records(
			await getMany({
				baseUrl: sandbox().url,
				items: [{ json: {} }, { json: {} }],
				parameters: { returnAll: false, limit: 3 },
				credentialOf: (itemIndex) => ({
					baseUrl: itemIndex === 1 ? other.url : sandbox().url,
				}),
			}),
		);
		expect(events).toHaveLength(6);
		expect(events.slice(3)).toEqual(happened(other).slice(0, 3));
		expect([sandbox().asked.length, other.asked.length]).toEqual([1, 1]);
	} finally {
		await other.close();
	}
});
