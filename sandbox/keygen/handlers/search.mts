import { visible } from '../access/visibility.mts';
import type { Call, Handler } from '../call/call.mts';
import { paginate } from '../reading/paging.mts';
import { views } from '../records/views.mts';
import { broken, refuse } from '../refusals/problems.mts';
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
	const { type = '', query = {} } = call.body.meta;
	const op = (call.body.meta.op ?? 'AND').toUpperCase();
	const plural = Object.keys(searchable).find((name) =>
		[canonical(name), canonical(singular(name))].includes(canonical(type)),
	);
	if (!plural)
		return refuse(400, `search type '${type}' is not supported`, { pointer: '/meta/type' });
	if (op !== 'AND' && op !== 'OR') broken();
	// Logs are kept elsewhere, where a server may have nothing.
	if (plural === 'request-logs' && !call.world.edition.clickhouse) broken();
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
		return refuse(400, `search query '${key}' is not supported for resource type '${type}'`, {
			pointer,
		});
	if (key === 'metadata') return metadataTerm(value, pointer);
	if (value === null) return () => false;
	if (typeof value !== 'string') return broken();
	if (value.length < LEAST_LETTERS) tooSmall(key, pointer);
	const wanted = value.toLowerCase();
	const contains = (text: unknown) =>
		text !== null && text !== undefined && String(text).toLowerCase().includes(wanted);
	return ({ world }, item) => {
		if (key === 'id') return item.id.startsWith(wanted);
		// Keys are secrets: only the whole one finds its license.
		if (key === 'key') return item.facts.key === value;
		const target = related(world, item, key === 'user' ? 'owner' : key);
		if (target)
			return (
				target.facts.key === value ||
				[target.id, target.facts.name, target.facts.email].some(contains)
			);
		return contains(
			key === 'name' && type === 'users'
				? fullName(item)
				: (views[type].computed?.[key]?.(world, item) ?? item.facts[key]),
		);
	};
}

function tooSmall(key: string, pointer: string): never {
	return refuse(
		400,
		`search query for '${key}' is too small (minimum ${LEAST_LETTERS} characters)`,
		{ pointer },
	);
}

function metadataTerm(value: unknown, pointer: string): Term {
	if (typeof value !== 'object' || value === null)
		return refuse(400, "search query for 'metadata' must be a hash of key-value search terms", {
			pointer,
		});
	const pairs = Object.entries(value);
	for (const [key, wanted] of pairs)
		if (typeof wanted === 'string' && wanted.length < LEAST_LETTERS)
			tooSmall(key, `${pointer}/${key}`);
	return (_, item) =>
		pairs.every(([key, wanted]) => item.facts.metadata?.[underscore(camelize(key))] === wanted);
}

function fullName({ facts }: Item): string {
	return [facts.firstName, facts.lastName].filter(Boolean).join(' ');
}
