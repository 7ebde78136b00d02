import type { Item } from '../state/store.mts';
import { nested } from '../wire/query.mts';
import type { QueryValue } from '../wire/query.mts';
import { isDateTime } from '../wire/values.mts';

const DAY = 86_400_000;

/** Comparisons by their names in a query, e.g. `activations[gte]=2`. */
export const comparisons: Record<string, (a: number, b: number) => boolean> = {
	eq: (a, b) => a === b,
	gt: (a, b) => a > b,
	gte: (a, b) => a >= b,
	lt: (a, b) => a < b,
	lte: (a, b) => a <= b,
};

/** `within`, `in`, `inside`, `outside` take durations; `before`, `after`, `on` take dates. */
export function timeTest(
	now: number,
	value: QueryValue,
	direction: 'past' | 'future',
	timeOf: (item: Item) => number | null,
) {
	const tests: Array<(time: number) => boolean> = [];
	for (const [name, given] of Object.entries(nested(value))) {
		const text = String(given);
		const span = durationOf(text);
		const date = dateOf(text);
		const reach = span === undefined ? undefined : now + (direction === 'future' ? span : -span);
		const between = (time: number) =>
			reach !== undefined &&
			(direction === 'future' ? time >= now && time <= reach : time <= now && time >= reach);
		if (['within', 'in', 'inside'].includes(name) && reach !== undefined) tests.push(between);
		else if (name === 'outside' && reach !== undefined) tests.push((time) => !between(time));
		else if (name === 'before' && date !== undefined) tests.push((time) => time < date);
		else if (name === 'after' && date !== undefined) tests.push((time) => time > date);
		else if (name === 'on' && date !== undefined)
			tests.push((time) => Math.floor(time / DAY) === Math.floor(date / DAY));
		else return undefined;
	}
	return (item: Item) => {
		const time = timeOf(item);
		return time !== null && tests.every((test) => test(time));
	};
}

const durationPattern =
	/^P?(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;
const unitSeconds = [31_556_952, 2_629_746, 604_800, 86_400, 3_600, 60, 1];

/** Milliseconds of an ISO 8601 duration, with or without its P, or of plain seconds. */
function durationOf(text: string): number | undefined {
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const match = durationPattern.exec(text);
	if (!match || text === '' || /^P?T?$/i.test(text)) return undefined;
	return (
		1000 *
		match.slice(1).reduce((sum, count, index) => sum + Number(count ?? 0) * unitSeconds[index], 0)
	);
}

function dateOf(text: string): number | undefined {
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	return isDateTime(text) ? Date.parse(text) : undefined;
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
