import { isDateTime, isUuid } from '../wire/values.mts';
import type { Field } from './notation.mts';

const checks: Record<string, (value: unknown) => boolean> = {
	string: (value) => typeof value === 'string',
	integer: (value) => Number.isInteger(value),
	boolean: (value) => typeof value === 'boolean',
	datetime: isDateTime,
	date: isDateTime,
	uuid: isUuid,
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	array: Array.isArray,
	any: () => true,
};

/** A sentence about what is wrong with `value`, or undefined when it fits the field. */
export function misfit(field: Field, value: unknown): string | undefined {
	if (value === null)
		return field.nullable || field.kind === 'any' ? undefined : 'must not be null';
	if (field.list) {
		if (!Array.isArray(value)) return `must be an array, not ${kindOf(value)}`;
		const wrong = value.find((entry) => !checks[field.kind](entry));
		return wrong === undefined ? undefined : `must hold only values of type ${field.kind}`;
	}
	if (!checks[field.kind](value)) return `must be of type ${field.kind}, not ${kindOf(value)}`;
	if (field.choices && !field.choices.includes(value as string))
		return `must be one of: ${field.choices.join(', ')}`;
	return undefined;
}

/** Levels of nesting: `{a: 1}` is 1, `{a: {b: 1}}` and `{a: [1]}` are 2. */
export function depthOf(value: unknown): number {
	if (value === null || typeof value !== 'object') return 0;
	return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}
