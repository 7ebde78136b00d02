import { Company } from '../../../sandbox/keeper-events/company.mts';
import { Random } from '../../../sandbox/keeper-events/random.mts';
import { Simulation, type Fault } from './simulation.mts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-01T00:00:00Z');
const EVENTS = 200_000;

const FAULTS: Fault[] = [
	'error',
	'error',
	'error',
	'expired-token',
	'repeated-token',
	'more-without-token',
	'empty-page',
];

describe('a month of 200,000 events', () => {
	it('is emitted whole and once: late arrivals, 5 % faults, ten restarts, three days of outage', async () => {
		const chance = new Random(77);
		const simulation = new Simulation(START, {
			limit: 500,
			tellsTime: false,
			hostAhead: 3 * MINUTE,
		});
		simulation.pages.rules.order = 'descending';
		const happened = new Company({ seed: 9 }).between(START + 1, START + 30 * DAY, EVENTS);
		simulation.log.add(happened);

		await simulation.poll();
		simulation.fault = () => (chance.next() < 0.05 ? chance.pick(FAULTS) : undefined);
		const restarts = new Set(Array.from({ length: 10 }, () => 100 + chance.below(7_000)));
		let polls = 0;
		while (simulation.now < START + 30 * DAY) {
			polls++;
			simulation.now += 5 * MINUTE;
			if (polls === 2_000) simulation.now += 3 * DAY;
			// Killed in the middle: what the poll found is neither emitted nor remembered.
			await simulation.poll(restarts.has(polls) ? 'lost' : 'kept');
		}
		simulation.fault = () => undefined;
		for (let n = 0; n < 5; n++) {
			simulation.now += 5 * MINUTE;
			await simulation.poll();
		}

		expect(restarts.size).toBe(10);
		// The events pass through as the same objects, so identity tells them apart, twins too.
		const emitted = new Set(simulation.emitted);
		expect(happened.filter(({ event }) => !emitted.has(event))).toEqual([]);
		expect(simulation.emitted).toHaveLength(EVENTS);
		// What is kept is bounded by the overlap, not by the month.
		expect(simulation.largestState).toBeLessThan(200_000);
	}, 180_000);
});
