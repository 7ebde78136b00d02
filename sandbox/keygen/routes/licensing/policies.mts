import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, update } from '../../editing/changing.mts';
import { attach, detach, policyEntitlements } from '../../editing/joins.mts';
import { popPool } from '../../handlers/pool.mts';
import { ENVIRONMENT, manyOf, UP_TO_100 } from '../../notation/linkages.mts';
import { list, member, members, show, showOne } from '../../reading/reading.mts';

const type = 'policies';

/** Attributes that may change after creation. */
const changeable =
	'name?: string; duration?: integer|null; strict?: boolean; floating?: boolean; protected?: boolean; ' +
	'concurrent?: boolean (api<= 1.1); maxMachines?: integer|null; maxProcesses?: integer|null; maxUsers?: integer|null; ' +
	'maxCores?: integer|null; maxMemory?: integer|null; maxDisk?: integer|null; maxUses?: integer|null; ' +
	'fingerprintUniquenessStrategy?: string (api<= 1.3); fingerprintMatchingStrategy?: string (api<= 1.3); ' +
	'machineUniquenessStrategy?: string; machineMatchingStrategy?: string; componentUniquenessStrategy?: string; ' +
	'componentMatchingStrategy?: string; expirationStrategy?: string; expirationBasis?: string; renewalBasis?: string; ' +
	'transferStrategy?: string; authenticationStrategy?: string; leasingStrategy?: string (api<= 1.6); ' +
	'processLeasingStrategy?: string; machineLeasingStrategy?: string; overageStrategy?: string; requireProductScope?: boolean; ' +
	'requirePolicyScope?: boolean; requireMachineScope?: boolean; requireFingerprintScope?: boolean; requireComponentsScope?: boolean; ' +
	'requireUserScope?: boolean; requireChecksumScope?: boolean; requireVersionScope?: boolean; requireCheckIn?: boolean; ' +
	'checkInInterval?: string|null; checkInIntervalCount?: integer|null; heartbeatDuration?: integer|null; ' +
	'heartbeatCullStrategy?: string; heartbeatResurrectionStrategy?: string; heartbeatBasis?: string; requireHeartbeat?: boolean; ' +
	'metadata?: object (depth≤2)';

const nested = (segment: string, shown: string, filters = ''): Row[] => [
	row(`GET /policies/{policy_id}/${segment}`, 'READERS', members(type, segment, shown), {
		filters,
	}),
	row(`GET /policies/{policy_id}/${segment}/{id}`, 'READERS', member(type, segment, shown)),
];

export const policyRows: Row[] = [
	row('GET /policies', 'READERS', list(type), { filters: 'product' }),
	row('GET /policies/{id}', 'READERS', show(type)),
	row('POST /policies', 'PRIV', create(type), {
		type,
		attributes: `scheme?: string; encrypted?: boolean; usePool?: boolean; ${changeable}`,
		relationships: `product→{products}; ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /policies/{id}', 'PRIV', update(type), {
		type,
		id: 'ignored',
		attributes: changeable,
	}),
	row('DELETE /policies/{id}', 'PRIV', destroy(type)),
	row('GET /policies/{policy_id}/product', 'READERS', showOne(type, 'product')),
	...nested('licenses', 'licenses', 'product user suspended'),
	...nested('pool', 'keys'),
	row('DELETE /policies/{policy_id}/pool', 'PRIV', popPool),
	...nested('entitlements', 'entitlements'),
	row(
		'POST /policies/{policy_id}/entitlements',
		'PRIV',
		attach(policyEntitlements),
		manyOf('entitlements', UP_TO_100),
	),
	row(
		'DELETE /policies/{policy_id}/entitlements',
		'PRIV',
		detach(policyEntitlements),
		manyOf('entitlements', UP_TO_100),
	),
];
