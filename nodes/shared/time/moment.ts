import { offsetAt } from './time-zone';

const WITHOUT_OFFSET = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;
const WITH_OFFSET = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/**
 * A moment as the service takes it.
 *
 * @param given ISO 8601. Without an offset, as n8n's date picker gives it, it is wall clock time in
 * the time zone; without a time it is the start of the day there.
 * @param timezone IANA name
 * @returns ISO 8601 in UTC, or undefined where it is no date
 */
export function moment(given: unknown, timezone: string): string | undefined {
	if (given instanceof Date) return Number.isNaN(given.getTime()) ? undefined : given.toISOString();
	const text = String(given).trim();
	if (WITH_OFFSET.test(text)) {
		const time = Date.parse(text.replace(' ', 'T'));
		return Number.isNaN(time) ? undefined : new Date(time).toISOString();
	}
	const parts = WITHOUT_OFFSET.exec(text)
		?.slice(1)
		.map((part) => Number(part ?? 0));
	if (!parts) return undefined;
	const [year, month, dayOfMonth, hour, minute, second] = parts;
	const wallClock = Date.UTC(year, month - 1, dayOfMonth, hour, minute, second);
	const date = new Date(wallClock);
	const exists =
		date.getUTCMonth() === month - 1 &&
		date.getUTCDate() === dayOfMonth &&
		hour < 24 &&
		minute < 60 &&
		second < 60;
	if (!exists) return undefined;
	// The offset may change between the guess and the moment, at a change of clocks: look twice.
	let time = wallClock - offsetAt(wallClock, timezone);
	time = wallClock - offsetAt(time, timezone);
	return new Date(time).toISOString();
}

/** A day, from a day or a moment, or undefined where it is none. */
export function dayOf(given: unknown, timezone: string): string | undefined {
	const text = String(given instanceof Date ? given.toISOString() : given).trim();
	return moment(text, timezone) === undefined ? undefined : text.slice(0, 10);
}
