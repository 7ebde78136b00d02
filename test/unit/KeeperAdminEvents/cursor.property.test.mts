import fc from 'fast-check';
import type { LoggedEvent } from '../../../sandbox/keeper-events/event-log.mts';
import { multiset, Simulation, surplus, type Fault } from './simulation.mts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-03-02T09:00:00Z');
const LATEST_ARRIVAL = 10 * MINUTE;
/** Enough to hold what shares one second; less cannot be read to the end by any means. */
const BURST = 30;

interface Act {
	/** Milliseconds until the poll. */
	wait: number;
	happenings: Array<{
		/** When in the wait, 0 to 1. */
		at: number;
		/** How late each copy shows up; more than one copy: identical twins. */
		delays: number[];
		/** Distinct events of the very same timestamp. */
		burst: number;
		style: 'milliseconds' | 'seconds' | 'offset' | 'undated';
	}>;
	faults: Array<Fault | undefined>;
	fate: 'kept' | 'lost';
	/** Another poll begins and ends while this one waits for an answer. */
	overlapped: boolean;
}

const delay = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: LATEST_ARRIVAL }));

const act: fc.Arbitrary<Act> = fc.record({
	wait: fc.oneof(
		{ weight: 6, arbitrary: fc.integer({ min: MINUTE, max: 10 * MINUTE }) },
		{ weight: 2, arbitrary: fc.integer({ min: SECOND, max: MINUTE }) },
		{ weight: 1, arbitrary: fc.integer({ min: HOUR, max: 80 * HOUR }) },
	),
	happenings: fc.array(
		fc.record({
			at: fc.double({ min: 0, max: 1, noNaN: true }),
			delays: fc.oneof(
				{ weight: 5, arbitrary: fc.tuple(delay) },
				{ weight: 1, arbitrary: fc.tuple(delay, delay) },
			),
			burst: fc.oneof(
				{ weight: 5, arbitrary: fc.constant(1) },
				{ weight: 1, arbitrary: fc.integer({ min: 2, max: BURST / 2 }) },
			),
			style: fc.oneof(
				{ weight: 4, arbitrary: fc.constant('milliseconds' as const) },
				{ weight: 2, arbitrary: fc.constant('seconds' as const) },
				{ weight: 1, arbitrary: fc.constant('offset' as const) },
				{ weight: 1, arbitrary: fc.constant('undated' as const) },
			),
		}),
		{ maxLength: 12 },
	),
	faults: fc.array(
		fc.oneof(
			{ weight: 8, arbitrary: fc.constant(undefined) },
			{
				weight: 2,
				arbitrary: fc.constantFrom<Fault>(
					'error',
					'expired-token',
					'repeated-token',
					'more-without-token',
					'empty-page',
				),
			},
		),
		{ maxLength: 10 },
	),
	fate: fc.oneof(
		{ weight: 9, arbitrary: fc.constant('kept' as const) },
		{ weight: 1, arbitrary: fc.constant('lost' as const) },
	),
	overlapped: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const setup = fc.record({
	order: fc.constantFrom('ascending' as const, 'descending' as const, 'random' as const),
	bounds: fc.constantFrom('[]' as const, '[)' as const, '(]' as const, '()' as const),
	limit: fc.constantFrom(5, 17, 60, 200),
	pagesPerPoll: fc.integer({ min: 2, max: 30 }),
	hostAhead: fc.oneof(fc.constant(0), fc.integer({ min: -50 * MINUTE, max: 50 * MINUTE })),
	tellsTime: fc.boolean(),
	latency: fc.constantFrom(50, 2_000),
	/** What the service takes a query's times for: when it happened, or when it became visible. */
	goesBy: fc.constantFrom('timestamp' as const, 'arrival' as const),
	seed: fc.integer({ min: 1, max: 1e6 }),
});

let serial = 0;

function stamp(
	at: number,
	style: Act['happenings'][number]['style'],
): { at: number; text: string } {
	if (style === 'seconds') {
		const whole = Math.floor(at / SECOND) * SECOND;
		return { at: whole, text: new Date(whole).toISOString().replace('.000Z', 'Z') };
	}
	if (style === 'offset') {
		const local = new Date(at + 2 * HOUR).toISOString().replace('Z', '+02:00');
		return { at, text: local };
	}
	return { at, text: new Date(at).toISOString() };
}

function eventsOf({ wait, happenings }: Act, now: number, goesBy = 'timestamp'): LoggedEvent[] {
	return happenings.flatMap(({ at: share, delays, burst, style }) => {
		const { at, text } = stamp(Math.floor(now + share * wait), style);
		return Array.from({ length: burst }, () => {
			const event: Record<string, unknown> = { audit_event: 'open_record', serial: ++serial };
			if (style !== 'undated') event.timestamp = text;
			// Twins cannot be told apart from repetitions without a time; see the test below.
			const copies = style === 'undated' || goesBy === 'arrival' ? delays.slice(0, 1) : delays;
			return copies.map((late) => {
				const visibleAt = Math.max(at, now) + late;
				return { event: { ...event }, at: goesBy === 'arrival' ? visibleAt : at, visibleAt };
			});
		}).flat();
	});
}

describe('the trigger, whatever happens', () => {
	it('emits every event that happens after activation exactly once', async () => {
		await fc.assert(
			fc.asyncProperty(
				setup,
				fc.array(act, { minLength: 1, maxLength: 12 }),
				fc.array(act, { maxLength: 1 }),
				async (rules, acts, before) => {
					const longEnough = (Math.ceil((2 * BURST) / rules.limit) + 4) * rules.latency * 2;
					const simulation = new Simulation(START, {
						...rules,
						rules: { order: rules.order, bounds: rules.bounds, tokenLifetime: longEnough },
						options: { pagesPerPoll: rules.pagesPerPoll },
					});
					const old = before.flatMap((past) => eventsOf(past, START - past.wait));
					const shown = old.map((entry) => ({
						...entry,
						visibleAt: Math.min(entry.visibleAt, START),
					}));
					simulation.happen(...shown);
					await simulation.poll();
					expect(simulation.emitted).toEqual([]);

					const happened: LoggedEvent[] = [];
					for (const next of acts) {
						const events = eventsOf(next, simulation.now, rules.goesBy);
						happened.push(...events);
						simulation.happen(...events);
						simulation.now += next.wait;
						const faults = [...next.faults];
						simulation.fault = () => faults.shift();
						simulation.beforeAnswer = async () => {
							simulation.beforeAnswer = async () => undefined;
							if (next.overlapped) await simulation.poll();
						};
						await simulation.poll(next.fate);
					}

					simulation.fault = () => undefined;
					simulation.beforeAnswer = async () => undefined;
					simulation.now += LATEST_ARRIVAL;
					for (let rounds = 0, polls = 0; rounds < 3; polls++) {
						expect(polls).toBeLessThan(2_000);
						simulation.now += MINUTE;
						const { caughtUp, error } = await simulation.poll();
						expect(error).toBeUndefined();
						if (caughtUp) rounds++;
					}
					const wanted = multiset(happened.map(({ event }) => event));
					const got = multiset(simulation.emitted);
					expect({ lost: surplus(wanted, got), repeated: surplus(got, wanted) }).toEqual({
						lost: [],
						repeated: [],
					});
				},
			),
			{ seed: 20260302, numRuns: 400 },
		);
	}, 120_000);
});
