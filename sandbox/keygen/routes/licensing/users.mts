import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, relink, update } from '../../editing/changing.mts';
import {
	addSecondFactor,
	banUser,
	deleteSecondFactor,
	forgotPassword,
	me,
	profile,
	resetPassword,
	showSecondFactor,
	unbanUser,
	updatePassword,
	updateSecondFactor,
} from '../../handlers/people.mts';
import { ENVIRONMENT, oneOf } from '../../notation/linkages.mts';
import { list, member, members, show, showOne } from '../../reading/reading.mts';
import { mayJoinGroup } from '../../rules/licensing/groups.mts';
import { refuseSignUp } from '../../rules/licensing/people.mts';

const type = 'users';
const roles =
	'role?: string ∈{user,admin,developer,sales-agent,support-agent,read-only} (roles admin)';
const permissions = 'permissions?: string[] (EE:permissions; roles PRIV)';

const nested = (segment: string, filters = ''): Row[] => [
	row(`GET /users/{user_id}/${segment}`, 'CLIENTS', members(type, segment), { filters }),
	row(`GET /users/{user_id}/${segment}/{id}`, 'CLIENTS', member(type, segment)),
];

export const userRows: Row[] = [
	row('GET /users', 'READERS,user', list(type), {
		filters: 'metadata roles product license group status assigned active',
	}),
	row('GET /users/{id}', 'READERS,user', show(type)),
	row('POST /users', 'STAFF,user,license,none', create(type, refuseSignUp), {
		type,
		attributes: `firstName?: string; lastName?: string; email: string; password?: string|null; metadata?: object (depth≤2); ${roles}; ${permissions}`,
		relationships: `? group?→{groups}|null (roles STAFF+); ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /users/{id}', 'STAFF+,user', update(type), {
		type,
		id: 'ignored',
		attributes: `? firstName?: string|null; lastName?: string|null; email?: string; password?: string|null (roles PRIV); metadata?: object (roles STAFF; depth≤2); ${roles}; ${permissions}`,
	}),
	row('DELETE /users/{id}', 'PRIV', destroy(type)),
	row('POST /users/{id}/actions/update-password', 'CLIENTS', updatePassword, {
		meta: 'oldPassword: string; newPassword: string',
		limit: [5, 600],
	}),
	row('POST /users/{id}/actions/reset-password', 'ANYONE', resetPassword, {
		meta: 'passwordResetToken?: string; newPassword: string',
		limit: [5, 600],
	}),
	row('POST /users/{id}/actions/ban', 'STAFF+', banUser),
	row('POST /users/{id}/actions/unban', 'STAFF+', unbanUser),
	row('GET /users/{user_id}/group', 'CLIENTS', showOne(type, 'group', true)),
	row(
		'PATCH|PUT /users/{user_id}/group',
		'STAFF+',
		relink(type, 'group', mayJoinGroup),
		oneOf('groups'),
	),
	...nested('products'),
	...nested('licenses', 'product policy suspended'),
	...nested('machines', 'fingerprint product license'),
];

const factor = 'second-factors';

export const secondFactorRows: Row[] = [
	row('GET /users/{user_id}/second-factors', 'ADMINS,user', members(type, factor)),
	row('GET /users/{user_id}/second-factors/{id}', 'ADMINS,user', showSecondFactor),
	row('POST /users/{user_id}/second-factors', 'ADMINS,user', addSecondFactor, {
		type: factor,
		dataOptional: true,
		meta: 'password?: string; otp?: any',
		limit: [5, 600],
	}),
	row('PATCH|PUT /users/{user_id}/second-factors/{id}', 'ADMINS,user', updateSecondFactor, {
		type: factor,
		id: 'ignored',
		attributes: 'enabled: boolean',
		meta: 'otp: any',
		limit: [5, 600],
	}),
	row('DELETE /users/{user_id}/second-factors/{id}', 'ADMINS,user', deleteSecondFactor, {
		meta: '? otp: any',
		limit: [5, 600],
	}),
];

export const profileRows: Row[] = [
	row('POST /passwords', 'ANYONE', forgotPassword, {
		meta: 'deliver?: boolean; email: string',
		limit: [5, 3600],
	}),
	row('GET /profile', 'CLIENTS', profile),
	row('GET /me', 'CLIENTS', me),
];
