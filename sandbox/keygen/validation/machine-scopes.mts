import type { Call } from '../call/call.mts';
import type { Scope } from '../notation/body.mts';
import { heartbeatOf } from '../standing/heartbeat.mts';
import { machinesOf } from '../standing/licenses.mts';
import type { Facts } from '../state/facts.mts';
import type { Item } from '../state/store.mts';
import { invalid } from './verdict.mts';
import type { Verdict } from './verdict.mts';

/** A license without machines says so instead of naming a mismatch, as activation flows expect. */
export function noMachines(policy: Facts): Verdict {
	return policy.floating
		? invalid('NO_MACHINES', 'must have at least 1 associated machine')
		: invalid('NO_MACHINE', 'must have exactly 1 associated machine');
}

function dead(call: Call, machines: Item[], policy: Facts): Verdict | undefined {
	const states = machines.map((machine) => heartbeatOf(call.world, machine).status);
	if (states.includes('DEAD'))
		return invalid('HEARTBEAT_DEAD', 'has a machine with a dead heartbeat');
	return policy.requireHeartbeat && states.includes('NOT_STARTED')
		? invalid('HEARTBEAT_NOT_STARTED', 'has a machine without a heartbeat')
		: undefined;
}

export function machineScope(
	call: Call,
	license: Item,
	scope: Scope,
	policy: Facts,
): Verdict | undefined {
	if (scope.machine === undefined)
		return policy.requireMachineScope
			? invalid('MACHINE_SCOPE_REQUIRED', 'machine scope is required')
			: undefined;
	const machines = machinesOf(call.world, license);
	if (machines.length === 0) return noMachines(policy);
	const machine = machines.find((candidate) => candidate.id === scope.machine);
	return machine
		? dead(call, [machine], policy)
		: invalid(
				'MACHINE_SCOPE_MISMATCH',
				'machine is not activated (does not match any associated machines)',
			);
}

export function fingerprintScope(
	call: Call,
	license: Item,
	scope: Scope,
	policy: Facts,
): Verdict | undefined {
	const wanted: string[] | undefined =
		scope.fingerprint === undefined ? scope.fingerprints : [scope.fingerprint];
	if (wanted === undefined)
		return policy.requireFingerprintScope
			? invalid('FINGERPRINT_SCOPE_REQUIRED', 'fingerprint scope is required')
			: undefined;
	if (wanted.length === 0) return invalid('FINGERPRINT_SCOPE_EMPTY', 'fingerprint scope is empty');
	const machines = machinesOf(call.world, license);
	if (machines.length === 0) return noMachines(policy);
	const found = machines.filter((machine) => wanted.includes(machine.facts.fingerprint ?? ''));
	// A single fingerprint either matches or does not; strategies compare lists.
	const strategy = scope.fingerprint === undefined ? policy.machineMatchingStrategy : 'MATCH_ALL';
	if (!enough(strategy, found.length, new Set(wanted).size)) {
		return invalid(
			'FINGERPRINT_SCOPE_MISMATCH',
			'fingerprint is not activated (does not match any associated machines)',
		);
	}
	return dead(call, found, policy);
}

export function componentsScope(
	call: Call,
	license: Item,
	scope: Scope,
	policy: Facts,
): Verdict | undefined {
	const wanted: string[] | undefined = scope.components;
	if (wanted === undefined)
		return policy.requireComponentsScope
			? invalid('COMPONENTS_SCOPE_REQUIRED', 'components scope is required')
			: undefined;
	if (wanted.length === 0) return invalid('COMPONENTS_SCOPE_EMPTY', 'components scope is empty');
	if (scope.fingerprint === undefined)
		return invalid(
			'FINGERPRINT_SCOPE_REQUIRED',
			'fingerprint scope is required when using the components scope',
		);
	const components = machinesOf(call.world, license)
		.filter((machine) => machine.facts.fingerprint === scope.fingerprint)
		.flatMap((machine) => call.world.store.children('components', 'machine', machine.id));
	const found = new Set(
		components
			.map((component) => component.facts.fingerprint)
			.filter((fingerprint) => wanted.includes(fingerprint ?? '')),
	);
	return enough(policy.componentMatchingStrategy, found.size, new Set(wanted).size)
		? undefined
		: invalid(
				'COMPONENTS_SCOPE_MISMATCH',
				'one or more component is not activated (does not match any associated components)',
			);
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
