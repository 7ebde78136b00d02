import type { Item } from '../state/store.mts';

/** Who makes a request: the role of a user, the kind of another bearer, or nobody. */
export type Role =
	| 'admin'
	| 'developer'
	| 'sales-agent'
	| 'support-agent'
	| 'read-only'
	| 'environment'
	| 'product'
	| 'user'
	| 'license'
	| 'none';

const staff = ['admin', 'developer', 'sales-agent', 'product', 'environment'];

/** Names for the groups of roles that the API's conditions speak of. */
const groups: Record<string, string[]> = {
	STAFF: staff,
	'STAFF+': [...staff, 'support-agent'],
	PRIV: ['admin', 'developer', 'product', 'environment'],
	ADMINS: ['admin', 'developer', 'environment'],
	READERS: [...staff, 'support-agent', 'read-only'],
	CLIENTS: [...staff, 'support-agent', 'read-only', 'user', 'license'],
	ANYONE: [...staff, 'support-agent', 'read-only', 'user', 'license', 'none'],
};

/** True when `role` is named in a list such as `PRIV` or `admin,developer,user`. */
export function isAmong(role: Role, list: string): boolean {
	return list
		.split(',')
		.some((name) => (groups[name] ? groups[name].includes(role) : name === role));
}

/** The role that a resource has as a bearer. */
export function roleOf(item: Item): Exclude<Role, 'none'> {
	return (item.type === 'users' ? item.facts.role : item.type.slice(0, -1)) as Exclude<
		Role,
		'none'
	>;
}
