import type {
	EventQuery,
	FetchedPage,
	FetchPage,
} from '../../../nodes/KeeperAdminEvents/reading/event-query';
import { readPages, type PagerOptions } from '../../../nodes/KeeperAdminEvents/reading/pager';
import { EventLog } from '../../../sandbox/keeper-events/event-log.mts';
import {
	EventPages,
	Refusal,
	type Order,
	type PageFault,
} from '../../../sandbox/keeper-events/event-pages.mts';

type Event = Record<string, unknown>;

const DAY = Date.parse('2026-03-02T00:00:00Z');
const QUERY: EventQuery = { start: DAY - 10_000, end: DAY + 86_400_000, limit: 10 };

/** A service holding one event every so many milliseconds, and what it was asked. */
function serviceOf(count: number, order: Order, seed = 1) {
	const spacing = 700;
	const log = new EventLog();
	const events = Array.from(
		{ length: count },
		(_, n): Event => ({
			n,
			timestamp: new Date(DAY + n * spacing).toISOString(),
		}),
	);
	log.add(events.map((event, n) => ({ event, at: DAY + n * spacing, visibleAt: 0 })));
	const pages = new EventPages(log, { order }, seed);
	const asked: EventQuery[] = [];
	let fault: (request: number) => PageFault | undefined = () => undefined;
	const fetchPage: FetchPage = async (query) => {
		asked.push(query);
		const wanted = fault(asked.length);
		const struck = wanted && pages.applies(wanted, query) ? wanted : undefined;
		try {
			return { body: pages.page(query, asked.length * 1_000, struck) };
		} catch (error) {
			if (error instanceof Refusal) return { tokenExpired: true };
			throw error;
		}
	};
	return { events, asked, pages, fetchPage, strike: (plan: typeof fault) => (fault = plan) };
}

/** All events of the query, as a caller collects them. */
async function collect(fetchPage: FetchPage, options?: PagerOptions, limit = 10): Promise<Event[]> {
	const collected: Event[] = [];
	for await (const page of readPages({ ...QUERY, limit }, fetchPage, options)) {
		if (page.restart) collected.length = 0;
		collected.push(...page.events);
	}
	return collected;
}

const sorted = (events: Event[]) => [...events].sort((a, b) => Number(a.n) - Number(b.n));

/** A service that gives the answers one after the other, the last one for ever. */
function play(...answers: FetchedPage[]): { fetchPage: FetchPage; calls: () => number } {
	let calls = 0;
	const fetchPage: FetchPage = async () =>
		answers[Math.min(calls++, answers.length - 1)] as FetchedPage;
	return { fetchPage, calls: () => calls };
}

