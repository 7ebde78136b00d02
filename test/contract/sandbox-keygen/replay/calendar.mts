const YEAR = 31_556_952;
const MONTH = 2_629_746;

/** The lifetime of a file that was checked out without one, in seconds. */
export const DEFAULT_TTL = MONTH;

/** Adds a duration in seconds as the service does: whole years and months by the calendar. */
export function byCalendar(start: number, seconds: number): number {
	const years = Math.floor(seconds / YEAR);
	const months = Math.floor((seconds - years * YEAR) / MONTH);
	const rest = seconds - years * YEAR - months * MONTH;
	const date = new Date(start);
	const day = date.getUTCDate();
	date.setUTCDate(1);
	date.setUTCMonth(date.getUTCMonth() + 12 * years + months);
	const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
	date.setUTCDate(Math.min(day, last));
	return date.getTime() + rest * 1000;
}
