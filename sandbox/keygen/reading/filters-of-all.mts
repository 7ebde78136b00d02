import { related, usersOf } from '../state/relations.mts';
import { asList, nested } from '../wire/query.mts';
import { metadata, owner, relation, users } from './filter.mts';
import type { Filter } from './filter.mts';

const DAY = 86_400_000;

/** Filters that mean the same for every type. */
export const general: Record<string, Filter> = {
	metadata,
	product: relation('product'),
	policy: relation('policy'),
	license: relation('license'),
	machine: relation('machine', 'fingerprint'),
	group: relation('group'),
	release: relation('release'),
	package: relation('package', 'key'),
	engine: relation('engine', 'key'),
	platform: relation('platform', 'key'),
	arch: relation('arch', 'key'),
	channel: relation('channel', 'key'),
	owner: users(owner),
	user: users((call, item) => usersOf(call.world, related(call.world, item, 'license') ?? item)),
	status: (_, value) => (item) => item.facts.status === String(value).toUpperCase(),
	events: (_, value) => (item) => asList(value).includes(item.facts.event ?? ''),
	date: (_, value) => {
		const { start, end } = nested(value);
		return (item) =>
			(start === undefined || item.created >= Date.parse(String(start))) &&
			(end === undefined || item.created < Date.parse(String(end)) + DAY);
	},
};
