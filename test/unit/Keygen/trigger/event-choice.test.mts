import { eventOptions } from '../../../../nodes/Keygen/service/event-names';
import { subscriptionsOf } from '../../../../nodes/Keygen/trigger/event-choice';
import { allEvents } from '../../../../sandbox/keygen/webhooks/event-names.mts';

const LATER = [
	'group.owners.attached',
	'group.owners.detached',
	'process.heartbeat.resurrected',
	'process.updated',
];

describe('the list of events', () => {
	const [first, ...rest] = eventOptions;

	it('begins with all events, and has each of the 115, and those that servers learn later', () => {
		expect(first).toEqual({ name: 'All Events', value: '*' });
		expect(rest.map(({ value }) => value).sort()).toEqual([...allEvents, ...LATER].sort());
	});

	it('has the events of a record next to each other, under names of their own that hold the code', () => {
		const records = rest.map(({ name }) => name.split(':')[0]);
		expect(records.filter((record, at) => record !== records[at - 1])).toHaveLength(
			new Set(records).size,
		);
		expect(new Set(rest.map(({ name }) => name)).size).toBe(119);
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

it.each([
	['license.validated', 'Never Sent'],
	['release.replaced', 'Never Sent'],
	['license.user.updated', 'Only by an Old API Route'],
	['release.uploaded', 'Only by API 1.0'],
	...LATER.map((name) => [name, 'Not Before the Server Sent Its First']),
])('the list says why %s may never come', (event, note) => {
	expect(eventOptions.find(({ value }) => value === event)?.name).toContain(`(${event}, ${note}`);
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
