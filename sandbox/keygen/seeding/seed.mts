import { makeToken } from '../access/tokens.mts';
import { rules } from '../rules/by-type.mts';
import { hash } from '../secrets/passwords.mts';
import type { Facts } from '../state/facts.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { mapKeys, underscore } from '../wire/letter-case.mts';
import { findAnywhere } from './bearers.mts';
import { complete } from './completion.mts';
import { examples } from './examples.mts';
import { parents } from './needs.mts';
import type { Seed } from './needs.mts';

/** Puts resources into the world: defaults are filled in, parents made, nobody is told. */
export function seed(world: World, wanted: Seed): Item[] {
	const links = { ...wanted.relationships };
	for (const [name, parent] of parents[wanted.type] ?? [])
		links[name] ??= seed(world, parent)[0].id;
	return Array.from({ length: wanted.count ?? 1 }, (_, index) =>
		one(world, wanted, links, index + 1),
	);
}

function one(
	world: World,
	wanted: Seed,
	links: Record<string, string | null>,
	index: number,
): Item {
	const { type } = wanted;
	const now = world.clock.now();
	const created = wanted.created === undefined ? undefined : new Date(wanted.created).getTime();
	const number = world.store.count(type) + 1;
	const given: Facts = Object.fromEntries(
		Object.entries<unknown>({ ...wanted.attributes }).map(([name, value]) => [
			name,
			typeof value === 'string' ? value.replaceAll('{n}', String(index)) : value,
		]),
	);
	if (given.metadata) given.metadata = mapKeys(given.metadata, underscore);
	if (type === 'tokens')
		return makeToken(world, findAnywhere(world, links.bearer), given, wanted.environment);
	const facts = {
		...structuredClone(rules[type]?.defaults),
		...examples[type]?.(number),
		...given,
	};
	if (facts.password)
		Object.assign(facts, { passwordHash: hash(facts.password), password: undefined });
	const item = world.store.add(
		{
			type,
			id: index === 1 ? wanted.id : undefined,
			created,
			environment: wanted.environment,
			facts,
			links: { ...links },
		},
		now,
	);
	complete[type]?.(world, item);
	world.store.touch(item, item.created);
	return item;
}
