import fc from 'fast-check';

import type { AuditEvent } from '../../../nodes/KeeperAdminEvents/event/audit-event';
import type { EventQuery, FetchPage } from '../../../nodes/KeeperAdminEvents/reading/event-query';
import { readEvents } from '../../../nodes/KeeperAdminEvents/reading/parallel-reading';
import { EventLog } from '../../../sandbox/keeper-events/event-log.mts';
import {
	EventPages,
	Refusal,
	type Order,
	type PageFault,
	type PageRules,
} from '../../../sandbox/keeper-events/event-pages.mts';

const DAY = Date.parse('2026-03-02T00:00:00Z');
const PAGE = 5;
const QUERY: EventQuery = { start: DAY - 1_000, end: DAY + 86_401_000, limit: PAGE };

interface Happening {
	at: number;
	event: AuditEvent;
}

/** A service that holds events, and what goes on there. */
function serviceOf(happenings: Happening[], rules: Partial<PageRules> = {}) {
	const log = new EventLog();
	log.add(happenings.map((one) => ({ ...one, visibleAt: 0 })));
	const pages = new EventPages(log, rules);
	const asked: EventQuery[] = [];
	let underWay = 0;
	let atOnce = 0;
	let fault: (request: number) => PageFault | undefined = () => undefined;
	const fetchPage: FetchPage = async (query) => {
		asked.push(query);
		const wanted = fault(asked.length);
		const struck = wanted && pages.applies(wanted, query) ? wanted : undefined;
		atOnce = Math.max(atOnce, ++underWay);
		await new Promise((resolve) => setImmediate(resolve));
		underWay--;
		try {
			// Through JSON, as over the wire: what is read is nobody else's.
			return JSON.parse(JSON.stringify({ body: pages.page(query, 1_000, struck) })) as object;
		} catch (error) {
			if (error instanceof Refusal) return { tokenExpired: true };
			throw error;
		}
	};
	return {
		asked,
		atOnce: () => atOnce,
		fetchPage,
		strike: (plan: typeof fault) => (fault = plan),
	};
}

/** So many events, one every so many milliseconds. */
const regular = (count: number, spacing: number): Happening[] =>
	Array.from({ length: count }, (_, n) => ({
		at: DAY + n * spacing,
		event: { n, timestamp: new Date(DAY + n * spacing).toISOString() },
	}));

const read = async (
	fetchPage: FetchPage,
	atATime = 4,
	wanted: (event: AuditEvent) => boolean = () => true,
) => (await readEvents({ query: QUERY, fetchPage, wanted, atATime })).flat();

const texts = (events: AuditEvent[]) => events.map((event) => JSON.stringify(event));

it.each<Order>(['ascending', 'descending'])('keeps the order of the service: %s', async (order) => {
	const happenings = regular(600, 90_000);
	const service = serviceOf(happenings, { order });
	const events = happenings.map(({ event }) => event);
	expect(texts(await read(service.fetchPage))).toEqual(
		texts(order === 'ascending' ? events : [...events].reverse()),
	);
	expect(service.atOnce()).toBe(4);
});

it('asks for hardly more pages than there are', async () => {
	const service = serviceOf(regular(1_000, 80_000));
	await read(service.fetchPage);
	// 200 pages; each of the 23 stretches of 8 pages ends with a page that is not full.
	expect(service.asked.length).toBeLessThanOrEqual(200 + 25);
});

it.each([
	['it is to go page after page', 1, regular(600, 90_000), {}],
	['the events do not come sorted', 4, regular(600, 90_000), { order: 'random' as const }],
	[
		'an event of the first pages has no time',
		4,
		[...regular(600, 90_000), { at: DAY + 1, event: { n: 'undated' } }],
		{},
	],
	['the list is short', 4, regular(15 * PAGE, 90_000), {}],
])('goes page after page where %s', async (_, atATime, happenings, rules) => {
	const service = serviceOf(happenings, rules);
	const events = await read(service.fetchPage, atATime);
	expect(texts(events).sort()).toEqual(texts(happenings.map(({ event }) => event)).sort());
	expect(service.atOnce()).toBe(1);
	expect(service.asked).toHaveLength(Math.ceil(happenings.length / PAGE));
});

it.each<[string, AuditEvent]>([
	['has no time', { n: 'undated' }],
	['shows a time at which it is not found', { n: 'moved', timestamp: '2026-03-02T00:00:01Z' }],
])('reads all anew, page after page, where a later event %s', async (_, event) => {
	const happenings = [...regular(600, 90_000), { at: DAY + 500 * 90_000 + 7, event }];
	const service = serviceOf(happenings);
	const events = await read(service.fetchPage);
	expect(texts(events).sort()).toEqual(texts(happenings.map((one) => one.event)).sort());
});

it('keeps of the events those that are wanted', async () => {
	const service = serviceOf(regular(600, 90_000));
	const events = await read(service.fetchPage, 4, ({ n }) => Number(n) % 3 === 0);
	expect(events.map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, index) => index * 3));
});

it('hands on what goes wrong, and asks no more', async () => {
	const service = serviceOf(regular(600, 90_000));
	let asked = 0;
	const failing: FetchPage = async (query) => {
		if (++asked > 30) throw new Error('down');
		return await service.fetchPage(query);
	};
	await expect(read(failing)).rejects.toThrow('down');
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(asked).toBeLessThanOrEqual(30 + 4);
});

it('brings every event once, whatever is at the edges and whatever breaks', async () => {
	// Many at one instant, twins, and instants a second apart or less, around every cut.
	const times = fc.array(fc.tuple(fc.nat(4_000), fc.integer({ min: 1, max: 4 })), {
		minLength: 90,
		maxLength: 160,
	});
	const faults = fc.array(
		fc.tuple(
			fc.integer({ min: 1, max: 60 }),
			fc.constantFrom<PageFault>(
				'expired-token',
				'repeated-token',
				'more-without-token',
				'empty-page',
			),
		),
		{ maxLength: 3 },
	);
	await fc.assert(
		fc.asyncProperty(
			times,
			fc.constantFrom<Order>('ascending', 'descending'),
			fc.constantFrom<PageRules['bounds']>('[]', '[)', '(]', '()'),
			faults,
			fc.integer({ min: 2, max: 6 }),
			async (drawn, order, bounds, plan, atATime) => {
				const happenings = drawn.flatMap(([step, twins]) => {
					const at = DAY + step * 250;
					const event = { step, timestamp: new Date(at).toISOString() };
					return Array.from({ length: twins }, () => ({ at, event: { ...event } }));
				});
				const service = serviceOf(happenings, { order, bounds });
				const struck = new Map(plan);
				service.strike((request) => struck.get(request));
				const events = await read(service.fetchPage, atATime);
				expect(texts(events).sort()).toEqual(texts(happenings.map(({ event }) => event)).sort());
			},
		),
		{ numRuns: 150 },
	);
});
