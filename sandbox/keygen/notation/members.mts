import { refuse } from '../refusals/problems.mts';
import { camelize, canonical, mapKeys, underscore } from '../wire/letter-case.mts';
import { singular } from '../wire/names.mts';
import { mismatch, misfit, stored } from './misfits.mts';
import type { Conditions, Field, Shape } from './notation.mts';

/** Deepest nesting of objects and lists inside metadata. */
const METADATA_DEPTH = 2;

/** Tells whether a member with conditions may be sent in this request. */
export type Permits = (conditions: Conditions) => boolean;

export type Members = Record<string, unknown>;

/**
 * Reads fields by their canonical names. Throws a 400 with a pointer for the first one that is
 * unknown, missing, not permitted or of a wrong type. Null in an optional member that may not be
 * null counts as left out.
 */
export function readFields(
	shape: Shape<Field>,
	given: Members,
	at: string,
	permits: Permits,
): Record<string, unknown> {
	const known = named(
		given,
		at,
		shape.members.map((field) => field.name),
	);
	const result: Record<string, unknown> = {};
	for (const field of shape.members) {
		const pointer = `${at}/${field.name}`;
		if (!(field.name in known)) {
			if (!field.optional) missing(pointer);
			continue;
		}
		if (!permits(field)) unpermitted(pointer);
		const value = known[field.name];
		if (value === null && field.optional && !field.nullable && field.kind !== 'any') continue;
		const wrong = misfit(field, value);
		if (wrong) refuse(400, wrong.complaint, { pointer: pointer + wrong.at });
		result[field.name] = readValue(field, stored(field, value), pointer, permits);
	}
	return result;
}

/** A value that fits its field: objects with known members and metadata are looked into. */
function readValue(field: Field, value: unknown, pointer: string, permits: Permits): unknown {
	if (field.members && value !== null) {
		return readFields(
			{ optional: false, members: field.members },
			value as Members,
			pointer,
			permits,
		);
	}
	if (field.name !== 'metadata') return value;
	refuseDeepNesting(value, pointer, 0);
	return mapKeys(value, underscore);
}

/** Refuses the first object or list that lies too deep, by its own pointer. */
function refuseDeepNesting(value: unknown, pointer: string, depth: number): void {
	if (value === null || typeof value !== 'object') return;
	if (depth > METADATA_DEPTH)
		refuse(400, `maximum depth of ${METADATA_DEPTH} exceeded`, { pointer });
	for (const [key, inner] of Object.entries(value))
		refuseDeepNesting(inner, `${pointer}/${key}`, depth + 1);
}

/** Members under canonical names; refuses the first that is not among `allowed`. */
export function named(given: Members, at: string, allowed: string[]): Members {
	const result: Members = {};
	for (const [key, value] of Object.entries(given)) {
		const name = canonical(key);
		if (!allowed.includes(name)) unpermitted(`${at}/${camelize(key)}`);
		result[name] = value;
	}
	return result;
}

/** `type` may be singular or plural, dashed, underscored or camelized. */
export function checkType(type: unknown, types: string[], pointer: string): string {
	if (type === undefined) missing(pointer);
	if (typeof type !== 'string') refuse(400, mismatch(type, 'string'), { pointer });
	const found = types.find((plural) =>
		[canonical(plural), canonical(singular(plural))].includes(canonical(type)),
	);
	return found ?? refuse(400, 'is invalid', { pointer });
}

/** The value as an object; throws a 400 when it is none. */
export function object(value: unknown, pointer: string): Members {
	if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Members;
	const complaint = value === null ? 'cannot be null' : mismatch(value, 'object');
	return refuse(400, complaint, { pointer: pointer || '/' });
}

export function unpermitted(pointer: string): never {
	return refuse(400, 'unpermitted parameter', { pointer });
}

export function missing(pointer: string): never {
	return refuse(400, 'is missing', { pointer });
}
