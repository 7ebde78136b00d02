import { visible } from '../access/visibility.mts';
import type { Call } from '../call/call.mts';
import type { Scope } from '../notation/body.mts';
import { entitlementsOf, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { componentsScope, fingerprintScope, machineScope } from './machine-scopes.mts';
import { invalid } from './verdict.mts';
import type { Check } from './verdict.mts';

/** How a mismatch is put where that is not the usual way. */
const mismatches: Record<string, string> = {
	checksum: 'checksum scope is not valid (does not match any accessible artifacts)',
	version: 'version scope is not valid (does not match any accessible releases)',
};

/** A scope that is required, or given and compared. */
const simpleScope =
	<Name extends keyof Scope>(
		name: Name,
		required: string,
		matches: (call: Call, license: Item, wanted: NonNullable<Scope[Name]> | null) => boolean,
	): Check =>
	(call, license, scope, policy) => {
		const code = name.toUpperCase();
		const wanted = scope[name];
		if (wanted === undefined)
			return policy[required]
				? invalid(`${code}_SCOPE_REQUIRED`, `${name} scope is required`)
				: undefined;
		return matches(call, license, wanted)
			? undefined
			: invalid(`${code}_SCOPE_MISMATCH`, mismatches[name] ?? `${name} scope does not match`);
	};

/** True when the license, by itself, may read a release or an artifact of its product. */
function offers(call: Call, license: Item, item: Item): boolean {
	const viewer = {
		world: call.world,
		environment: call.environment,
		bearer: { role: 'license' as const, item: license },
	};
	return (
		related(call.world, item, 'product') === related(call.world, license, 'product') &&
		visible(viewer, item)
	);
}

/** What a scope asks of a license, in the order in which it is asked. */
export const scopeChecks: Check[] = [
	simpleScope(
		'product',
		'requireProductScope',
		({ world }, license, wanted) => related(world, license, 'product')?.id === wanted,
	),
	simpleScope(
		'policy',
		'requirePolicyScope',
		(_, license, wanted) => license.links.policy === wanted,
	),
	simpleScope('user', 'requireUserScope', ({ world }, license, wanted) => {
		const users = usersOf(world, license);
		return wanted === null
			? users.length === 0
			: users.some(
					(user) => user.id === wanted || user.facts.email === String(wanted).toLowerCase(),
				);
	}),
	machineScope,
	fingerprintScope,
	componentsScope,
	({ world }, license, { entitlements }) => {
		if (entitlements === undefined) return undefined;
		if (entitlements.length === 0)
			return invalid('ENTITLEMENTS_SCOPE_EMPTY', 'entitlements scope is empty');
		const held = entitlementsOf(world, license).map((entitlement) => entitlement.facts.code);
		return entitlements.every((code) => held.includes(code))
			? undefined
			: invalid('ENTITLEMENTS_MISSING', 'is missing one or more required entitlements');
	},
	simpleScope('checksum', 'requireChecksumScope', (call, license, wanted) =>
		call.world.store
			.where('artifacts', 'checksum', wanted)
			.some((artifact) => offers(call, license, artifact)),
	),
	simpleScope('version', 'requireVersionScope', (call, license, wanted) =>
		call.world.store
			.where('releases', 'version', wanted)
			.some((release) => offers(call, license, release)),
	),
	// No policy attribute asks for this scope, so its REQUIRED code cannot come about.
	simpleScope('environment', 'requireEnvironmentScope', ({ world }, license, wanted) => {
		const environment = world.store.get('environments', license.environment);
		return wanted === null
			? !environment
			: environment !== undefined && [environment.id, environment.facts.code].includes(wanted);
	}),
];
