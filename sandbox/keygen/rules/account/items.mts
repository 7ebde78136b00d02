import type { Call } from '../../call/call.mts';
import { attribute } from '../../refusals/phrases.mts';
import { unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { isolationStrategies, settingKeys } from '../../state/enums.mts';
import { permissionProblems } from '../permissions.mts';
import type { Rules, Subject } from '../rules.mts';
import { among, codeProblems, notUnique } from './unique.mts';

export const entitlementRules: Rules = {
	defaults: { metadata: {} },
	check: (call, next, before) => codeProblems(call, next, before),
};

export const environmentRules: Rules = {
	defaults: { isolationStrategy: 'ISOLATED' },
	check: (call, next, before) => [
		...among(next, 'isolationStrategy', isolationStrategies),
		...codeProblems(call, next, before),
	],
	created(call, environment) {
		for (const { attributes } of call.body.embedded.admins ?? []) {
			const facts = {
				firstName: null,
				lastName: null,
				banned: false,
				metadata: {},
				...attributes,
				password: undefined,
				role: 'admin',
			};
			call.world.store.add({ type: 'users', facts, environment: environment.id }, call.now);
		}
	},
};

export const settingRules: Rules = {
	check: (call, next, before) => [
		...among(next, 'key', settingKeys),
		...notUnique(call, next, before, 'key'),
		...valueProblems(next),
	],
};

/** Both settings are lists of permissions. */
function valueProblems({ facts }: Subject): Problem[] {
	const wrong = (detail: string) => [
		unprocessable(detail, 'VALUE_NOT_ALLOWED', attribute('value')),
	];
	const { key = '', value } = facts;
	if (!settingKeys.includes(key) || !Array.isArray(value)) return wrong('must be a valid setting');
	const role = key === 'default_user_permissions' ? 'user' : 'license';
	return permissionProblems(value).length > 0
		? wrong(`must be an array of valid ${role} permissions`)
		: [];
}
