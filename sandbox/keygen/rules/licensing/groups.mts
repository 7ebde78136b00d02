import type { Call } from '../../call/call.mts';
import { refuseAll, unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import type { Item } from '../../state/store.mts';
import { codeName, singular } from '../../wire/names.mts';
import type { Rules, Subject } from '../rules.mts';

const limits: Record<string, string> = {
	users: 'maxUsers',
	licenses: 'maxLicenses',
	machines: 'maxMachines',
};

/** Any number is a limit of a group, 0 and below included. */
export const groupRules: Rules = {
	defaults: { maxUsers: null, maxLicenses: null, maxMachines: null, metadata: {} },
};

/** One problem when the subject's group takes no more of its type. */
export function groupIsFull(call: Call, next: Subject, type: string): Problem[] {
	const group = call.world.store.get('groups', next.links.group);
	const limit = group?.facts[limits[type]];
	if (!group || typeof limit !== 'number') return [];
	const others = call.world.store
		.children(type, 'group', group.id)
		.filter((item) => item.id !== next.id);
	if (others.length < limit) return [];
	const word = singular(type);
	return [
		unprocessable(
			`${word} count has exceeded maximum allowed by current group (${limit})`,
			`GROUP_${codeName(word)}_LIMIT_EXCEEDED`,
			'/data/relationships/group',
		),
	];
}

/** Before a record moves to another group. */
export function mayJoinGroup(call: Call, item: Item, group: Item | undefined): void {
	if (!group) return;
	refuseAll(groupIsFull(call, { ...item, links: { ...item.links, group: group.id } }, item.type));
}
