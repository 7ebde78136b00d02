import { eventTime } from '../../../nodes/KeeperAdminEvents/event/audit-event';

describe('the time of an event', () => {
	// The forms that published samples and connectors show.
	it.each([
		['2021-08-16T18:08:14.597Z', '2021-08-16T18:08:14.597Z'],
		['2021-08-16T18:08:14Z', '2021-08-16T18:08:14.000Z'],
		['2021-08-16T18:08:14.597123Z', '2021-08-16T18:08:14.597Z'],
		['2021-08-16T18:08:14+00:00', '2021-08-16T18:08:14.000Z'],
		['2021-08-16T18:08:14-05:00', '2021-08-16T23:08:14.000Z'],
		['2021-08-16T18:08:14+0100', '2021-08-16T17:08:14.000Z'],
		['2021-08-16T18:08:14', '2021-08-16T18:08:14.000Z'],
		['2021-08-16', '2021-08-16T00:00:00.000Z'],
		[1629137294, '2021-08-16T18:08:14.000Z'],
		[1629137294597, '2021-08-16T18:08:14.597Z'],
		['1629137294597', '2021-08-16T18:08:14.597Z'],
	])('is read from %s', (timestamp, instant) => {
		expect(new Date(eventTime({ timestamp }) as number).toISOString()).toBe(instant);
	});

	it.each([
		undefined,
		null,
		'',
		'yesterday',
		'2021-13-45T00:00:00Z',
		'12',
		NaN,
		Infinity,
		-1,
		0,
		{},
		'2021-08-16TZ',
	])('is none for %p', (timestamp) => {
		expect(eventTime({ timestamp })).toBeUndefined();
	});
});
