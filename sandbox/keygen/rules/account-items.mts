import type { Call } from '../call/call.mts';
import { attribute, taken } from '../refusals/phrases.mts';
import { unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';
import { distributionStrategies, isolationStrategies, settingKeys } from '../state/enums.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { codeName } from '../wire/names.mts';
import type { Rules, Subject } from './rules.mts';

/** A problem when another resource of the type has the same value. */
function notUnique(call: Call, next: Subject, before: Item | undefined, name: string): Problem[] {
	const value = next.facts[name];
	if (value === null || value === undefined) return [];
	const others = call.world.store
		.where(next.type, name, value)
		.filter((item) => item !== before && item.environment === next.environment);
	return others.length > 0 ? [taken(name)] : [];
}

function among(next: Subject, name: string, choices: string[]): Problem[] {
	return choices.includes(String(next.facts[name]))
		? []
		: [
				unprocessable(
					`is one of ${choices.join(', ')}`,
					`${codeName(name)}_NOT_ALLOWED`,
					attribute(name),
				),
			];
}

export const productRules: Rules = {
	defaults: {
		code: null,
		distributionStrategy: 'LICENSED',
		url: null,
		platforms: null,
		metadata: {},
	},
	prepare(_, next) {
		next.facts.distributionStrategy ??= 'LICENSED';
	},
	check(call, next, before) {
		const { url } = next.facts;
		const wrongUrl = typeof url === 'string' && !/^https?:\/\/[^\s/]+/.test(url);
		return [
			...(wrongUrl
				? [unprocessable('must be an http or https URL', 'URL_INVALID', attribute('url'))]
				: []),
			...among(next, 'distributionStrategy', distributionStrategies),
			...notUnique(call, next, before, 'code'),
		];
	},
};

export const entitlementRules: Rules = {
	defaults: { metadata: {} },
	check: (call, next, before) => notUnique(call, next, before, 'code'),
};

export const environmentRules: Rules = {
	defaults: { isolationStrategy: 'ISOLATED' },
	check: (call, next, before) => [
		...among(next, 'isolationStrategy', isolationStrategies),
		...notUnique(call, next, before, 'code'),
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
	],
};

/** Keys of a pool. */
export const keyRules: Rules = {
	check(call, next, before) {
		const policy = mustHave(call.world, next as Item, 'policy');
		const key = next.facts.key ?? '';
		const problems = notUnique(call, next, before, 'key');
		if (key.length < 8)
			problems.push(
				unprocessable('must have at least 8 characters', 'KEY_TOO_SHORT', attribute('key')),
			);
		if (key.length > 1024)
			problems.push(
				unprocessable('must have at most 1024 characters', 'KEY_TOO_LONG', attribute('key')),
			);
		if (!policy.facts.usePool)
			problems.push(
				unprocessable(
					'cannot be added to an unpooled policy',
					'POLICY_NOT_SUPPORTED',
					'/data/relationships/policy',
				),
			);
		return problems;
	},
};
