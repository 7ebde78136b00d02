import { visible } from '../access/visibility.mts';
import { notFound } from '../refusals/not-found.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { singular } from '../wire/names.mts';
import { compareSemver } from '../wire/semver.mts';
import { isUuid } from '../wire/values.mts';
import type { Call } from './call.mts';

/** Attributes that stand for an id in a path. */
const aliases: Record<string, string[]> = {
	products: ['code'],
	entitlements: ['code'],
	environments: ['code'],
	users: ['email'],
	licenses: ['key'],
	machines: ['fingerprint'],
	packages: ['key'],
	releases: ['version', 'tag'],
	artifacts: ['filename'],
	engines: ['key'],
	settings: ['key'],
};

/** Leaves those of several resources that a query narrows them down to. */
type Keep = (items: Item[]) => Item[];

/** The resource that a path names by id or alias, among those the bearer may see. Throws 404. */
export function find(call: Call, type: string, name: string, keep?: Keep): Item {
	const item = lookUp(call, type, name, keep);
	return item && visible(call, item) ? item : notFound(type, name);
}

/** Types that an alias names also below a parent; the others go by their id there. */
const secondAliases = new Set(['machines', 'licenses', 'users', 'releases', 'artifacts']);

/** As `find`, among the members of a parent. */
export function findAmong(call: Call, type: string, name: string, members: Item[]): Item {
	const byId = members.find((member) => member.id === name);
	const item =
		byId ??
		(secondAliases.has(type) ? members.find((member) => answersTo(member, name)) : undefined);
	return item && visible(call, item) ? item : notFound(type, name);
}

/** The resource that the path's first parameter names. */
export function parentOf(call: Call, type: string): Item {
	const name = `${singular(type).replace('-', '_')}_id`;
	return find(call, type, call.params[name] ?? call.params.id);
}

function lookUp(
	call: Call,
	type: string,
	name: string,
	keep: Keep = (items) => items,
): Item | undefined {
	const byId = isUuid(name) ? call.world.store.get(type, name.toLowerCase()) : undefined;
	if (byId) return keep([byId])[0];
	for (const alias of aliases[type] ?? []) {
		const value = alias === 'email' ? name.toLowerCase() : name;
		const all = call.world.store.where(type, alias, value).filter((item) => visible(call, item));
		const found = keep(all);
		// Among several the oldest wins; of artifacts that of the newest version.
		if (found.length > 0) return type === 'artifacts' ? newest(call, found) : found[0];
	}
	return undefined;
}

function newest(call: Call, artifacts: Item[]): Item {
	const versionOf = (item: Item) => mustHave(call.world, item, 'release').facts.semver;
	return artifacts.reduce((best, item) => {
		const [a, b] = [versionOf(best), versionOf(item)];
		return a && b && compareSemver(b, a) >= 0 ? item : best;
	});
}

function answersTo(item: Item, name: string): boolean {
	return (aliases[item.type] ?? []).some((alias) => item.facts[alias] === name);
}
