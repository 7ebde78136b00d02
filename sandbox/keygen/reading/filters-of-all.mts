import { channels } from '../state/enums.mts';
import { related, usersOf } from '../state/relations.mts';
import { asList } from '../wire/query.mts';
import { metadata, owner, relation, users } from './filter.mts';
import type { Filter } from './filter.mts';
import { dates } from './log-filters.mts';

/** Filters that mean the same for every type. */
export const general: Record<string, Filter> = {
	metadata,
	product: relation('product'),
	policy: relation('policy'),
	license: relation('license'),
	machine: relation('machine'),
	group: relation('group'),
	release: relation('release'),
	package: relation('package', 'key'),
	engine: relation('engine', 'key'),
	platform: relation('platform', 'key'),
	arch: relation('arch', 'key'),
	channel: ({ world }, value) => {
		// Each channel includes the stabler ones; dev stands alone.
		const name = String(value).toLowerCase();
		const at = channels.indexOf(name);
		const reach = name === 'dev' ? [name] : channels.slice(0, at + 1);
		return (item) => reach.includes(related(world, item, 'channel')?.facts.key ?? '');
	},
	owner: users(owner),
	user: users((call, item) => usersOf(call.world, related(call.world, item, 'license') ?? item)),
	status: (_, value) => (item) => item.facts.status === String(value).toUpperCase(),
	events: (_, value) => (item) => asList(value).includes(item.facts.event ?? ''),
	date: dates,
};
