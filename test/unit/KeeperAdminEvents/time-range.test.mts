import { Failed } from '../../../nodes/shared/failure';
import {
	customRange,
	isWithin,
	queryBounds,
	RELATIVE_RANGES,
	relativeRange,
	type RelativeRange,
} from '../../../nodes/KeeperAdminEvents/get-many/time-range';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const BERLIN = 'Europe/Berlin';
const range = (start: string, end?: string, zone = 'UTC') => {
	const { start: from, end: to } = customRange(start, end, zone, NOW);
	return [new Date(from).toISOString(), new Date(to).toISOString()];
};

describe('the time range', () => {
	it.each(Object.keys(RELATIVE_RANGES) as RelativeRange[])('%s ends now', (name) => {
		const { start, end } = relativeRange(name, NOW);
		expect([start, end]).toEqual([NOW - RELATIVE_RANGES[name], NOW]);
	});

	it.each([
		['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
		['2026-03-01T10:00Z', '2026-03-01T10:00:00.000Z'],
		['2026-03-01T10:00:00.5Z', '2026-03-01T10:00:00.500Z'],
		['2026-03-01T10:00:00.019999Z', '2026-03-01T10:00:00.019Z'],
		['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z'],
		['2026-03-01T10:00:00-0530', '2026-03-01T15:30:00.000Z'],
		['2026-03-01 10:00:00+05', '2026-03-01T05:00:00.000Z'],
		[' 2026-03-01t10:00:00z ', '2026-03-01T10:00:00.000Z'],
		['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
	])('reads %s', (text, instant) => {
		expect(range(text, '2029-01-01T00:00:00Z')[0]).toBe(instant);
	});

	it('takes a time without a zone as local time of the workflow', () => {
		expect(range('2026-01-15T08:30', '2026-07-15T08:30', BERLIN)).toEqual([
			'2026-01-15T07:30:00.000Z',
			'2026-07-15T06:30:00.000Z',
		]);
		expect(range('2026-01-15T08:30', '2026-01-16', 'Asia/Kathmandu')[0]).toBe(
			'2026-01-15T02:45:00.000Z',
		);
		expect(range('2026-01-15T08:30', '2026-01-16', 'America/St_Johns')[0]).toBe(
			'2026-01-15T12:00:00.000Z',
		);
	});

	it('takes a date as the whole day, however long it is', () => {
		expect(range('2026-03-29', '2026-03-29', BERLIN)).toEqual([
			'2026-03-28T23:00:00.000Z',
			'2026-03-29T21:59:59.999Z',
		]);
		expect(range('2026-10-25', '2026-10-25', BERLIN)).toEqual([
			'2026-10-24T22:00:00.000Z',
			'2026-10-25T22:59:59.999Z',
		]);
	});

	it('is never shorter than meant where local time is ambiguous or skipped', () => {
		// 02:30 happens twice on this day in Berlin: at 00:30Z and at 01:30Z.
		expect(range('2026-10-25T02:30', '2026-10-25T02:30', BERLIN)).toEqual([
			'2026-10-25T00:30:00.000Z',
			'2026-10-25T01:30:00.000Z',
		]);
		// 02:30 does not happen on this day: clocks go from 02:00 (01:00Z) to 03:00.
		expect(range('2026-03-29T02:30', '2026-03-29T02:30', BERLIN)).toEqual([
			'2026-03-29T00:30:00.000Z',
			'2026-03-29T01:30:00.000Z',
		]);
		// South of the equator, and a change by half an hour (Lord Howe).
		expect(range('2026-04-05T01:45', '2026-04-05T01:45', 'Australia/Lord_Howe')).toEqual([
			'2026-04-04T14:45:00.000Z',
			'2026-04-04T15:15:00.000Z',
		]);
	});

	it('reaches until now without an end', () => {
		expect(range('2026-11-22T00:00:00Z')[1]).toBe(new Date(NOW).toISOString());
		expect(range('2026-11-22T00:00:00Z', '')[1]).toBe(new Date(NOW).toISOString());
	});

	it('takes dates and milliseconds as they are', () => {
		expect(customRange(new Date(1000), 2000, 'UTC', NOW)).toEqual({
			start: 1000,
			end: 2000,
		});
	});

	it('may end in the future', () => {
		expect(range('2026-11-22', '2026-11-23')[1]).toBe('2026-11-23T23:59:59.999Z');
	});

	it('may be a single instant', () => {
		const instant = '2026-03-01T10:00:00Z';
		expect(range(instant, instant)).toEqual([
			'2026-03-01T10:00:00.000Z',
			'2026-03-01T10:00:00.000Z',
		]);
	});

	it('is refused when it starts after it ends, naming both', () => {
		expect(() => range('2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z')).toThrow(
			/2026-03-02T00:00:00.000Z.*2026-03-01T00:00:00.000Z/,
		);
		expect(() => range('2027-01-01')).toThrow(/after now/);
	});

	it.each([
		'yesterday',
		'',
		'2026-13-01',
		'2026-02-29',
		'2026-03-01T25:00',
		'2026-03-01T10:61',
		'03/01/2026',
		'2026-3-1',
		'1740830400',
	])('is refused for a start of "%s"', (text) => {
		expect(() => range(text, '2026-11-01')).toThrow(Failed);
		expect(() => range(text, '2026-11-01')).toThrow(/^'Start'/);
	});

	it('is asked for with room at both ends, whichever way the service takes its bounds', () => {
		const asked = queryBounds({ start: 10_500, end: 20_500 });
		expect(asked.start).toBeLessThan(10_000);
		expect(asked.end).toBeGreaterThan(21_000);
	});

	it('includes both its ends, and events without a time', () => {
		const ends = { start: 10, end: 20 };
		expect([9, 10, 20, 21].map((time) => isWithin(time, ends))).toEqual([false, true, true, false]);
		expect(isWithin(undefined, ends)).toBe(true);
	});
});
