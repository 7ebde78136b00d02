import { visible } from '../access/visibility.mts';
import type { Call, Handler } from '../call/call.mts';
import { paginate } from '../reading/paging.mts';
import { views } from '../records/views.mts';
import { refuse } from '../refusals/problems.mts';
import { related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { camelize, canonical, underscore } from '../wire/letter-case.mts';
import { singular } from '../wire/names.mts';

const LEAST_LETTERS = 3;

/** What each type can be searched by. */
const searchable: Record<string, string> = {
	entitlements: 'id code name',
	groups: 'id name',
	licenses: 'id key name metadata owner user product policy',
	machines: 'id fingerprint name metadata license owner user product policy',
	policies: 'id name metadata product',
	products: 'id name metadata',
	releases: 'id version tag metadata product',
	users: 'id email firstName lastName fullName name metadata role',
	'request-logs': 'requestor resource ip method url status',
};

/** POST /search: resources of one type whose attributes contain what the query says. */
export const search: Handler = (call) => {
	const { type = '', op = 'AND', query = {} } = call.body.meta;
	const plural = Object.keys(searchable).find((name) =>
		[canonical(name), canonical(singular(name))].includes(canonical(type)),
	);
	if (!plural) return refuse(400, 'is not a type that can be searched', { pointer: '/meta/type' });
	if (op !== 'AND' && op !== 'OR') refuse(400, 'is AND or OR', { pointer: '/meta/op' });
	const terms = Object.entries(query).map(([key, value]) => termOf(plural, canonical(key), value));
	const all = call.world.store.all(plural).filter((item) => visible(call, item));
	const found = all.filter((item) =>
		op === 'OR' ? terms.some((term) => term(call, item)) : terms.every((term) => term(call, item)),
	);
	return paginate(call, plural, found);
};

type Term = (call: Call, item: Item) => boolean;

function termOf(type: string, key: string, value: unknown): Term {
	const pointer = `/meta/query/${key}`;
	if (!searchable[type].split(' ').includes(key))
		return refuse(400, 'cannot be searched by', { pointer });
	if (key === 'metadata') return metadataTerm(value, pointer);
	if (typeof value !== 'string') return refuse(400, 'must be a string', { pointer });
	if (value.length < LEAST_LETTERS)
		refuse(400, `must have at least ${LEAST_LETTERS} characters`, { pointer });
	const wanted = value.toLowerCase();
	const contains = (text: unknown) =>
		text !== null && text !== undefined && String(text).toLowerCase().includes(wanted);
	return ({ world }, item) => {
		if (key === 'id') return item.id.startsWith(wanted);
		const target = related(world, item, key === 'user' ? 'owner' : key);
		if (target)
			return [target.id, target.facts.name, target.facts.email, target.facts.key].some(contains);
		return contains(
			key === 'name' && type === 'users'
				? fullName(item)
				: (views[type].computed?.[key]?.(world, item) ?? item.facts[key]),
		);
	};
}

function metadataTerm(value: unknown, pointer: string): Term {
	if (typeof value !== 'object' || value === null)
		return refuse(400, 'must be an object', { pointer });
	const pairs = Object.entries(value);
	return (_, item) =>
		pairs.every(([key, wanted]) => item.facts.metadata?.[underscore(camelize(key))] === wanted);
}

function fullName({ facts }: Item): string {
	return [facts.firstName, facts.lastName].filter(Boolean).join(' ');
}
