import { instantsOf, writtenTime } from './local-time';

/**
 * A moment in the form that the service expects.
 *
 * @param given ISO 8601. Without an offset, as n8n's date picker writes it, it is local time in the
 * time zone; without a time it is the start of the day there. Of two instants, at a change of clocks,
 * it is the earlier.
 * @param timezone IANA name
 * @returns ISO 8601 in UTC, or undefined for anything else
 */
export function moment(given: unknown, timezone: string): string | undefined {
	if (given instanceof Date) return Number.isNaN(given.getTime()) ? undefined : given.toISOString();
	const written = writtenTime(String(given).trim());
	if (!written) return undefined;
	const { wall, offset } = written;
	const instant = offset === undefined ? instantsOf(wall, timezone)[0] : wall - offset;
	return new Date(instant).toISOString();
}

/** A day, from a day or a moment, or undefined for anything else. */
export function dayOf(given: unknown, timezone: string): string | undefined {
	const text = String(given instanceof Date ? given.toISOString() : given).trim();
	return moment(text, timezone) === undefined ? undefined : text.slice(0, 10);
}
