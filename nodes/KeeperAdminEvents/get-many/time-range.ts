import { invalid } from '../../shared/failure';
import { instantsOf, writtenTime } from '../../shared/time/local-time';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths of the ranges that end now, in milliseconds. */
export const RELATIVE_RANGES = {
	last15Minutes: 15 * MINUTE,
	lastHour: HOUR,
	last24Hours: DAY,
	last7Days: 7 * DAY,
	last30Days: 30 * DAY,
	last90Days: 90 * DAY,
} as const;

export type RelativeRange = keyof typeof RELATIVE_RANGES;

/** A range to read, both ends included; milliseconds since 1970. */
export interface TimeRange {
	start: number;
	end: number;
}

/** What a user may give as a point in time: text, a number of milliseconds, or a date. */
export type Moment = string | number | Date;

/** A point in time, whether text, a number, or the date object that an expression gives. */
export function momentOf(value: unknown): Moment {
	if (typeof value === 'string' || typeof value === 'number') return value;
	// Both Date and Luxon's DateTime have their instant as their value.
	const instant = Object(value).valueOf();
	return typeof instant === 'number' ? instant : '';
}

/** A range that ends now. */
export function relativeRange(range: RelativeRange, now: number): TimeRange {
	return { start: now - RELATIVE_RANGES[range], end: now };
}

/**
 * A range between two points in time; without an end it reaches until now.
 *
 * Text is ISO 8601. With a zone (`Z`, `+02:00`) it is that instant; without one it is local time
 * in `zone` (an IANA name); a date alone means the whole day. Where local time is ambiguous
 * because clocks were changed, the start is taken early and the end late, so that the range is
 * never shorter than meant. Throws Failed.
 */
export function customRange(
	start: Moment,
	end: Moment | undefined,
	zone: string,
	now: number,
): TimeRange {
	const from = instantOf(start, 'Start', zone);
	const isOpen = end === undefined || end === '';
	const to = isOpen ? now : instantOf(end, 'End', zone);
	if (from > to) {
		const meant = isOpen ? 'now' : `'End' (${new Date(to).toISOString()})`;
		throw invalid(
			`'Start' (${new Date(from).toISOString()}) is after ${meant}`,
			'Correct one of them.',
		);
	}
	return { start: from, end: to };
}

/**
 * What to ask the service for, so that the range is covered whichever way it takes its bounds.
 * The answer may hold events from up to two seconds outside; see isWithin.
 */
export function queryBounds({ start, end }: TimeRange): { start: number; end: number } {
	return {
		start: Math.floor(start / 1000) * 1000 - 1000,
		end: Math.ceil(end / 1000) * 1000 + 1000,
	};
}

/** Whether an event's time lies in the range. One without a time is taken as the service has it. */
export function isWithin(time: number | undefined, { start, end }: TimeRange): boolean {
	return time === undefined || (time >= start && time <= end);
}

const EXAMPLES = 'Examples: 2026-03-01, 2026-03-01T08:30, 2026-03-01T08:30:00Z.';

type Side = 'Start' | 'End';

function instantOf(moment: Moment, side: Side, zone: string): number {
	const time = moment instanceof Date ? moment.getTime() : moment;
	if (typeof time === 'string') return parse(time.trim(), side, zone);
	if (Number.isFinite(time) && Math.abs(time) <= 8.64e15) return time;
	throw invalid(`'${side}' is not a date`, EXAMPLES);
}

function parse(text: string, side: Side, zone: string): number {
	const written = writtenTime(text);
	if (!written) throw invalid(`'${side}' is not a valid date or time: '${text}'`, EXAMPLES);
	const isEndOfDay = written.isDay && side === 'End';
	const wall = isEndOfDay ? written.wall + DAY : written.wall;
	const instant = written.offset === undefined ? local(wall, side, zone) : wall - written.offset;
	return isEndOfDay ? instant - 1 : instant;
}

function local(wall: number, side: Side, zone: string): number {
	const instants = instantsOf(wall, zone);
	return side === 'Start' ? instants[0] : instants[instants.length - 1];
}
