import { offsetAt } from './time-zone';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A date, or a date and time, as somebody wrote it. */
interface WrittenTime {
	/** The date and time shown, as milliseconds since 1970 as if it were UTC. */
	wall: number;
	/** How far it is ahead of UTC, in milliseconds; undefined where the text does not say. */
	offset?: number;
	/** There is no time of day. */
	isDay: boolean;
}

const ISO =
	/^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(z|[+-]\d\d(?::?\d\d)?)?$/i;

/** Reads ISO 8601; undefined for anything else, and for a day or time that does not exist. */
export function writtenTime(text: string): WrittenTime | undefined {
	const fields = ISO.exec(text);
	if (!fields) return undefined;
	const [year, month, day, hour = '00', minute = '00', second = '00'] = fields.slice(1, 7);
	const milliseconds = Number((fields[7] ?? '').padEnd(3, '0').slice(0, 3));
	const numbers = [year, month, day, hour, minute, second].map(Number);
	const wall = Date.UTC(
		numbers[0],
		numbers[1] - 1,
		numbers[2],
		numbers[3],
		numbers[4],
		numbers[5],
		milliseconds,
	);
	const exists = new Date(wall)
		.toISOString()
		.startsWith(`${year}-${month}-${day}T${hour}:${minute}:${second}.`);
	if (!exists) return undefined;
	const zone = fields[8];
	return {
		wall,
		isDay: fields[4] === undefined,
		...(zone === undefined ? {} : { offset: offsetOf(zone) }),
	};
}

function offsetOf(zone: string): number {
	if (zone.toLowerCase() === 'z') return 0;
	const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
	return (zone.startsWith('-') ? -minutes : minutes) * MINUTE;
}

/**
 * The instants at which a clock on the wall shows a given time in a zone, earliest first:
 * one normally, two in the hour that is repeated when clocks go back, and in the hour that is
 * skipped when they go forward the two that it would be by the old and by the new time.
 *
 * @param wall the shown date and time, as milliseconds since 1970 as if it were UTC
 * @param zone an IANA name
 * @throws RangeError for a zone that does not exist
 */
export function instantsOf(wall: number, zone: string): number[] {
	// Clocks are never changed twice in two days, so these are the offsets before and after.
	const before = wall - offsetAt(wall - DAY, zone);
	const after = wall - offsetAt(wall + DAY, zone);
	const candidates = [...new Set([before, after])].sort((a, b) => a - b);
	const shown = candidates.filter((instant) => instant + offsetAt(instant, zone) === wall);
	return shown.length > 0 ? shown : candidates;
}
