import { offsetAt } from './time-zone';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The instants at which a clock on the wall shows a given time in a zone, earliest first:
 * one normally, two in the hour that is repeated when clocks go back, and in the hour that is
 * skipped when they go forward the two that it would be by the old and by the new time.
 *
 * wall: the shown date and time, as milliseconds since 1970 as if it were UTC.
 * zone: an IANA name. Throws RangeError for a zone that does not exist.
 */
export function instantsOf(wall: number, zone: string): number[] {
	// Clocks are never changed twice in two days, so these are the offsets before and after.
	const before = wall - offsetAt(wall - DAY, zone);
	const after = wall - offsetAt(wall + DAY, zone);
	const candidates = [...new Set([before, after])].sort((a, b) => a - b);
	const shown = candidates.filter((instant) => instant + offsetAt(instant, zone) === wall);
	return shown.length > 0 ? shown : candidates;
}
