import { visible } from '../access/visibility.mts';
import { notFound } from '../refusals/not-found.mts';
import type { Item } from '../state/store.mts';
import { singular } from '../wire/names.mts';
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
	platforms: ['key'],
	arches: ['key'],
	channels: ['key'],
	settings: ['key'],
};

/** The resource that a path names by id or alias, among those the bearer may see. Throws 404. */
export function find(call: Call, type: string, name: string): Item {
	const item = lookUp(call, type, name);
	return item && visible(call, item) ? item : notFound(type, name);
}

/** As `find`, among the members of a parent. */
export function findAmong(call: Call, type: string, name: string, members: Item[]): Item {
	const item =
		members.find((member) => member.id === name) ??
		members.find((member) => answersTo(member, name));
	return item && visible(call, item) ? item : notFound(type, name);
}

/** The resource that the path's first parameter names. */
export function parentOf(call: Call, type: string): Item {
	const name = `${singular(type).replace('-', '_')}_id`;
	return find(call, type, call.params[name] ?? call.params.id);
}

function lookUp(call: Call, type: string, name: string): Item | undefined {
	const byId = isUuid(name) ? call.world.store.get(type, name.toLowerCase()) : undefined;
	if (byId) return byId;
	for (const alias of aliases[type] ?? []) {
		const value = alias === 'email' ? name.toLowerCase() : name;
		const found = call.world.store.where(type, alias, value).filter((item) => visible(call, item));
		// Among several the oldest wins; of artifacts it is the newest.
		if (found.length > 0) return type === 'artifacts' ? found[found.length - 1] : found[0];
	}
	return undefined;
}

function answersTo(item: Item, name: string): boolean {
	return (aliases[item.type] ?? []).some((alias) => item.facts[alias] === name);
}
