import { render } from '../records/render.mts';
import type { Resource } from '../records/resource.mts';
import { entitlementsOf, mustHave, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';

export type Include = (world: World, item: Item) => Item[];

const one =
	(name: string): Include =>
	(world, item) =>
		[related(world, item, name)].filter((found) => found !== undefined);

const many =
	(of: Include): Include =>
	(world, item) =>
		of(world, item).reverse();

const environment: Include = (world, item) =>
	[world.store.get('environments', item.environment)].filter((found) => found !== undefined);

/** What a license file may hold beside the license, in the order in which it does. */
export const licenseIncludes: Record<string, Include> = {
	product: one('product'),
	policy: one('policy'),
	group: one('group'),
	owner: one('owner'),
	users: many(usersOf),
	entitlements: many(entitlementsOf),
	environment,
};

const ofLicense =
	(include: Include): Include =>
	(world, machine) =>
		include(world, mustHave(world, machine, 'license'));

/** What a machine file may hold beside the machine, in the order in which it does. */
export const machineIncludes: Record<string, Include> = {
	group: one('group'),
	license: one('license'),
	owner: one('owner'),
	components: many((world, machine) => world.store.children('components', 'machine', machine.id)),
	...Object.fromEntries(
		['product', 'policy', 'owner', 'users', 'entitlements'].map((name) => [
			`license.${name}`,
			ofLicense(licenseIncludes[name]),
		]),
	),
	environment,
};

/** To-many relations, which name their members where these are included. */
const lists = new Set(['users', 'entitlements', 'components']);

/** A record with what was asked for beside it, each record once; without any there is no list. */
export function withIncluded(
	world: World,
	item: Item,
	names: string[],
	known: Record<string, Include>,
	version: string,
): { data: Resource; included?: Resource[] } {
	const data = render(world, item, version);
	const found = new Set<Item>();
	for (const [name, include] of Object.entries(known)) {
		if (!names.includes(name)) continue;
		const items = include(world, item);
		for (const each of items) found.add(each);
		const relation = data.relationships?.[name] as { data?: unknown } | undefined;
		if (relation && lists.has(name)) relation.data = items.map(({ type, id }) => ({ type, id }));
	}
	if (found.size === 0) return { data };
	return { data, included: [...found].map((each) => render(world, each, version)) };
}
