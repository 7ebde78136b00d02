import type { Call } from '../../call/call.mts';
import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, relink, update } from '../../editing/changing.mts';
import { checkOutMachine, machineFile } from '../../handlers/check-out.mts';
import {
	offlineProof,
	pingMachine,
	pingProcess,
	refuseForeignParent,
	resetMachine,
} from '../../handlers/machines.mts';
import { ENVIRONMENT, oneOf } from '../../notation/linkages.mts';
import { list, member, members, show, showOne } from '../../reading/reading.mts';
import { mayJoinGroup } from '../../rules/licensing/groups.mts';
import { embeddedComponents } from '../../rules/licensing/machine-parts.mts';
import {
	countDeactivation,
	mayOwnMachine,
	refuseForeignMachine,
} from '../../rules/licensing/machines.mts';
import { checkOutMeta, checkOutQuery } from './licenses.mts';

const type = 'machines';
const actors = 'STAFF+,user,license';

const described =
	'name?: string|null; ip?: string|null; hostname?: string|null; platform?: string|null';
const capacity = (who: string) =>
	['cores', 'memory', 'disk'].map((name) => `${name}?: integer|null${who}`).join('; ');

const nested = (segment: string): Row[] => [
	row(`GET /machines/{machine_id}/${segment}`, 'CLIENTS', members(type, segment), {
		filters: 'status',
	}),
	row(`GET /machines/{machine_id}/${segment}/{id}`, 'CLIENTS', member(type, segment)),
];

const beforeCreation = (call: Call) => {
	refuseForeignMachine(call);
	return embeddedComponents(call);
};

export const machineRows: Row[] = [
	row('GET /machines', 'CLIENTS', list(type), {
		filters: 'metadata fingerprint ip hostname status product policy license key owner user group',
	}),
	row('GET /machines/{id}', 'CLIENTS', show(type)),
	row('POST /machines', 'STAFF,user,license', create(type, beforeCreation), {
		type,
		id: 'ANYONE',
		attributes: `fingerprint: string; ${described}; ${capacity('')}; metadata?: object (depth≤2)`,
		relationships: `license→{licenses}; owner?→{users}|null; user?→{users}|null (alias of owner); group?→{groups}|null (roles STAFF+); ${ENVIRONMENT}`,
		embedded: {
			components: {
				types: 'components',
				optional: true,
				attributes: 'fingerprint: string; name: string; metadata?: object (depth≤2)',
			},
		},
	}),
	row('PATCH|PUT /machines/{id}', actors, update(type), {
		type,
		id: 'ignored',
		attributes: `${described}; ${capacity(' (roles STAFF)')}; metadata?: object (roles STAFF; depth≤2)`,
	}),
	row('DELETE /machines/{id}', actors, destroy(type, 'deleted', countDeactivation)),
	...['ping', 'ping-heartbeat'].map((name) =>
		row(`POST /machines/{id}/actions/${name}`, actors, pingMachine),
	),
	...['reset', 'reset-heartbeat'].map((name) =>
		row(`POST /machines/{id}/actions/${name}`, 'STAFF+', resetMachine),
	),
	row('POST /machines/{id}/actions/check-out', actors, checkOutMachine, {
		meta: checkOutMeta,
		query: checkOutQuery,
	}),
	row('GET /machines/{id}/actions/check-out', actors, machineFile, { query: checkOutQuery }),
	row('POST /machines/{id}/actions/generate-offline-proof', actors, offlineProof, {
		meta: '? dataset: object (roles STAFF+)',
	}),
	row('GET /machines/{machine_id}/product', 'CLIENTS', showOne(type, 'product')),
	row('GET /machines/{machine_id}/license', 'CLIENTS', showOne(type, 'license')),
	row('GET /machines/{machine_id}/group', 'CLIENTS', showOne(type, 'group')),
	row(
		'PATCH|PUT /machines/{machine_id}/group',
		'STAFF+',
		relink(type, 'group', mayJoinGroup),
		oneOf('groups'),
	),
	row('GET /machines/{machine_id}/owner', 'CLIENTS', showOne(type, 'owner', true)),
	row(
		'PATCH|PUT /machines/{machine_id}/owner',
		'STAFF+',
		relink(type, 'owner', mayOwnMachine),
		oneOf('users'),
	),
	row('GET /machines/{machine_id}/user', 'CLIENTS', showOne(type, 'owner', true)),
	...nested('components'),
	...nested('processes'),
];

/** Read-only relationships of what belongs to a machine. */
const upward = (plural: string, id: string): Row[] =>
	['product', 'license', 'machine'].map((name) =>
		row(`GET /${plural}/{${id}}/${name}`, 'CLIENTS', showOne(plural, name)),
	);

const filters = 'product machine license owner user';
const parent = `machine→{machines}; ${ENVIRONMENT}`;

export const componentRows: Row[] = [
	row('GET /components', 'CLIENTS', list('components'), { filters }),
	row('GET /components/{id}', 'CLIENTS', show('components')),
	row('POST /components', actors, create('components', refuseForeignParent), {
		type: 'components',
		attributes: 'fingerprint: string; name: string; metadata?: object (depth≤2)',
		relationships: parent,
	}),
	row('PATCH|PUT /components/{id}', actors, update('components'), {
		type: 'components',
		id: 'ignored',
		attributes: 'name?: string; metadata?: object (roles STAFF+; depth≤2)',
	}),
	row('DELETE /components/{id}', actors, destroy('components')),
	...upward('components', 'component_id'),
];

export const processRows: Row[] = [
	row('GET /processes', 'CLIENTS', list('processes'), { filters: `${filters} status` }),
	row('GET /processes/{id}', 'CLIENTS', show('processes')),
	row('POST /processes', actors, create('processes', refuseForeignParent), {
		type: 'processes',
		id: 'ANYONE',
		attributes: 'pid: string; metadata?: object (depth≤2)',
		relationships: parent,
	}),
	row('PATCH|PUT /processes/{id}', actors, update('processes'), {
		type: 'processes',
		id: 'ignored',
		attributes: 'metadata?: object (roles STAFF+; depth≤2)',
	}),
	row('DELETE /processes/{id}', actors, destroy('processes')),
	row('POST /processes/{id}/actions/ping', actors, pingProcess),
	...upward('processes', 'process_id'),
];
