import { isDateTime, isUuid } from '../wire/values.mts';
import { readDate } from './dates.mts';
import type { Field } from './notation.mts';

const checks: Record<string, (value: unknown) => boolean> = {
	string: (value) => typeof value === 'string',
	integer: (value) => Number.isInteger(value),
	boolean: (value) => typeof value === 'boolean',
	// Anything passes: what cannot be read as a time counts as none.
	datetime: () => true,
	date: isDateTime,
	uuid: isUuid,
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	array: Array.isArray,
	any: () => true,
};

/** What is wrong with a value, and where in it when that is not the whole. */
export interface Misfit {
	complaint: string;
	/** Steps from the member to the place, e.g. `/0`. */
	at: string;
}

/** What is wrong with `value`, or undefined when it fits the field. */
export function misfit(field: Field, value: unknown): Misfit | undefined {
	const wrong = (complaint: string, at = '') => ({ complaint, at });
	if (value === null)
		return field.nullable || field.kind === 'any' ? undefined : wrong('cannot be null');
	if (field.list) {
		if (!Array.isArray(value)) return wrong(mismatch(value, 'array'));
		for (const [index, entry] of value.entries()) {
			if (!checks[field.kind](entry)) return wrong(mismatch(entry, field.kind), `/${index}`);
			if (isBlank(entry)) return wrong('cannot be blank', `/${index}`);
		}
		return undefined;
	}
	if (!checks[field.kind](value)) return wrong(mismatch(value, field.kind));
	if (isBlank(value) && field.kind === 'string' && (field.filled || !field.nullable))
		return wrong('cannot be blank');
	if (field.filled && field.kind === 'object' && Object.keys(value as object).length === 0)
		return wrong('cannot be blank');
	if (field.choices && !field.choices.includes(value as string)) return wrong('is invalid');
	return undefined;
}

/** The value as it is stored: a time as ISO text, everything else as sent. */
export function stored(field: Field, value: unknown): unknown {
	return field.kind === 'datetime' ? readDate(value) : value;
}

function isBlank(value: unknown): boolean {
	return typeof value === 'string' && value.trim() === '';
}

/** The sentence for a value of another kind than the one expected. */
export function mismatch(value: unknown, expected: string): string {
	const wanted = expected === 'uuid' ? 'UUID string' : expected;
	return `type mismatch (received ${kindOf(value)} expected ${wanted})`;
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float';
	return typeof value;
}
