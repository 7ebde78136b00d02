import { readDate } from '../notation/dates.mts';
import { after } from '../standing/durations.mts';
import type { Item } from '../state/store.mts';
import { nested } from '../wire/query.mts';
import type { QueryValue } from '../wire/query.mts';

const DAY = 86_400_000;

/** Comparisons by their names in a query, e.g. `activations[gte]=2`, in the order in which they win. */
export const comparisons: Record<string, (a: number, b: number) => boolean> = {
	eq: (a, b) => a === b,
	gt: (a, b) => a > b,
	gte: (a, b) => a >= b,
	lt: (a, b) => a < b,
	lte: (a, b) => a <= b,
};

type Test = (item: Item) => boolean;

/** The first of these operators that the value has, with its text; the others do not count. */
export function winner(value: QueryValue, order: string[]): [string, string] | undefined {
	const given = nested(value);
	const name = order.find((each) => given[each] !== undefined && given[each] !== '');
	return name && [name, String(given[name])];
}

/** Whether a time lies within, before, after or on what the value says; undefined when unreadable. */
export function timeTest(
	value: QueryValue,
	order: string[],
	within: (period: string) => ((time: number) => boolean) | undefined,
	timeOf: (item: Item) => number | null,
): Test | undefined {
	const found = winner(value, order);
	if (!found) return undefined;
	const [name, text] = found;
	const test = ['before', 'after', 'on'].includes(name) ? byDate(name, text) : within(text);
	if (!test) return undefined;
	return (item) => {
		const time = timeOf(item);
		return time !== null && test(time);
	};
}

function byDate(name: string, text: string): ((time: number) => boolean) | undefined {
	const read = readDate(/^\d+$/.test(text) ? Number(text) : text);
	if (read === null) return undefined;
	const date = Date.parse(read);
	if (name === 'before') return (time) => time < date;
	if (name === 'after') return (time) => time > date;
	return (time) => Math.floor(time / DAY) === Math.floor(date / DAY);
}

const durationPattern =
	/^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const unitSeconds = [31_556_952, 2_629_746, 604_800, 86_400, 3_600, 60, 1];

/**
 * Seconds of a period: digits alone, or an ISO 8601 duration with or without its P. Weeks stand
 * alone; a small p at the start is not read.
 */
export function periodOf(text: string): number | undefined {
	if (/^\d+$/.test(text)) return Number(text);
	const match = durationPattern.exec(`P${text.replace(/^P/, '').toUpperCase()}`);
	if (!match) return undefined;
	const parts = match.slice(1);
	const count = parts.filter((part) => part !== undefined).length;
	if (count === 0 || (parts[2] !== undefined && count > 1)) return undefined;
	return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * unitSeconds[index], 0);
}

/** The time that lies a period ahead of another, or behind it. */
export function shifted(from: number, period: string, direction: 1 | -1): number | undefined {
	const seconds = periodOf(period);
	return seconds === undefined ? undefined : after(from, direction * seconds);
}

/** Milliseconds of an ISO time; null stays null. */
export function moment(time: string | null | undefined): number | null {
	return time ? Date.parse(time) : null;
}

/** Text as the value that it may stand for, as metadata filters compare both. */
export function cast(text: QueryValue): unknown {
	if (text === 'true' || text === 'false') return text === 'true';
	if (text === 'null') return null;
	return typeof text === 'string' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
