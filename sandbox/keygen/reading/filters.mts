import type { Call } from '../call/call.mts';
import { related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { QueryValue } from '../wire/query.mts';
import { equals } from './filter.mts';
import { general } from './filters-of-all.mts';
import { special } from './filters-of-types.mts';

/** Filters whose value is an object, a list, or either an object or text; all others take text. */
const forms: Record<string, Form[]> = {
	metadata: ['object'],
	date: ['object'],
	bearer: ['object'],
	'licenses.expires': ['object'],
	'licenses.expired': ['text', 'object'],
	'licenses.activity': ['object'],
	'licenses.activations': ['object'],
	'releases.entitlements': ['list'],
	'releases.constraints': ['list'],
	'users.roles': ['list'],
	events: ['list'],
	'event-logs.whodunnit': ['text', 'object'],
	'event-logs.resource': ['text', 'object'],
	'request-logs.requestor': ['text', 'object'],
	'request-logs.resource': ['text', 'object'],
};
type Form = 'text' | 'list' | 'object';

/** Filters for which a blank asks for records without one; everywhere else it asks for nothing. */
const without: Record<string, string[]> = {
	releases: ['package', 'engine'],
	artifacts: ['package', 'engine', 'filetype', 'platform', 'arch'],
};

/** Keeps the items that pass every filter of the row found in the query, oldest first. */
export function applyFilters(call: Call, type: string, items: Item[]): Item[] {
	let rest = items;
	for (const name of (call.accepts.filters ?? '').split(' ')) {
		const value = call.query[name];
		if (name === '' || value === undefined) continue;
		if (value === '' && without[type]?.includes(name)) {
			rest = rest.filter((item) => !item.facts[name] && !related(call.world, item, name));
			continue;
		}
		const own = forms[`${type}.${name}`] ?? forms[name] ?? ['text'];
		// A blank `yanked` still says no.
		const isNothing = isBlank(value) && name !== 'yanked';
		if (!own.includes(formOf(value)) || isNothing) continue;
		const filter = special[`${type}.${name}`] ?? general[name] ?? equals(name);
		const test = filter(call, value);
		rest = test ? rest.filter(test) : [];
	}
	return rest;
}

function formOf(value: QueryValue): Form {
	if (typeof value === 'string') return 'text';
	return Array.isArray(value) ? 'list' : 'object';
}

/** Blanks inside a value do not count either. */
function isBlank(value: QueryValue): boolean {
	return typeof value === 'string' ? value === '' : Object.values(value).every(isBlank);
}

/** Users are listed with the role `user` unless `roles[]` asks for others. */
export function withDefaultRoles(call: Call, items: Item[]): Item[] {
	return call.query.roles === undefined
		? items.filter((user) => user.facts.role === 'user')
		: items;
}
