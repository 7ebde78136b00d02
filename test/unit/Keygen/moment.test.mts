import * as fc from 'fast-check';

import { dayOf, moment } from '../../../nodes/shared/time/moment';

test.each([
	['2027-01-31', 'UTC', '2027-01-31T00:00:00.000Z'],
	['2027-01-31', 'Europe/Berlin', '2027-01-30T23:00:00.000Z'],
	['2027-07-31T12:00:00', 'Europe/Berlin', '2027-07-31T10:00:00.000Z'],
	['2027-07-31 12:00', 'America/New_York', '2027-07-31T16:00:00.000Z'],
	['2027-01-31T12:00:00Z', 'Asia/Tokyo', '2027-01-31T12:00:00.000Z'],
	['2027-01-31T12:00:00.250+02:00', 'Asia/Tokyo', '2027-01-31T10:00:00.250Z'],
	// The hour before and the hour after clocks go forward in Berlin.
	['2027-03-28T01:30:00', 'Europe/Berlin', '2027-03-28T00:30:00.000Z'],
	['2027-03-28T03:30:00', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
	['2028-02-29', 'UTC', '2028-02-29T00:00:00.000Z'],
])('%s in %s is %s', (given, timezone, expected) => {
	expect(moment(given, timezone)).toBe(expected);
});

test.each([
	'',
	'soon',
	'2027-02-29',
	'2027-13-01',
	'2027-01-01T25:00:00',
	'31.01.2027',
	'01/31/2027',
	'1798761600',
])('%s is no date', (given) => {
	expect(moment(given, 'UTC')).toBeUndefined();
});

test('wall clock time comes back from any zone and date', () => {
	const dates = fc.date({
		min: new Date('1990-01-01'),
		max: new Date('2100-01-01'),
		noInvalidDate: true,
	});
	fc.assert(
		fc.property(
			dates,
			fc.constantFrom(
				'Asia/Kolkata',
				'America/St_Johns',
				'Australia/Lord_Howe',
				'UTC',
				'Pacific/Kiritimati',
			),
			(date, timezone) => {
				const parts = new Intl.DateTimeFormat('sv-SE', {
					timeZone: timezone,
					dateStyle: 'short',
					timeStyle: 'medium',
				});
				const wallClock = parts.format(date);
				const found = moment(wallClock.replace(' ', 'T'), timezone);
				expect(parts.format(new Date(found as string))).toBe(wallClock);
			},
		),
	);
});

test('a day is taken from a day or from a moment', () => {
	expect(dayOf('2027-01-31T12:00:00', 'UTC')).toBe('2027-01-31');
	expect(dayOf('2027-01-31', 'UTC')).toBe('2027-01-31');
	expect(dayOf('yesterday', 'UTC')).toBeUndefined();
});
