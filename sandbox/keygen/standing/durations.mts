const YEAR = 31_556_952;
const MONTH = 2_629_746;

/**
 * The time that lies a duration of seconds after another. The service takes it apart into years,
 * months and a rest, and adds years and months by the calendar: 31556952 is one year exactly,
 * 31536000 is eleven months and some days.
 */
export function after(from: number, seconds: number): number {
	const years = Math.trunc(seconds / YEAR);
	const months = Math.trunc((seconds % YEAR) / MONTH);
	const rest = seconds - years * YEAR - months * MONTH;
	const date = new Date(from);
	const day = date.getUTCDate();
	date.setUTCDate(1);
	date.setUTCMonth(date.getUTCMonth() + months + 12 * years);
	const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
	date.setUTCDate(Math.min(day, last));
	return date.getTime() + rest * 1000;
}
