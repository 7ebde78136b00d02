import { Poll } from '../../../nodes/KeeperAdminEvents/cursor/poll-cursor';
import { readCursorState } from '../../../nodes/KeeperAdminEvents/cursor/cursor-state';
import { runPoll } from '../../../nodes/KeeperAdminEvents/poll/run-poll';
import { compileFilter } from '../../../nodes/KeeperAdminEvents/event/event-filter';
import { Simulation, type SimulationSetup } from './simulation.mts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-02T09:00:00Z');

const event = (n: number, at: number, rest: Record<string, unknown> = {}) => ({
	n,
	timestamp: new Date(at).toISOString(),
	...rest,
});
const happened = (n: number, at: number, visibleAt = at, rest: Record<string, unknown> = {}) => ({
	event: event(n, at, rest),
	at,
	visibleAt,
});
const numbers = ({ emitted }: Simulation) => emitted.map(({ n }) => n);

/** A trigger that was activated at START. */
async function activated(setup: SimulationSetup = {}): Promise<Simulation> {
	const simulation = new Simulation(START, setup);
	await simulation.poll();
	return simulation;
}

async function pollAt(simulation: Simulation, time: number): Promise<void> {
	simulation.now = time;
	await simulation.poll();
}

describe('the first activation', () => {
	const past = [-40 * DAY, -2 * DAY, -3 * HOUR, -50 * MINUTE, -MINUTE].map((age, n) =>
		happened(n, START + age),
	);

	it('emits nothing of the past, but everything from now on', async () => {
		const simulation = new Simulation(START);
		simulation.happen(...past);
		await simulation.poll();
		expect(simulation.emitted).toEqual([]);
		simulation.happen(happened(10, START + MINUTE));
		await pollAt(simulation, START + 5 * MINUTE);
		expect(numbers(simulation)).toEqual([10]);
	});

	it('counts an event of just before, that shows up later, to what is new', async () => {
		const simulation = new Simulation(START);
		simulation.happen(...past, happened(10, START - 8 * MINUTE, START + MINUTE));
		await simulation.poll();
		await pollAt(simulation, START + 5 * MINUTE);
		expect(numbers(simulation)).toEqual([10]);
	});

	it.each([
		[30 * MINUTE, [4]],
		[HOUR, [3, 4]],
		[4 * HOUR, [2, 3, 4]],
		[3 * DAY, [1, 2, 3, 4]],
		[90 * DAY, [0, 1, 2, 3, 4]],
	])('emits the past of a chosen look-back of %d ms, and no more', async (lookback, expected) => {
		const simulation = new Simulation(START, { options: { lookback }, latency: 0 });
		simulation.happen(...past);
		for (let n = 0; n < 5; n++) await pollAt(simulation, START + n * 5 * MINUTE);
		expect(numbers(simulation)).toEqual(expected);
	});

	it('sees all that is there, however many pages that takes', async () => {
		const simulation = new Simulation(START, { limit: 10, options: { pagesPerPoll: 3 } });
		simulation.happen(
			...Array.from({ length: 500 }, (_, n) => happened(n, START - 1 - n * SECOND)),
		);
		await simulation.poll();
		await pollAt(simulation, START + 5 * MINUTE);
		await pollAt(simulation, START + 10 * MINUTE);
		expect(simulation.emitted).toEqual([]);
	});

	it('stores nothing when it fails, and so starts again', async () => {
		const simulation = new Simulation(START);
		simulation.happen(...past);
		simulation.fault = () => 'error';
		expect((await simulation.poll()).error).toBeInstanceOf(Error);
		simulation.fault = () => undefined;
		await pollAt(simulation, START + 5 * MINUTE);
		simulation.happen(happened(10, START + 6 * MINUTE));
		await pollAt(simulation, START + 10 * MINUTE);
		expect(numbers(simulation)).toEqual([10]);
	});
});

describe('an event that shows up late', () => {
	it.each([
		['with a host in time', 0],
		['with a host half an hour ahead', 30 * MINUTE],
		['with a host half an hour behind', -30 * MINUTE],
		['with a host three hours behind', -3 * HOUR],
	])('is emitted once, up to ten minutes late, %s', async (_, hostAhead) => {
		for (const tellsTime of [true, false]) {
			const simulation = await activated({ hostAhead, tellsTime });
			for (let n = 0; n < 60; n++) {
				const at = START + n * MINUTE;
				simulation.happen(happened(n, at, at + (n % 3) * 5 * MINUTE));
			}
			for (let now = START; now < START + 5 * HOUR; now += 3 * MINUTE)
				await pollAt(simulation, now);
			expect([...numbers(simulation)].sort((a, b) => Number(a) - Number(b))).toEqual([
				...Array(60).keys(),
			]);
		}
	});

	it('is emitted although a whole quiet weekend lies between the polls that frame it', async () => {
		const simulation = await activated({ tellsTime: false, hostAhead: 20 * MINUTE });
		simulation.happen(happened(1, START + MINUTE));
		for (let now = START; now < START + 3 * DAY; now += 30 * MINUTE) await pollAt(simulation, now);
		const at = START + 3 * DAY + MINUTE;
		simulation.happen(happened(2, at, at + 10 * MINUTE), happened(3, at + 9 * MINUTE));
		for (let n = 0; n < 10; n++) await pollAt(simulation, at + n * 5 * MINUTE);
		expect(numbers(simulation)).toEqual([1, 2, 3]);
	});

	it('is emitted although another is stamped in the future', async () => {
		const simulation = await activated();
		simulation.happen(happened(1, START + 40 * MINUTE, START + MINUTE));
		await pollAt(simulation, START + 2 * MINUTE);
		simulation.happen(happened(2, START + MINUTE, START + 9 * MINUTE));
		await pollAt(simulation, START + 10 * MINUTE);
		expect(numbers(simulation)).toEqual([1, 2]);
	});
});

