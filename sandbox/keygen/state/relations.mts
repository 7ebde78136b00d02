import type { Item } from './store.mts';
import type { World } from './world.mts';

/** Type that a to-one relationship points at; `bearer` and `resource` keep theirs beside the id. */
const linkTypes: Record<string, string> = {
	product: 'products',
	policy: 'policies',
	license: 'licenses',
	machine: 'machines',
	group: 'groups',
	owner: 'users',
	user: 'users',
	release: 'releases',
	package: 'packages',
	entitlement: 'entitlements',
	environment: 'environments',
	endpoint: 'webhook-endpoints',
	engine: 'engines',
	platform: 'platforms',
	arch: 'arches',
	channel: 'channels',
	plan: 'plans',
};

/** How a type reaches what it does not point at itself. */
const ways: Record<string, Record<string, string>> = {
	licenses: { product: 'policy.product' },
	machines: { product: 'license.policy.product', policy: 'license.policy' },
	components: {
		license: 'machine.license',
		product: 'machine.license.policy.product',
		policy: 'machine.license.policy',
	},
	processes: {
		license: 'machine.license',
		product: 'machine.license.policy.product',
		policy: 'machine.license.policy',
	},
	keys: { product: 'policy.product' },
	releases: { engine: 'package.engine' },
	artifacts: {
		product: 'release.product',
		package: 'release.package',
		channel: 'release.channel',
		engine: 'release.package.engine',
	},
	constraints: { product: 'release.product' },
	'webhook-events': { product: 'endpoint.product' },
	'license-entitlements': { product: 'license.policy.product' },
	'license-users': { product: 'license.policy.product' },
	'policy-entitlements': { product: 'policy.product' },
};

/** The type of what `item` has under a to-one relationship. */
export function typeOfLink(item: Item, name: string): string {
	const own = item.facts[`${name}Type`];
	return typeof own === 'string' ? own : linkTypes[name];
}

/** The resource that `item` has under a to-one relationship, however many steps away. */
export function related(world: World, item: Item, name: string): Item | undefined {
	if (item.type === 'products' && name === 'product') return item;
	const way = name in item.links ? undefined : ways[item.type]?.[name];
	if (!way) return world.store.get(typeOfLink(item, name), item.links[name]);
	let at: Item | undefined = item;
	for (const step of way.split('.')) at = at && related(world, at, step);
	return at;
}

/** What `item` cannot be without, e.g. the policy of a license. Throws when it is not there. */
export function mustHave(world: World, item: Item, name: string): Item {
	const found = related(world, item, name);
	if (!found) throw new Error(`${item.type} ${item.id} has no ${name}`);
	return found;
}

/** Users of a license: its owner and those attached, oldest first. */
export function usersOf(world: World, license: Item): Item[] {
	const ids = new Set(
		world.store.children('license-users', 'license', license.id).map((join) => join.links.user),
	);
	if (license.links.owner) ids.add(license.links.owner);
	return existing(world, 'users', ids);
}

/** Licenses that a user owns or is attached to, oldest first. */
export function licensesOf(world: World, user: Item): Item[] {
	const ids = new Set(
		world.store.children('license-users', 'user', user.id).map((join) => join.links.license),
	);
	for (const license of world.store.children('licenses', 'owner', user.id)) ids.add(license.id);
	return existing(world, 'licenses', ids);
}

/** Entitlements of a license, its own and those of its policy. */
export function entitlementsOf(world: World, license: Item): Item[] {
	const own = world.store.children('license-entitlements', 'license', license.id);
	const inherited = world.store.children(
		'policy-entitlements',
		'policy',
		license.links.policy ?? '',
	);
	return existing(
		world,
		'entitlements',
		new Set([...own, ...inherited].map((join) => join.links.entitlement)),
	);
}

function existing(world: World, type: string, ids: Iterable<string | null>): Item[] {
	const found = [...ids]
		.map((id) => world.store.get(type, id))
		.filter((item) => item !== undefined);
	return found.sort((a, b) => a.created - b.created || a.seq - b.seq);
}

type Members = (world: World, parent: Item) => Item[];

const perLicense =
	(type: string): Members =>
	(world, user) =>
		licensesOf(world, user).flatMap((license) => world.store.children(type, 'license', license.id));

const ofProduct =
	(type: string): Members =>
	(world, product) =>
		world.store.all(type).filter((item) => related(world, item, 'product') === product);

/** Engines, platforms, arches and channels that a product's packages, artifacts and releases use. */
const usedBy =
	(link: string, type: string): Members =>
	(world, product) =>
		unique(ofProduct(type)(world, product).map((item) => related(world, item, link)));

const through =
	(type: string, link: string, far: string): Members =>
	(world, parent) =>
		unique(world.store.children(type, link, parent.id).map((join) => related(world, join, far)));

const special: Record<string, Members> = {
	'products/licenses': ofProduct('licenses'),
	'products/machines': ofProduct('machines'),
	'products/artifacts': ofProduct('artifacts'),
	'products/users': (world, product) =>
		unique(ofProduct('licenses')(world, product).flatMap((license) => usersOf(world, license))),
	'products/engines': usedBy('engine', 'packages'),
	'products/platforms': usedBy('platform', 'artifacts'),
	'products/arches': usedBy('arch', 'artifacts'),
	'products/channels': usedBy('channel', 'releases'),
	'policies/pool': (world, policy) => world.store.children('keys', 'policy', policy.id),
	'policies/entitlements': through('policy-entitlements', 'policy', 'entitlement'),
	'users/products': (world, user) =>
		unique(licensesOf(world, user).map((license) => related(world, license, 'product'))),
	'users/licenses': licensesOf,
	'users/machines': perLicense('machines'),
	'licenses/users': usersOf,
	'licenses/entitlements': entitlementsOf,
	'releases/entitlements': through('constraints', 'release', 'entitlement'),
	'groups/owners': (world, group) => world.store.children('group-owners', 'group', group.id),
	'users/second-factors': (world, user) => world.store.children('second-factors', 'user', user.id),
};

const links: Record<string, string> = {
	products: 'product',
	policies: 'policy',
	users: 'user',
	licenses: 'license',
	machines: 'machine',
	groups: 'group',
	releases: 'release',
	environments: 'environment',
};

/** What a nested list such as `/licenses/{id}/machines` holds, oldest first. */
export function membersOf(world: World, parent: Item, segment: string): Item[] {
	const members = special[`${parent.type}/${segment}`];
	if (members) return members(world, parent);
	return world.store.children(
		segment,
		segment === 'tokens' ? 'bearer' : links[parent.type],
		parent.id,
	);
}

function unique(items: Array<Item | undefined>): Item[] {
	return [...new Set(items.filter((item) => item !== undefined))];
}
