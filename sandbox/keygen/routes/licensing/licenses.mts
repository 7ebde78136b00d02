import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, relink, update } from '../../editing/changing.mts';
import { attach, detach, licenseEntitlements, licenseUsers } from '../../editing/joins.mts';
import { checkOutLicense, licenseFile } from '../../handlers/check-out.mts';
import {
	checkIn,
	decrementUsage,
	incrementUsage,
	mayTransfer,
	quickValidate,
	reinstate,
	renew,
	resetUsage,
	suspend,
	validateById,
	validateKey,
} from '../../handlers/licenses.mts';
import { ENVIRONMENT, manyOf, oneOf, UP_TO_100 } from '../../notation/linkages.mts';
import { list, member, members, show, showOne } from '../../reading/reading.mts';
import { mayJoinGroup } from '../../rules/licensing/groups.mts';
import { mayChangeOwner, refuseForeignLicense } from '../../rules/licensing/licenses.mts';

const type = 'licenses';
const actors = 'STAFF+,user,license';

/** Attributes that only `who` may set; clients leave them to the policy. */
const restricted = (who: string) =>
	`protected?: boolean (roles ${who}); expiry?: datetime|null (roles ${who}); suspended?: boolean (roles ${who}); ` +
	['Machines', 'Cores', 'Memory', 'Disk', 'Uses', 'Processes', 'Users']
		.map((name) => `max${name}?: integer|null (roles ${who})`)
		.join('; ');
const permissions = 'permissions?: string[] (EE:permissions; roles PRIV)';

const scope =
	'scope?: object; scope.product?: string; scope.policy?: string; scope.user?: string|null (filled); scope.machine?: string; ' +
	'scope.fingerprint?: string; scope.fingerprints?: string[]; scope.components?: string[]; scope.entitlements?: string[]; ' +
	'scope.checksum?: string; scope.version?: string; scope.environment?: string|null (filled) (EE:environments)';

/** What a check-out may ask for, in the body or in the query. */
export const checkOutMeta =
	'? encrypt?: boolean; algorithm?: string|null; ttl?: any; include?: string[]';
export const checkOutQuery = 'encrypt?: any; algorithm?: string|null; ttl?: any; include?: array';

const nested = (segment: string, filters = ''): Row[] => [
	row(`GET /licenses/{license_id}/${segment}`, 'CLIENTS', members(type, segment), { filters }),
	row(`GET /licenses/{license_id}/${segment}/{id}`, 'CLIENTS', member(type, segment)),
];

const act = (name: string, by: string, run: Row['run'], rest: Partial<Row> = {}) =>
	row(`POST /licenses/{id}/actions/${name}`, by, run, rest);

export const licenseRows: Row[] = [
	row('GET /licenses', 'READERS,user', list(type), {
		filters:
			'metadata product policy owner user machine group status expires activity suspended expiring expired unassigned assigned activated activations',
	}),
	row('GET /licenses/{id}', 'CLIENTS', show(type)),
	row('POST /licenses', 'STAFF,user', create(type, refuseForeignLicense), {
		type,
		id: 'STAFF',
		attributes: `? name?: string|null; key?: string; ${restricted('STAFF')}; metadata?: object (depth≤2); ${permissions}`,
		relationships: `policy→{policies}; owner?→{users}|null; user?→{users}|null (alias of owner); group?→{groups}|null (roles STAFF+); ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /licenses/{id}', 'STAFF+', update(type), {
		type,
		id: 'ignored',
		attributes: `name?: string|null; ${restricted('STAFF+')}; metadata?: object (roles STAFF+; depth≤2); ${permissions}`,
	}),
	row('DELETE /licenses/{id}', 'STAFF,user', destroy(type)),
	act('validate', 'CLIENTS', validateById, { meta: `? nonce?: integer; ${scope}` }),
	row('GET /licenses/{id}/actions/validate', 'CLIENTS', quickValidate),
	row('POST /licenses/actions/validate-key', 'ANYONE', validateKey, {
		meta: `key: string; legacyEncrypted?: boolean; encrypted?: boolean; nonce?: integer; ${scope}`,
	}),
	act('suspend', 'STAFF+', suspend),
	act('reinstate', 'STAFF+', reinstate),
	act('renew', 'STAFF+,user', renew),
	row('DELETE /licenses/{id}/actions/revoke', 'STAFF+,user', destroy(type, 'revoked')),
	act('check-in', 'STAFF+,user,license', checkIn),
	act('check-out', actors, checkOutLicense, { meta: checkOutMeta, query: checkOutQuery }),
	row('GET /licenses/{id}/actions/check-out', actors, licenseFile, { query: checkOutQuery }),
	act('increment-usage', 'STAFF+,user,license', incrementUsage, { meta: '? increment?: integer' }),
	act('decrement-usage', 'STAFF', decrementUsage, { meta: '? decrement?: integer' }),
	act('reset-usage', 'STAFF', resetUsage),
	row('GET /licenses/{license_id}/product', 'CLIENTS', showOne(type, 'product')),
	row('GET /licenses/{license_id}/policy', 'CLIENTS', showOne(type, 'policy')),
	row(
		'PATCH|PUT /licenses/{license_id}/policy',
		'STAFF+,user',
		relink(type, 'policy', mayTransfer),
		oneOf('policies', false),
	),
	row('GET /licenses/{license_id}/group', 'CLIENTS', showOne(type, 'group')),
	row(
		'PATCH|PUT /licenses/{license_id}/group',
		'STAFF+',
		relink(type, 'group', mayJoinGroup),
		oneOf('groups'),
	),
	row('GET /licenses/{license_id}/owner', 'CLIENTS', showOne(type, 'owner', true)),
	row(
		'PATCH|PUT /licenses/{license_id}/owner',
		'STAFF+',
		relink(type, 'owner', mayChangeOwner),
		oneOf('users'),
	),
	...nested('users'),
	row(
		'POST /licenses/{license_id}/users',
		'STAFF+,user',
		attach(licenseUsers),
		manyOf('users', UP_TO_100),
	),
	row(
		'DELETE /licenses/{license_id}/users',
		'STAFF+,user',
		detach(licenseUsers),
		manyOf('users', UP_TO_100),
	),
	...nested('machines', 'fingerprint product user'),
	...nested('entitlements'),
	row(
		'POST /licenses/{license_id}/entitlements',
		'PRIV,sales-agent',
		attach(licenseEntitlements),
		manyOf('entitlements', UP_TO_100),
	),
	row(
		'DELETE /licenses/{license_id}/entitlements',
		'PRIV,sales-agent',
		detach(licenseEntitlements),
		manyOf('entitlements', UP_TO_100),
	),
	row('GET /licenses/{license_id}/user', 'CLIENTS', showOne(type, 'owner', true)),
	row(
		'PATCH|PUT /licenses/{license_id}/user',
		'STAFF+',
		relink(type, 'owner', mayChangeOwner),
		oneOf('users'),
	),
];
