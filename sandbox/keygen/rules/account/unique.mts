import type { Call } from '../../call/call.mts';
import { attribute, taken } from '../../refusals/phrases.mts';
import { unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import type { Item } from '../../state/store.mts';
import { codeName } from '../../wire/names.mts';
import { isUuid } from '../../wire/values.mts';
import type { Subject } from '../rules.mts';

/** A problem when another resource of the type has the same value. */
export function notUnique(
	call: Call,
	next: Subject,
	before: Item | undefined,
	name: string,
): Problem[] {
	const value = next.facts[name];
	if (value === null || value === undefined) return [];
	const others = call.world.store
		.where(next.type, name, value)
		.filter((item) => item !== before && item.environment === next.environment);
	return others.length > 0 ? [taken(name)] : [];
}

/** Problems of a code: one that another has in whatever case, or one that looks like an ID. */
export function codeProblems(call: Call, next: Subject, before: Item | undefined): Problem[] {
	const { code } = next.facts;
	if (typeof code !== 'string') return [];
	if (isUuid(code)) return [unprocessable('is invalid', 'CODE_INVALID', attribute('code'))];
	const others = call.world.store
		.all(next.type)
		.filter(
			(item) =>
				item !== before &&
				item.environment === next.environment &&
				item.facts.code?.toLowerCase() === code.toLowerCase(),
		);
	return others.length > 0 ? [taken('code')] : [];
}

/** A problem when an attribute is none of its choices. */
export function among(next: Subject, name: string, choices: string[], detail?: string): Problem[] {
	return choices.includes(String(next.facts[name]))
		? []
		: [
				unprocessable(
					detail ?? `must be one of: ${choices.join(', ')}`,
					`${codeName(name)}_NOT_ALLOWED`,
					attribute(name),
				),
			];
}
