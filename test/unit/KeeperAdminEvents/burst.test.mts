// A burst that takes more pages than a poll may read.
import type { Order } from '../../../sandbox/keeper-events/event-pages.mts';
import { Simulation } from './simulation.mts';

const START = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

interface Setup {
	order: Order;
	burst: number;
	/** Events a page, and pages a poll. */
	limit: number;
	pagesPerPoll: number;
	/** Milliseconds over which the burst happens. */
	over?: number;
}

/**
 * A burst, and an event in each minute after it, polled every minute.
 *
 * @returns after how many polls the burst was out, and how many polls late each later event came
 */
async function play({ order, burst, limit, pagesPerPoll, over = 0 }: Setup) {
	const trigger = new Simulation(START, {
		rules: { order },
		limit,
		latency: 10,
		options: { pagesPerPoll },
	});
	const happen = (name: string, at: number) =>
		trigger.happen({
			at,
			visibleAt: at,
			event: { name, timestamp: new Date(at).toISOString() },
		});
	await trigger.poll();
	trigger.now += MINUTE;
	for (let n = 0; n < burst; n += 1)
		happen(`burst ${n}`, trigger.now - 10_000 + Math.floor((n * over) / burst));
	const before = trigger.requests;
	const happenedIn = new Map<string, number>();
	const delays: number[] = [];
	let burstOut = 0;
	let silent = 0;
	let longestSilence = 0;
	for (let poll = 1; poll <= 40; poll += 1) {
		const known = trigger.emitted.length;
		await trigger.poll();
		const fresh = trigger.emitted.slice(known).map(({ name }) => String(name));
		silent = fresh.length > 0 ? 0 : silent + 1;
		longestSilence = Math.max(longestSilence, silent);
		for (const name of fresh) {
			const since = happenedIn.get(name);
			if (since !== undefined) delays.push(poll - since);
			else burstOut = poll;
		}
		trigger.now = START + (poll + 2) * MINUTE;
		happen(`later ${poll}`, trigger.now - 5_000);
		happenedIn.set(`later ${poll}`, poll + 1);
	}
	const names = trigger.emitted.map(({ name }) => name);
	return {
		burstOut,
		longestSilence,
		latest: Math.max(...delays),
		repeated: names.length - new Set(names).size,
		missing: burst + 39 - names.length,
		requests: trigger.requests - before,
	};
}

describe.each<[string, number]>([
	['at one instant', 0],
	['within nine seconds', 9_000],
])('a burst of 50 pages %s, 20 pages a poll', (_, over) => {
	// Its pages alone take three polls, so a later event may wait for five. Without an order the second
	// that is too full is searched by halves, with new events from each poll.
	it.each<[Order, number]>([
		['ascending', 5],
		['descending', 5],
		['random', 12],
	])('is out soon and holds up nothing: events come %s', async (order, mostPolls) => {
		const setup = { order, burst: 5_000, limit: 100, pagesPerPoll: 20, over };
		const { burstOut, longestSilence, latest, repeated, missing } = await play(setup);
		expect(burstOut).toBeLessThanOrEqual(mostPolls);
		expect(longestSilence).toBeLessThanOrEqual(1);
		expect(latest).toBeLessThanOrEqual(5);
		expect([repeated, missing]).toEqual([0, 0]);
	});
});
