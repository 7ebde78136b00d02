import type { Company, User } from './company.mts';

/** Keeper's numbers carry the enterprise in their upper half. */
const ENTERPRISE = 8560 * 2 ** 32;

export const ROOT_NODE = ENTERPRISE + 2;

const user = (number: number, name: string, more: Partial<User> = {}): User => ({
	id: ENTERPRISE + 100 + number,
	email: `${name.split(' ')[0]?.toLowerCase()}@northfield.example`,
	name,
	jobTitle: '',
	status: 'Active',
	lock: 'none',
	transfer: 'Transfer accepted',
	nodeId: ROOT_NODE,
	roleIds: [ENTERPRISE + 21],
	teamUids: [],
	queuedTeamUids: [],
	records: 12,
	invitations: 1,
	...more,
});

/** A small company with one of each case that commands distinguish. */
export function sampleCompany(): Company {
	return {
		name: 'Northfield',
		nodes: [
			{ id: ROOT_NODE, name: 'Northfield' },
			{ id: ENTERPRISE + 3, name: 'Sales', parentId: ROOT_NODE },
			{ id: ENTERPRISE + 4, name: 'Engineering', parentId: ROOT_NODE },
		],
		roles: [
			{
				id: ENTERPRISE + 20,
				name: 'Keeper Administrator',
				nodeId: ROOT_NODE,
				newUsers: false,
				admin: true,
			},
			{ id: ENTERPRISE + 21, name: 'Employee', nodeId: ROOT_NODE, newUsers: true, admin: false },
			{ id: ENTERPRISE + 22, name: 'Auditor', nodeId: ROOT_NODE, newUsers: false, admin: false },
		],
		teams: [
			{
				uid: 'tmA0pQzZ3yJ5cXv1nR8sKw',
				name: 'Field Sales',
				nodeId: ENTERPRISE + 3,
				restricts: { edit: false, share: false, view: false },
			},
			{
				uid: '-mB1qRaA4zK6dYw2oS9tLx',
				name: 'Platform',
				nodeId: ENTERPRISE + 4,
				restricts: { edit: true, share: false, view: false },
			},
		],
		users: [
			user(1, 'Ada Admin', { roleIds: [ENTERPRISE + 20] }),
			user(2, 'Ben Baker', { teamUids: ['tmA0pQzZ3yJ5cXv1nR8sKw'], jobTitle: 'Sales Lead' }),
			user(3, 'Cleo Clark', { nodeId: ENTERPRISE + 4 }),
			user(4, 'Dan Dole', { lock: 'admin' }),
			user(5, 'Eve Ellis', { status: 'Invited', transfer: 'Not required', records: 0 }),
			// 'reserved' is a word from which the service guesses an error.
			user(6, 'Ann Archer', { email: 'ann.reserved@northfield.example' }),
			user(7, 'Finn Frost', { transfer: 'Pending transfer' }),
		],
		tokens: [],
		events: [],
	};
}
