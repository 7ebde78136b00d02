import { eventOptions } from '../../../../nodes/Keygen/service/event-names';
import { subscriptionsOf } from '../../../../nodes/Keygen/trigger/event-choice';
import { allEvents } from '../../../../sandbox/keygen/webhooks/event-names.mts';

describe('the list of events', () => {
	const [first, ...rest] = eventOptions;

	it('begins with all events, and has each of the 115', () => {
		expect(first).toEqual({ name: 'All Events', value: '*' });
		expect(rest.map(({ value }) => value).sort()).toEqual([...allEvents].sort());
	});

	it('has the events of a record next to each other, under names of their own that hold the code', () => {
		const records = rest.map(({ name }) => name.split(':')[0]);
		expect(records.filter((record, at) => record !== records[at - 1])).toHaveLength(
			new Set(records).size,
		);
		expect(new Set(rest.map(({ name }) => name)).size).toBe(115);
		expect(rest).toContainEqual({
			name: 'License: Check In Overdue (license.check-in-overdue)',
			value: 'license.check-in-overdue',
		});
		expect(rest).toContainEqual({
			name: 'Second Factor: Created (second-factor.created)',
			value: 'second-factor.created',
		});
	});
});

describe('what an endpoint is subscribed to', () => {
	it.each<[unknown, unknown, string[]]>([
		[['user.created', 'license.created'], '', ['license.created', 'user.created']],
		[['user.created'], 'a.b, user.created;c.d\n e.f', ['a.b', 'c.d', 'e.f', 'user.created']],
		[['*', 'user.created'], '', ['*']],
		[[], '*', ['*']],
		[[], ' ', []],
		[undefined, undefined, []],
	])('of %j and %j is %j', (chosen, typed, expected) => {
		expect(subscriptionsOf(chosen, typed)).toEqual(expected);
	});
});
