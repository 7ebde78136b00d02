import type { Call } from '../call/call.mts';
import type { Item } from '../state/store.mts';
import { equals } from './filter.mts';
import { general } from './filters-of-all.mts';
import { special } from './filters-of-types.mts';

/** Keeps the items that pass every filter of the row found in the query, oldest first. */
export function applyFilters(call: Call, type: string, items: Item[]): Item[] {
	let rest = items;
	for (const name of (call.accepts.filters ?? '').split(' ')) {
		const value = call.query[name];
		if (name === '' || value === undefined) continue;
		const filter = special[`${type}.${name}`] ?? general[name] ?? equals(name);
		const test = filter(call, value);
		rest = test ? rest.filter(test) : [];
	}
	return rest;
}

/** Users are listed with the role `user` unless `roles[]` asks for others. */
export function withDefaultRoles(call: Call, items: Item[]): Item[] {
	return call.query.roles === undefined
		? items.filter((user) => user.facts.role === 'user')
		: items;
}
