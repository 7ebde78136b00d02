import { visible } from '../access/visibility.mts';
import type { Call } from '../call/call.mts';
import type { Scope } from '../notation/body.mts';
import { heartbeatOf } from '../standing/heartbeat.mts';
import { machinesOf } from '../standing/licenses.mts';
import type { Facts } from '../state/facts.mts';
import { entitlementsOf, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';

/** The verdict on a license: `valid` may be true beside a code that is not VALID. */
export interface Verdict {
	valid: boolean;
	code: string;
	detail: string;
}

/** One question; undefined when there is nothing to say. */
export type Check = (call: Call, license: Item, scope: Scope, policy: Facts) => Verdict | undefined;

export const invalid = (code: string, detail: string): Verdict => ({ valid: false, code, detail });

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
				? invalid(`${code}_SCOPE_REQUIRED`, `needs a ${name} scope`)
				: undefined;
		return matches(call, license, wanted)
			? undefined
			: invalid(`${code}_SCOPE_MISMATCH`, `does not match the ${name} of the scope`);
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

/** A license without machines says so instead of naming a mismatch, as activation flows expect. */
export function noMachines(policy: Facts): Verdict {
	return policy.floating
		? invalid('NO_MACHINES', 'has no machines activated yet')
		: invalid('NO_MACHINE', 'has no machine activated yet');
}

function dead(call: Call, machines: Item[], policy: Facts): Verdict | undefined {
	const states = machines.map((machine) => heartbeatOf(call.world, machine).status);
	if (states.includes('DEAD'))
		return invalid('HEARTBEAT_DEAD', 'has a machine with a dead heartbeat');
	return policy.requireHeartbeat && states.includes('NOT_STARTED')
		? invalid('HEARTBEAT_NOT_STARTED', 'has a machine without a heartbeat')
		: undefined;
}

function machineScope(call: Call, license: Item, scope: Scope, policy: Facts): Verdict | undefined {
	if (scope.machine === undefined)
		return policy.requireMachineScope
			? invalid('MACHINE_SCOPE_REQUIRED', 'needs a machine scope')
			: undefined;
	const machines = machinesOf(call.world, license);
	if (machines.length === 0) return noMachines(policy);
	const machine = machines.find((candidate) => candidate.id === scope.machine);
	return machine
		? dead(call, [machine], policy)
		: invalid('MACHINE_SCOPE_MISMATCH', 'is not activated for the machine of the scope');
}

function fingerprintScope(
	call: Call,
	license: Item,
	scope: Scope,
	policy: Facts,
): Verdict | undefined {
	const wanted: string[] | undefined =
		scope.fingerprints ?? (scope.fingerprint === undefined ? undefined : [scope.fingerprint]);
	if (wanted === undefined)
		return policy.requireFingerprintScope
			? invalid('FINGERPRINT_SCOPE_REQUIRED', 'needs a fingerprint scope')
			: undefined;
	if (wanted.length === 0)
		return invalid('FINGERPRINT_SCOPE_EMPTY', 'has an empty fingerprint scope');
	const machines = machinesOf(call.world, license);
	if (machines.length === 0) return noMachines(policy);
	const found = machines.filter((machine) => wanted.includes(machine.facts.fingerprint ?? ''));
	// A single fingerprint either matches or does not; strategies compare lists.
	const strategy = scope.fingerprints === undefined ? 'MATCH_ALL' : policy.machineMatchingStrategy;
	if (!enough(strategy, found.length, new Set(wanted).size)) {
		return invalid(
			'FINGERPRINT_SCOPE_MISMATCH',
			'is not activated for the fingerprint of the scope',
		);
	}
	return dead(call, found, policy);
}

function componentsScope(
	call: Call,
	license: Item,
	scope: Scope,
	policy: Facts,
): Verdict | undefined {
	const wanted: string[] | undefined = scope.components;
	if (wanted === undefined)
		return policy.requireComponentsScope
			? invalid('COMPONENTS_SCOPE_REQUIRED', 'needs a components scope')
			: undefined;
	if (wanted.length === 0)
		return invalid('COMPONENTS_SCOPE_EMPTY', 'has an empty components scope');
	const named = (machine: Item) =>
		machine.id === scope.machine ||
		[scope.fingerprint, ...(scope.fingerprints ?? [])].includes(machine.facts.fingerprint ?? '');
	const inScope = scope.machine || scope.fingerprint || scope.fingerprints ? named : () => true;
	const components = machinesOf(call.world, license)
		.filter(inScope)
		.flatMap((machine) => call.world.store.children('components', 'machine', machine.id));
	const found = new Set(
		components
			.map((component) => component.facts.fingerprint)
			.filter((fingerprint) => wanted.includes(fingerprint ?? '')),
	);
	return enough(policy.componentMatchingStrategy, found.size, new Set(wanted).size)
		? undefined
		: invalid('COMPONENTS_SCOPE_MISMATCH', 'does not match the components of the scope');
}

/** MATCH_ANY one, MATCH_TWO two, MATCH_MOST half of them, MATCH_ALL all. */
function enough(strategy: string | undefined, found: number, wanted: number): boolean {
	const needed: Record<string, number> = {
		MATCH_ANY: 1,
		MATCH_TWO: 2,
		MATCH_MOST: Math.ceil(wanted / 2),
		MATCH_ALL: wanted,
	};
	return found >= needed[strategy ?? ''];
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
			return invalid('ENTITLEMENTS_SCOPE_EMPTY', 'has an empty entitlements scope');
		const held = entitlementsOf(world, license).map((entitlement) => entitlement.facts.code);
		return entitlements.every((code) => held.includes(code))
			? undefined
			: invalid('ENTITLEMENTS_MISSING', 'lacks one or more entitlements');
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