describe('more events than a poll may read', () => {
	it('are caught up with over several polls, each reading no more than its pages', async () => {
		const simulation = await activated({ limit: 10, options: { pagesPerPoll: 20 } });
		const all = Array.from({ length: 3_000 }, (_, n) => happened(n, START + n * 80 * SECOND));
		simulation.happen(...all);
		simulation.now = START + 3 * DAY;
		let polls = 0;
		for (let caughtUp = false; !caughtUp; polls++) {
			const before = simulation.requests;
			caughtUp = (await simulation.poll()).caughtUp;
			expect(simulation.requests - before).toBeLessThanOrEqual(20);
			simulation.now += MINUTE;
		}
		expect(polls).toBeLessThan(60);
		expect(simulation.emitted).toHaveLength(3_000);
	});

	it('are all read when they share one timestamp, although that takes more pages than allowed', async () => {
		for (const order of ['ascending', 'descending', 'random'] as const) {
			const simulation = await activated({
				limit: 10,
				rules: { order },
				options: { pagesPerPoll: 5 },
			});
			const at = START + MINUTE;
			simulation.happen(...Array.from({ length: 400 }, (_, n) => happened(n, at)));
			for (let n = 1; n < 60; n++) await pollAt(simulation, at + n * 5 * MINUTE);
			simulation.happen(happened(1000, simulation.now));
			for (let n = 1; n < 5; n++) await pollAt(simulation, simulation.now + 5 * MINUTE);
			expect(new Set(numbers(simulation)).size).toBe(401);
			expect(simulation.emitted).toHaveLength(401);
		}
	});

	it.each([true, false])(
		'within the overlap alone do not hold up the newest (service tells its time: %s)',
		async (tellsTime) => {
			const simulation = await activated({ limit: 10, tellsTime, options: { pagesPerPoll: 10 } });
			// 40 events a minute, 600 in the overlap; a poll may read 100.
			const all = Array.from({ length: 2_000 }, (_, n) => happened(n, START + n * 1_500));
			simulation.happen(...all);
			for (let n = 1; n <= 80; n++) await pollAt(simulation, START + n * MINUTE);
			expect(simulation.emitted).toHaveLength(2_000);
		},
	);
});

describe('a request that fails', () => {
	it('loses nothing and repeats nothing of the pages before it', async () => {
		const simulation = await activated({ limit: 10 });
		simulation.happen(...Array.from({ length: 95 }, (_, n) => happened(n, START + n * SECOND)));
		let request = 0;
		simulation.fault = () => (++request === 5 ? 'error' : undefined);
		simulation.now = START + 5 * MINUTE;
		expect((await simulation.poll()).error).toBeInstanceOf(Error);
		expect(simulation.emitted).toHaveLength(40);
		await pollAt(simulation, START + 10 * MINUTE);
		expect(numbers(simulation)).toEqual([...Array(95).keys()]);
	});

	it('does not move the cursor, however often it fails', async () => {
		const simulation = await activated();
		simulation.happen(happened(1, START + MINUTE));
		simulation.fault = () => 'error';
		for (let n = 1; n < 500; n++) await pollAt(simulation, START + n * HOUR);
		expect(simulation.emitted).toEqual([]);
		simulation.fault = () => undefined;
		for (let n = 0; n < 10; n++) await pollAt(simulation, START + 500 * HOUR + n * MINUTE);
		expect(numbers(simulation)).toEqual([1]);
	});
});

describe('what makes an event the same', () => {
	it('is its id where it has one: sent twice, or changed later, it is still one', async () => {
		const simulation = await activated();
		const at = START + MINUTE;
		simulation.happen(happened(1, at, at, { id: 'E1' }), happened(1, at, at, { id: 'E1' }));
		await pollAt(simulation, START + 2 * MINUTE);
		simulation.happen(happened(1, at, at, { id: 'E1', category: 'usage' }));
		await pollAt(simulation, START + 5 * MINUTE);
		expect(simulation.emitted).toHaveLength(1);
	});

	it('is its content otherwise, and twins are counted: the third one is the third', async () => {
		const simulation = await activated();
		const at = START + MINUTE;
		simulation.happen(happened(1, at), happened(1, at));
		await pollAt(simulation, START + 2 * MINUTE);
		expect(simulation.emitted).toHaveLength(2);
		simulation.happen(happened(1, at, at + 8 * MINUTE));
		for (let n = 3; n < 20; n++) await pollAt(simulation, START + n * MINUTE);
		expect(simulation.emitted).toHaveLength(3);
	});

	it('emits an event without a usable time once, for as long as it keeps being shown', async () => {
		const simulation = await activated();
		simulation.happen({ event: { n: 1, timestamp: 'soon' }, at: START + MINUTE, visibleAt: START });
		for (let now = START; now < START + 3 * HOUR; now += 5 * MINUTE) await pollAt(simulation, now);
		expect(numbers(simulation)).toEqual([1]);
	});
});

