import type { Call } from '../call/call.mts';
import { heartbeatOf } from '../standing/heartbeat.mts';
import {
	isExpired,
	isExpiring,
	lastUse,
	licenseStatus,
	machinesOf,
	userStatus,
} from '../standing/licenses.mts';
import { licensesOf, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { underscore } from '../wire/letter-case.mts';
import { asList, nested, plain } from '../wire/query.mts';
import type { QueryValue } from '../wire/query.mts';
import { isUuid } from '../wire/values.mts';
import { cast, comparisons, moment, timeTest } from './filter-values.mts';

/** Makes the test of one filter value; undefined means a malformed value, which nothing matches. */
type Filter = (call: Call, value: QueryValue) => ((item: Item) => boolean) | undefined;

const DAY = 86_400_000;

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

const equals =
	(name: string): Filter =>
	(_, value) =>
	(item) =>
		item.facts[name] === value;

/** By the UUID of a related resource, or by its key attribute where one is given. */
const relation =
	(name: string, alias?: string): Filter =>
	({ world }, value) => {
		const wanted = plain(value);
		if (wanted === undefined || (!alias && !isUuid(wanted))) return undefined;
		return (item) => {
			const target = related(world, item, name);
			return (
				target !== undefined &&
				(target.id === wanted || (alias !== undefined && target.facts[alias] === wanted))
			);
		};
	};

const flag =
	(test: (call: Call, item: Item) => boolean): Filter =>
	(call, value) => {
		if (value !== 'true' && value !== 'false') return undefined;
		return (item) => test(call, item) === (value === 'true');
	};

const metadata: Filter = (_, value) => {
	const wanted = Object.entries(nested(value));
	return (item) =>
		wanted.every(([key, text]) => {
			const stored = item.facts.metadata?.[underscore(key)];
			return stored !== undefined && (stored === text || stored === cast(text));
		});
};

const users =
	(of: (call: Call, item: Item) => Item[]): Filter =>
	(call, value) => {
		const wanted = plain(value);
		return (item) =>
			of(call, item).some(
				(user) => user.id === wanted || user.facts.email === wanted?.toLowerCase(),
			);
	};

const owner = (call: Call, item: Item): Item[] => {
	const found = related(call.world, item, 'owner');
	return found ? [found] : [];
};

const general: Record<string, Filter> = {
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

const alive: Filter = ({ world }, value) => {
	const wanted = String(value).toUpperCase();
	return (item) =>
		(wanted === 'ALIVE' || wanted === 'DEAD') &&
		(heartbeatOf(world, item).status === 'DEAD') === (wanted === 'DEAD');
};

const special: Record<string, Filter> = {
	'tokens.bearer': ({ world }, value) => {
		const { type, id } = nested(value);
		const roles = asList(nested(value).role);
		return (item) => {
			const bearer = related(world, item, 'bearer');
			const typed =
				type === undefined ||
				`${bearer?.type}`.replace(/s$/, '') === String(type).replace(/s$/, '');
			const role = bearer?.facts.role ?? bearer?.type.slice(0, -1);
			return (
				typed &&
				(id === undefined || bearer?.id === id) &&
				(roles.length === 0 || roles.includes(role ?? ''))
			);
		};
	},
	'users.roles': (_, value) => (item) => asList(value).includes(item.facts.role ?? ''),
	'users.product':
		({ world }, value) =>
		(item) =>
			licensesOf(world, item).some((license) => related(world, license, 'product')?.id === value),
	'users.license':
		({ world }, value) =>
		(item) =>
			licensesOf(world, item).some((license) => license.id === value),
	'users.status':
		({ world }, value) =>
		(item) =>
			userStatus(world, item) === String(value).toUpperCase(),
	'users.assigned': flag(({ world }, item) => licensesOf(world, item).length > 0),
	'users.active': flag(({ world }, item) => licensesOf(world, item).length > 0),
	'licenses.status':
		({ world }, value) =>
		(item) =>
			licenseStatus(world, item) === String(value).toUpperCase(),
	'licenses.suspended': flag((_, item) => item.facts.suspended === true),
	'licenses.expiring': flag(({ world }, item) => isExpiring(world, item)),
	'licenses.assigned': flag((call, item) => owner(call, item).length > 0),
	'licenses.unassigned': flag((call, item) => owner(call, item).length === 0),
	'licenses.activated': flag(({ world }, item) => machinesOf(world, item).length > 0),
	'licenses.machine':
		({ world }, value) =>
		(item) =>
			machinesOf(world, item).some(
				(machine) => machine.id === value || machine.facts.fingerprint === value,
			),
	'licenses.expires': (call, value) =>
		timeTest(call.now, value, 'future', (item) => moment(item.facts.expiry)),
	'licenses.expired': (call, value) =>
		typeof value === 'string'
			? flag(({ world }, item) => isExpired(world, item))(call, value)
			: timeTest(call.now, value, 'past', (item) => moment(item.facts.expiry)),
	'licenses.activity': (call, value) => timeTest(call.now, value, 'past', lastUse),
	'licenses.activations': ({ world }, value) => {
		const bounds = Object.entries(nested(value));
		if (bounds.some(([name, text]) => !comparisons[name] || !/^\d+$/.test(String(text))))
			return undefined;
		return (item) =>
			bounds.every(([name, text]) =>
				comparisons[name](machinesOf(world, item).length, Number(text)),
			);
	},
	'machines.status': alive,
	'processes.status': alive,
	'machines.key': relation('license', 'key'),
	'components.status': () => () => true,
	'packages.engine': relation('engine', 'key'),
	'releases.yanked': flag((_, item) => item.facts.status === 'YANKED'),
	'releases.entitlements':
		({ world }, value) =>
		(item) => {
			const needed = world.store
				.children('constraints', 'release', item.id)
				.map((join) => related(world, join, 'entitlement')?.facts.code);
			return needed.every((code) => asList(value).includes(code ?? ''));
		},
	'releases.constraints':
		({ world }, value) =>
		(item) => {
			const needed = world.store
				.children('constraints', 'release', item.id)
				.map((join) => related(world, join, 'entitlement')?.facts.code);
			return asList(value).every((code) => needed.includes(code));
		},
	'request-logs.status': (_, value) => (item) => String(item.facts.status) === value,
	'event-logs.resource': (_, value) => (item) =>
		item.links.resource === (plain(value) ?? nested(value).id),
	'request-logs.resource': (_, value) => (item) =>
		item.links.resource === (plain(value) ?? nested(value).id),
	'event-logs.whodunnit': (_, value) => (item) =>
		item.links.whodunnit === (plain(value) ?? nested(value).id),
	'request-logs.requestor': (_, value) => (item) =>
		item.links.requestor === (plain(value) ?? nested(value).id),
};
