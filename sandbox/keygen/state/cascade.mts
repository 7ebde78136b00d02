import type { Item, Store } from './store.mts';

/** What goes with a resource: type and the relationship by which it hangs on it. */
const dependents: Record<string, Array<[string, string]>> = {
	products: [
		['policies', 'product'],
		['packages', 'product'],
		['releases', 'product'],
		['tokens', 'bearer'],
		['webhook-endpoints', 'product'],
	],
	policies: [
		['licenses', 'policy'],
		['keys', 'policy'],
		['policy-entitlements', 'policy'],
	],
	licenses: [
		['machines', 'license'],
		['license-users', 'license'],
		['license-entitlements', 'license'],
		['tokens', 'bearer'],
	],
	machines: [
		['components', 'machine'],
		['processes', 'machine'],
	],
	users: [
		['licenses', 'owner'],
		['tokens', 'bearer'],
		['second-factors', 'user'],
		['license-users', 'user'],
		['group-owners', 'user'],
	],
	groups: [['group-owners', 'group']],
	entitlements: [
		['license-entitlements', 'entitlement'],
		['policy-entitlements', 'entitlement'],
		['constraints', 'entitlement'],
	],
	releases: [
		['artifacts', 'release'],
		['constraints', 'release'],
	],
	environments: [['tokens', 'bearer']],
};

/** Relationships that are emptied when the resource goes. */
const released: Record<string, Array<[string, string]>> = {
	groups: [
		['users', 'group'],
		['licenses', 'group'],
		['machines', 'group'],
	],
	users: [['machines', 'owner']],
	packages: [['releases', 'package']],
};

/** Removes a resource and, without telling anybody, all that belongs to it. */
export function removeAll(store: Store, item: Item): void {
	store.remove(item);
	for (const [type, link] of dependents[item.type] ?? []) {
		for (const child of store.children(type, link, item.id)) removeAll(store, child);
	}
	for (const [type, link] of released[item.type] ?? []) {
		for (const child of store.children(type, link, item.id)) child.links[link] = null;
	}
}