describe('the state', () => {
	const pollOnce = (
		stored: unknown,
		events: Array<Record<string, unknown>>,
		now: number,
		filter?: string,
	) =>
		runPoll({
			stored,
			limit: 100,
			now: () => now,
			fetchPage: async () => ({ body: { events, has_more: false }, serviceTime: now }),
			options: filter === undefined ? {} : { wanted: compileFilter({ events: filter }) },
		});

	it('moves on as fast under a filter that lets nothing through', async () => {
		const { state } = await pollOnce(null, [], START);
		const later = START + HOUR;
		const events = [event(1, later - MINUTE, { audit_event: 'login' })];
		const open = await pollOnce(state, events, later);
		const shut = await pollOnce(state, events, later, 'nothing_like_it');
		expect(open.events).toHaveLength(1);
		expect(shut.events).toHaveLength(0);
		expect(shut.state?.settled).toBe(open.state?.settled);
		expect(shut.state?.settled).toBeGreaterThan(state?.settled as number);
	});

	it('does not grow with what lies before the overlap', async () => {
		const simulation = await activated({ limit: 1_000 });
		for (let n = 0; n < 20_000; n++) simulation.happen(happened(n, START + n * SECOND));
		let last = 0;
		for (let now = START; now < START + 7 * HOUR; now += 5 * MINUTE) {
			await pollAt(simulation, now);
			last = simulation.largestState;
		}
		expect(simulation.emitted).toHaveLength(20_000);
		// 20 minutes of an event each second, at 12 characters, and some for the rest.
		expect(last).toBeLessThan(20_000);
	});

	it('gives the same events again when it was lost, and no others', async () => {
		const simulation = await activated();
		simulation.happen(happened(1, START + MINUTE), happened(2, START + 2 * MINUTE));
		simulation.now = START + 5 * MINUTE;
		await simulation.poll('lost');
		expect(simulation.emitted).toEqual([]);
		await simulation.poll();
		expect(numbers(simulation)).toEqual([1, 2]);
	});

	it.each([
		null,
		undefined,
		{},
		'text',
		[],
		{ version: 2, settled: 1 },
		{ version: 1, settled: 'x' },
	])('is none where %j is stored', (stored) => {
		expect(readCursorState(stored)).toBeUndefined();
	});

	it('survives being damaged in parts that are not essential', () => {
		const state = {
			version: 1,
			settled: 5,
			floor: 5,
			span: 1_000,
			seen: { 3: 7 },
			undated: null,
			extra: 1,
		};
		expect(readCursorState(state)).toEqual({
			version: 1,
			revision: 0,
			settled: 5,
			floor: 5,
			span: 1_000,
			seen: {},
			undated: {},
		});
	});

	it('ends a poll whose time is up, and goes on in the next', async () => {
		const { state } = await pollOnce(null, [], START);
		let pages = 0;
		const endless = await runPoll({
			stored: state,
			limit: 1,
			now: () => START + HOUR,
			outOfTime: () => pages >= 3,
			fetchPage: async () => ({
				body: {
					events: [event(++pages, START + pages * SECOND)],
					has_more: true,
					continuation_token: `t${pages}`,
				},
			}),
		});
		expect(endless.events).toHaveLength(3);
		expect(endless.caughtUp).toBe(false);
		expect(endless.error).toBeUndefined();
		expect(endless.state?.settled).toBe(state?.settled);
	});

	it('of two polls that ran at once is that of both, and each event is emitted by one', () => {
		const base = readCursorState({
			version: 1,
			revision: 3,
			settled: START,
			floor: START,
			span: DAY,
		});
		const run = (events: Array<Record<string, unknown>>) => {
			const poll = new Poll(base, START + HOUR);
			poll.next(START + HOUR);
			poll.take(events, START + HOUR);
			poll.finish(START + HOUR);
			return poll;
		};
		const at = START + 50 * MINUTE;
		const first = run([event(1, at), event(2, at)]).commit(base);
		const second = run([event(1, at), event(2, at), event(2, at), event(3, at)]).commit(
			first.state,
		);
		expect(second.events.map(({ n }) => n)).toEqual([2, 3]);
		const third = new Poll(second.state, START + HOUR + MINUTE);
		third.next(START + HOUR + MINUTE);
		third.take([event(1, at), event(2, at), event(2, at), event(3, at)]);
		expect(third.commit().events).toEqual([]);
	});
});
