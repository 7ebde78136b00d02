import { heartbeatOf } from '../standing/heartbeat.mts';
import {
	isExpired,
	isExpiring,
	lastUse,
	licenseStatus,
	machinesOf,
	userStatus,
} from '../standing/licenses.mts';
import { licensesOf, related } from '../state/relations.mts';
import { asList, nested, plain } from '../wire/query.mts';
import { comparisons, moment, timeTest } from './filter-values.mts';
import { flag, owner, relation } from './filter.mts';
import type { Filter } from './filter.mts';

const alive: Filter = ({ world }, value) => {
	const wanted = String(value).toUpperCase();
	return (item) =>
		(wanted === 'ALIVE' || wanted === 'DEAD') &&
		(heartbeatOf(world, item).status === 'DEAD') === (wanted === 'DEAD');
};

/** Filters that a type has alone, or reads in its own way. */
export const special: Record<string, Filter> = {
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
