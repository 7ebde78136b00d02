import { seesAll, visible } from '../access/visibility.mts';
import type { Call, Handler } from '../call/call.mts';
import { findAmong, parentOf } from '../call/finding.mts';
import { noneFound } from '../refusals/not-found.mts';
import { membersOf, related, typeOfLink } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { applyFilters, withDefaultRoles } from './filters.mts';
import { findNarrowed } from './narrowing.mts';
import { paginate } from './paging.mts';

/** GET of a collection: what the bearer may see, filtered and paged. */
export function list(type: string): Handler {
	return (call) => page(call, type, call.world.store.all(type));
}

/** GET of the members of a parent, e.g. the machines of a license. */
export function members(parentType: string, segment: string, type = segment): Handler {
	return (call) => page(call, type, membersOf(call.world, parentOf(call, parentType), segment));
}

function page(call: Call, type: string, all: Item[]) {
	const seen = seesAll(call) ? all : all.filter((item) => visible(call, item));
	const roled =
		type === 'users' && call.accepts.filters?.includes('roles')
			? withDefaultRoles(call, seen)
			: seen;
	return paginate(call, type, applyFilters(call, type, roled));
}

/** GET of one resource by id or alias. */
export function show(type: string, secrets = false): Handler {
	return (call) => ({ status: 200, data: findNarrowed(call, type, call.params.id), secrets });
}

export function member(parentType: string, segment: string, type = segment): Handler {
	return (call) => ({
		status: 200,
		data: findAmong(
			call,
			type,
			call.params.id,
			membersOf(call.world, parentOf(call, parentType), segment),
		),
	});
}

/** GET of a to-one relationship, e.g. the policy of a license. `optional` ones may be null. */
export function showOne(parentType: string, name: string, optional = false): Handler {
	return (call) => {
		const parent = parentOf(call, parentType);
		const item = related(call.world, parent, name);
		if (!item && !optional) noneFound(typeOfLink(parent, name));
		return { status: 200, data: item ?? null };
	};
}