describe('reading pages', () => {
	it.each<Order>(['ascending', 'descending', 'random'])('brings all events, %s', async (order) => {
		const { fetchPage, events } = serviceOf(95, order);
		expect(sorted(await collect(fetchPage))).toEqual(events);
	});

	it('asks for later pages with the token and everything else repeated', async () => {
		const { fetchPage, asked } = serviceOf(25, 'ascending');
		await collect(fetchPage);
		expect(asked).toHaveLength(3);
		for (const query of asked) expect(query).toMatchObject(QUERY);
		expect(asked.map(({ token }) => token === undefined)).toEqual([true, false, false]);
	});

	it('does not ask beyond a last page that is exactly full', async () => {
		const { fetchPage, asked } = serviceOf(20, 'ascending');
		await collect(fetchPage);
		expect(asked).toHaveLength(2);
	});

	it('fetches no page that is not asked for', async () => {
		const { fetchPage, asked } = serviceOf(1_000, 'ascending');
		let got = 0;
		for await (const { events } of readPages(QUERY, fetchPage)) {
			got += events.length;
			if (got >= 20) break;
		}
		expect(asked).toHaveLength(2);
	});

	it('goes on over an empty page that promises more', async () => {
		const { fetchPage, events, strike } = serviceOf(40, 'ascending');
		strike((request) => (request === 2 || request === 3 ? 'empty-page' : undefined));
		expect(await collect(fetchPage)).toEqual(events);
	});

	it('ends at has_more false even with a token', async () => {
		const answer = { body: { events: [{ n: 1 }], has_more: false, continuation_token: 'x' } };
		const { fetchPage, calls } = play(answer);
		expect(await collect(fetchPage)).toEqual([{ n: 1 }]);
		expect(calls()).toBe(1);
	});

	it.each<[PageFault, Order]>([
		['expired-token', 'ascending'],
		['expired-token', 'descending'],
		['expired-token', 'random'],
		['repeated-token', 'ascending'],
		['repeated-token', 'descending'],
		['repeated-token', 'random'],
		['more-without-token', 'ascending'],
		['more-without-token', 'descending'],
		['more-without-token', 'random'],
	])('neither loses nor repeats an event over %s, %s', async (kind, order) => {
		const { fetchPage, events, strike } = serviceOf(200, order);
		strike((request) => (request === 7 ? kind : undefined));
		expect(sorted(await collect(fetchPage))).toEqual(events);
	});

	it.each<Order>(['ascending', 'descending'])(
		'goes on from the time reached when tokens keep expiring, %s',
		async (order) => {
			const { fetchPage, events, asked, strike } = serviceOf(300, order);
			strike((request) => (request % 5 === 0 ? 'expired-token' : undefined));
			expect(sorted(await collect(fetchPage))).toEqual(events);
			// Far from reading all anew after each of them.
			expect(asked.length).toBeLessThan(60);
		},
	);

	it('does not take a few events that happen to be sorted for a sorted list', async () => {
		for (let seed = 1; seed <= 40; seed++) {
			const { fetchPage, events, strike } = serviceOf(12, 'random', seed);
			strike((request) => (request === 2 ? 'expired-token' : undefined));
			expect(sorted(await collect(fetchPage, {}, 3))).toEqual(events);
		}
	});

	it('does not use a page that repeats its token, as it repeats its events', async () => {
		const { events } = serviceOf(100, 'ascending');
		const stuck: FetchPage = async ({ start, end, limit }) => {
			const found = events.filter(({ timestamp }) => {
				const time = Date.parse(String(timestamp));
				return time >= start && time <= end;
			});
			const more = found.length > limit;
			return {
				body: {
					events: found.slice(0, limit),
					has_more: more,
					continuation_token: more ? 'x' : null,
				},
			};
		};
		expect(await collect(stuck, {}, 20)).toEqual(events);
	});

	it('keeps identical twins apart over a broken chain', async () => {
		const { fetchPage, events, pages, strike } = serviceOf(60, 'ascending');
		const twins = [45, 46, 47].map((n) => events[n] as Event);
		pages.log.add(
			twins.map((event) => ({
				event: { ...event },
				at: Date.parse(String(event.timestamp)),
				visibleAt: 0,
			})),
		);
		strike((request) => (request === 6 ? 'expired-token' : undefined));
		expect(sorted(await collect(fetchPage))).toEqual(sorted([...events, ...twins]));
	});

	it('holds thousands of one timestamp apart over a broken chain', async () => {
		const { fetchPage, events, strike, pages } = serviceOf(40, 'ascending');
		const at = DAY + 40 * 700;
		const burst = Array.from(
			{ length: 3_000 },
			(_, n): Event => ({ n: 40 + n, timestamp: new Date(at).toISOString() }),
		);
		pages.log.add(burst.map((event) => ({ event, at, visibleAt: 0 })));
		strike((request) => (request === 100 || request === 250 ? 'expired-token' : undefined));
		expect(sorted(await collect(fetchPage))).toEqual([...events, ...burst]);
	});

	it('reads everything anew when told to assume nothing about the order', async () => {
		const { fetchPage, asked, strike } = serviceOf(200, 'ascending');
		strike((request) => (request === 15 ? 'expired-token' : undefined));
		const restarts: number[] = [];
		for await (const { restart } of readPages(QUERY, fetchPage, { afterBreak: 'read anew' })) {
			if (restart) restarts.push(asked.length);
		}
		expect(restarts).toEqual([15]);
		expect(asked[15]).toEqual({ ...QUERY, token: undefined });
	});
});

describe('a service whose pages never end', () => {
	const page = (n: number, rest: Record<string, unknown>) => ({
		body: { events: [{ n, timestamp: new Date(DAY + n).toISOString() }], has_more: true, ...rest },
	});

	it('is given up when it repeats its token for ever', async () => {
		const { fetchPage, calls } = play(page(1, { continuation_token: 'same' }));
		await expect(collect(fetchPage)).rejects.toMatchObject({ failure: { code: 'ENDLESS_PAGES' } });
		expect(calls()).toBeLessThan(20);
	});

	it('is given up when it promises more but never says where', async () => {
		const { fetchPage, calls } = play(page(1, { continuation_token: null }));
		await expect(collect(fetchPage)).rejects.toThrow(/no continuation token/);
		expect(calls()).toBeLessThan(20);
	});

	it('is given up when its tokens are refused each time', async () => {
		const answers = Array.from({ length: 50 }, (_, n) =>
			n % 2 ? { tokenExpired: true } : page(1, { continuation_token: `t${n}` }),
		);
		await expect(collect(play(...answers).fetchPage)).rejects.toThrow(/no longer accepts/);
	});

	it('is given up after many empty pages, each with a token of its own', async () => {
		let n = 0;
		const fetchPage: FetchPage = async () => ({
			body: { events: [], has_more: true, continuation_token: `t${++n}` },
		});
		await expect(collect(fetchPage, { maxEmptyPages: 20 })).rejects.toThrow(/empty pages/);
		expect(n).toBe(21);
	});

	it('is given up after the greatest number of pages', async () => {
		let n = 0;
		const fetchPage: FetchPage = async () => page(++n, { continuation_token: `t${n}` });
		await expect(collect(fetchPage, { maxPages: 30 })).rejects.toThrow(/30 pages/);
		expect(n).toBe(30);
	});

	it('is reported as it is when an answer is no page, or a request fails', async () => {
		await expect(collect(play({ body: '<html>' }).fetchPage)).rejects.toThrow(/instead of a page/);
		const failing: FetchPage = async () => Promise.reject(new Error('connection lost'));
		await expect(collect(failing)).rejects.toThrow('connection lost');
	});
});
