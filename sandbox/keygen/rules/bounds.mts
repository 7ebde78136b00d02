import { attribute } from '../refusals/phrases.mts';
import { unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';
import type { Facts } from '../state/facts.mts';
import { codeName } from '../wire/names.mts';

/** The largest numbers that the service's columns hold. */
export const INTEGER = 2_147_483_647;
export const LONG = 2 ** 63 - 1;

/** A number outside its bounds, in the words of the service. */
export function outside(name: string, detail: string): Problem {
	return unprocessable(detail, `${codeName(name)}_INVALID`, attribute(name));
}

/** Problems of an attribute that is a number: below `least` or above `most`. */
export function bounds(facts: Facts, name: string, least: number, most = INTEGER): Problem[] {
	const value = facts[name];
	if (typeof value !== 'number') return [];
	if (value < least) return [outside(name, `must be greater than or equal to ${least}`)];
	return value > most ? [outside(name, `must be less than or equal to ${most}`)] : [];
}

/** As `bounds`, for attributes that must be above 0. */
export function positive(facts: Facts, name: string): Problem[] {
	const value = facts[name];
	return typeof value === 'number' && value <= 0
		? [outside(name, 'must be greater than 0')]
		: bounds(facts, name, 1);
}
