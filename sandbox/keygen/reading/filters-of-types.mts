import type { Call } from '../call/call.mts';
import { broken } from '../refusals/problems.mts';
import { isOlder } from '../state/api-versions.mts';
import { heartbeatOf } from '../standing/heartbeat.mts';
import { hasStatus, isExpired, isExpiring, machinesOf, userStatus } from '../standing/licenses.mts';
import { licensesOf, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { canonical } from '../wire/letter-case.mts';
import { asList, nested } from '../wire/query.mts';
import { equals, flag, relation } from './filter.mts';
import type { Filter } from './filter.mts';
import { polymorphic } from './log-filters.mts';
import { activations, activity, expired, expires } from './license-times.mts';

const alive: Filter = ({ world }, value) => {
	const wanted = String(value).toUpperCase();
	return (item) =>
		(wanted === 'ALIVE' || wanted === 'DEAD') &&
		(heartbeatOf(world, item).status === 'DEAD') === (wanted === 'DEAD');
};

/** Releases without constraints, and those all of whose constraints are among the codes. */
const allowedBy: Filter =
	({ world }, value) =>
	(item) => {
		const needed = world.store
			.children('constraints', 'release', item.id)
			.map((join) => related(world, join, 'entitlement')?.facts.code);
		return needed.every((code) => asList(value).includes(code ?? ''));
	};

/** What artifacts tell today was a filter of releases in API 1.0; later versions ignore it. */
const byOldVersionOnly =
	(name: string): Filter =>
	(call, value) =>
		isOlder(call.version, '1.1') ? equals(name)(call, value) : () => true;

/** Components and processes by the ID of the user who owns their machine. */
const machineOwner: Filter =
	({ world }, value) =>
	(item) =>
		related(world, item, 'machine')?.links.owner === value;

/** To be one of a license's further users does not count. */
const owns = ({ world }: Call, user: Item) =>
	world.store.children('licenses', 'owner', user.id).length > 0;

/** Filters that a type has alone, or reads in its own way. */
export const special: Record<string, Filter> = {
	'tokens.bearer': ({ world }, value) => {
		const { id } = nested(value);
		const type =
			nested(value).type === undefined ? undefined : canonical(String(nested(value).type));
		const roles = asList(nested(value).role);
		return (item) => {
			const bearer = related(world, item, 'bearer');
			const typed =
				type === undefined || `${bearer?.type}`.replace(/s$/, '') === type.replace(/s$/, '');
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
	'users.assigned': flag(owns),
	'users.active': flag(owns),
	'licenses.status':
		({ world }, value) =>
		(item) =>
			hasStatus(world, item, String(value).toUpperCase()),
	'licenses.suspended': flag((_, item) => item.facts.suspended === true),
	'licenses.expiring': flag(({ world }, item) => isExpiring(world, item)),
	'licenses.assigned': flag(({ world }, item) => usersOf(world, item).length > 0),
	'licenses.unassigned': flag(({ world }, item) => usersOf(world, item).length === 0),
	'licenses.activated': flag(({ world }, item) => machinesOf(world, item).length > 0),
	'licenses.machine':
		({ world }, value) =>
		(item) =>
			machinesOf(world, item).some((machine) => machine.id === value),
	'licenses.expires': expires,
	'licenses.expired': (call, value) =>
		typeof value === 'string'
			? flag(({ world }, item) => isExpired(world, item))(call, value)
			: expired(call, value),
	'licenses.activity': activity,
	'licenses.activations': activations,
	'machines.status': alive,
	'processes.status': alive,
	'machines.key': relation('license', 'key'),
	// The service trips over this one whatever it says.
	'components.status': () => broken(),
	'packages.engine': relation('engine', 'key'),
	'releases.version': byOldVersionOnly('version'),
	'releases.filetype': byOldVersionOnly('filetype'),
	'releases.platform': byOldVersionOnly('platform'),
	'releases.arch': byOldVersionOnly('arch'),
	'components.owner': machineOwner,
	'processes.owner': machineOwner,
	'artifacts.release': relation('release', 'version'),
	'releases.yanked': flag((_, item) => item.facts.status === 'YANKED'),
	'releases.entitlements': allowedBy,
	'releases.constraints': allowedBy,
	'request-logs.status': (_, value) => (item) => String(item.facts.status) === value,
	'event-logs.resource': polymorphic('resource'),
	'request-logs.resource': polymorphic('resource'),
	'event-logs.whodunnit': polymorphic('whodunnit'),
	'request-logs.requestor': polymorphic('requestor'),
};
