/** Relations that 'Include' can fetch: to one record of a JSON:API type, or to many. */
export const RELATIONS = {
	artifacts: 'many',
	components: 'many',
	constraints: 'many',
	entitlements: 'many',
	group: 'groups',
	license: 'licenses',
	licenses: 'many',
	machines: 'many',
	owner: 'users',
	package: 'packages',
	policy: 'policies',
	processes: 'many',
	product: 'products',
	products: 'many',
	users: 'many',
} as const;

export type RelationName = keyof typeof RELATIONS;
