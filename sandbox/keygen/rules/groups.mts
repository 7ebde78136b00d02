import type { Call } from '../call/call.mts';
import { tooSmall } from '../refusals/phrases.mts';
import { unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';
import { isBelow } from '../state/facts.mts';
import { codeName } from '../wire/names.mts';
import type { Rules, Subject } from './rules.mts';

const limits: Record<string, string> = {
	users: 'maxUsers',
	licenses: 'maxLicenses',
	machines: 'maxMachines',
};

export const groupRules: Rules = {
	defaults: { maxUsers: null, maxLicenses: null, maxMachines: null, metadata: {} },
	check: (_, { facts }) =>
		Object.values(limits)
			.filter((name) => isBelow(facts, name, 1))
			.map((name) => tooSmall(name, 1)),
};

/** One problem when the subject's group takes no more of its type. */
export function groupIsFull(call: Call, next: Subject, type: string): Problem[] {
	const group = call.world.store.get('groups', next.links.group);
	const limit = group?.facts[limits[type]];
	if (
		!group ||
		typeof limit !== 'number' ||
		call.world.store.children(type, 'group', group.id).length < limit
	)
		return [];
	const code = `GROUP_${codeName(type).slice(0, -1)}_LIMIT_EXCEEDED`;
	return [
		unprocessable(`the group already has ${limit} ${type}`, code, '/data/relationships/group'),
	];
}
