import type { Call, Handler } from '../row.mts';
import { seesAll, visible } from '../state/access.mts';
import { membersOf, related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { applyFilters, withDefaultRoles } from '../wire/filters.mts';
import { singular } from '../wire/members.mts';
import { paginate } from '../wire/paging.mts';
import { notFound } from '../wire/problems.mts';
import { find, findAmong } from './finding.mts';

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
		type === 'users' && call.row.filters?.includes('roles') ? withDefaultRoles(call, seen) : seen;
	return paginate(call, type, applyFilters(call, type, roled));
}

/** GET of one resource by id or alias. */
export function show(type: string, secrets = false): Handler {
	return (call) => ({ status: 200, data: find(call, type, call.params.id), secrets });
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
		if (!item && !optional) notFound(name, parent.id);
		return { status: 200, data: item ?? null };
	};
}

/** The resource that the path's first parameter names. */
export function parentOf(call: Call, type: string): Item {
	const name = `${singular(type).replace('-', '_')}_id`;
	return find(call, type, call.params[name] ?? call.params.id);
}
