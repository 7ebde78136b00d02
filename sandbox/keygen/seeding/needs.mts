/** A resource to be put there without asking the rules. */
export interface Seed {
	type: string;
	id?: string;
	/** That many of them; attributes that are text may hold `{n}`, the number from 1. */
	count?: number;
	attributes?: object;
	/** To-one relationships: name to id. What a type needs and the seed leaves out is made up. */
	relationships?: Record<string, string | null>;
	/** Id of the environment. */
	environment?: string | null;
	/** ISO date or milliseconds. */
	created?: string | number;
}

/** What a type cannot be without. */
export const parents: Record<string, Array<[string, Seed]>> = {
	policies: [['product', { type: 'products' }]],
	licenses: [['policy', { type: 'policies' }]],
	machines: [['license', { type: 'licenses', attributes: { maxMachines: 1_000_000 } }]],
	components: [['machine', { type: 'machines' }]],
	processes: [['machine', { type: 'machines' }]],
	keys: [['policy', { type: 'policies', attributes: { usePool: true } }]],
	packages: [['product', { type: 'products' }]],
	releases: [['product', { type: 'products' }]],
	artifacts: [['release', { type: 'releases' }]],
	constraints: [
		['release', { type: 'releases' }],
		['entitlement', { type: 'entitlements' }],
	],
	'license-entitlements': [
		['license', { type: 'licenses' }],
		['entitlement', { type: 'entitlements' }],
	],
	'policy-entitlements': [
		['policy', { type: 'policies' }],
		['entitlement', { type: 'entitlements' }],
	],
	'license-users': [
		['license', { type: 'licenses' }],
		['user', { type: 'users' }],
	],
	'group-owners': [
		['group', { type: 'groups' }],
		['user', { type: 'users' }],
	],
	'second-factors': [['user', { type: 'users' }]],
	tokens: [['bearer', { type: 'products' }]],
};
