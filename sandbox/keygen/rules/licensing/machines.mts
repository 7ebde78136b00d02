import { licensesInHand } from '../../access/clients-sight.mts';
import type { Call } from '../../call/call.mts';
import { attribute } from '../../refusals/phrases.mts';
import { forbid } from '../../refusals/forbidden.mts';
import { problem, refuseAll, unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { isProtected, limitOf, machinesOf, overageAllows } from '../../standing/licenses.mts';
import { numberOf } from '../../state/facts.mts';
import { mustHave, related, usersOf } from '../../state/relations.mts';
import type { Item } from '../../state/store.mts';
import type { World } from '../../state/world.mts';
import { bounds, LONG } from '../bounds.mts';
import type { Rules, Subject } from '../rules.mts';
import { startExpiry } from './expiry.mts';
import { groupIsFull } from './groups.mts';

const FINGERPRINT_BYTES = 4_096;

/** The resources of a type that must not share a fingerprint with the subject. */
export function rivals(world: World, type: string, next: Subject, strategy?: string): Item[] {
	const own = next as Item;
	const reach: Record<string, string> = {
		UNIQUE_PER_PRODUCT: 'product',
		UNIQUE_PER_POLICY: 'policy',
		UNIQUE_PER_LICENSE: 'license',
		UNIQUE_PER_MACHINE: 'machine',
	};
	const same = world.store
		.where(type, 'fingerprint', next.facts.fingerprint)
		.filter((item) => item.id !== next.id);
	const scope = reach[strategy ?? ''];
	return scope
		? same.filter((item) => related(world, item, scope) === related(world, own, scope))
		: same;
}

/** How far the fingerprint must be unique, where that is farther than the license or the machine. */
export function takenFingerprint(strategy?: string, least = 'license'): Problem {
	const reach = strategy?.replace('UNIQUE_PER_', '').toLowerCase() ?? least;
	const detail = `has already been taken${reach === least ? '' : ` for this ${reach}`}`;
	return unprocessable(detail, 'FINGERPRINT_TAKEN', attribute('fingerprint'));
}

/** Machines that count against the limits of a license: all, or those of one owner. */
function counted(call: Call, license: Item, next: Subject): Item[] {
	const all = machinesOf(call.world, license).filter((machine) => machine.id !== next.id);
	const perUser =
		mustHave(call.world, license, 'policy').facts.machineLeasingStrategy === 'PER_USER';
	return perUser && next.links.owner
		? all.filter((machine) => machine.links.owner === next.links.owner)
		: all;
}

export const machineRules: Rules = {
	defaults: {
		name: null,
		ip: null,
		hostname: null,
		platform: null,
		cores: null,
		memory: null,
		disk: null,
		lastHeartbeat: null,
		lastCheckOut: null,
		metadata: {},
	},
	prepare(call, next, before) {
		if (before) return;
		const license = related(call.world, next as Item, 'license');
		next.links.group ??= license?.links.group ?? null;
		const policy = license && related(call.world, license, 'policy');
		if (policy?.facts.requireHeartbeat && policy.facts.heartbeatBasis === 'FROM_CREATION')
			next.facts.lastHeartbeat = new Date(call.now).toISOString();
	},
	check(call, next, before) {
		const license = mustHave(call.world, next as Item, 'license');
		const policy = mustHave(call.world, license, 'policy').facts;
		const problems: Problem[] = [];
		const { fingerprint = '' } = next.facts;
		if (Buffer.byteLength(fingerprint) > FINGERPRINT_BYTES)
			problems.push(
				unprocessable(
					`is too long (maximum is ${FINGERPRINT_BYTES} characters)`,
					'FINGERPRINT_TOO_LONG',
					attribute('fingerprint'),
				),
			);
		if (
			!before &&
			rivals(call.world, 'machines', next, policy.machineUniquenessStrategy).length > 0
		) {
			problems.push(takenFingerprint(policy.machineUniquenessStrategy));
		}
		if (!before)
			problems.push(...machineLimit(call, license, next), ...groupIsFull(call, next, 'machines'));
		problems.push(...capacityLimits(call, license, next));
		const owner = call.world.store.get('users', next.links.owner);
		if (!before && owner && !usersOf(call.world, license).includes(owner))
			problems.push(foreignOwner());
		return problems;
	},
	created(call, machine) {
		const license = mustHave(call.world, machine, 'license');
		startExpiry(call, license, 'FROM_FIRST_ACTIVATION');
		for (const entry of call.body.embedded.components ?? []) {
			const draft = {
				type: 'components',
				facts: { metadata: {}, ...entry.attributes },
				links: { machine: machine.id },
				environment: machine.environment,
			};
			call.world.store.add(draft, call.now);
		}
		countActivation(call);
	},
};

function machineLimit(call: Call, license: Item, next: Subject): Problem[] {
	const limit = limitOf(call.world, license, 'maxMachines');
	const count = counted(call, license, next).length + 1;
	if (overageAllows(call.world, license, count, limit)) return [];
	return [
		problem(422, `machine count has exceeded maximum allowed for license (${limit})`, {
			code: 'MACHINE_LIMIT_EXCEEDED',
			pointer: '/data',
		}),
	];
}

function capacityLimits(call: Call, license: Item, next: Subject): Problem[] {
	const problems: Problem[] = [];
	const capacities: Array<[string, string, string]> = [
		['cores', 'maxCores', 'CORE'],
		['memory', 'maxMemory', 'MEMORY'],
		['disk', 'maxDisk', 'DISK'],
	];
	for (const [name, limitName, word] of capacities) {
		const own = next.facts[name];
		if (typeof own !== 'number') continue;
		const wrong = bounds(next.facts, name, 1, name === 'cores' ? undefined : LONG);
		problems.push(...wrong);
		if (wrong.length > 0) continue;
		const others = counted(call, license, next).reduce(
			(sum, machine) => sum + numberOf(machine.facts, name),
			0,
		);
		const limit = limitOf(call.world, license, limitName);
		if (!overageAllows(call.world, license, others + own, limit)) {
			problems.push(
				problem(
					422,
					`machine ${name === 'cores' ? 'core count' : name} has exceeded maximum allowed for license (${limit})`,
					{
						code: `MACHINE_${word}_LIMIT_EXCEEDED`,
						pointer: '/data',
					},
				),
			);
		}
	}
	return problems;
}

/** An activation token with a maximum counts the machines made with it. */
function countActivation(call: Call): void {
	const token = call.bearer.token;
	if (token?.facts.maxActivations === undefined) return;
	token.facts.activations = numberOf(token.facts, 'activations') + 1;
}

/** Refuses a client that acts on another's license or has used up its activations. */
export function refuseForeignMachine(call: Call): void {
	const { role, token } = call.bearer;
	if (role !== 'user' && role !== 'license') return;
	const license = call.body.relationships.license?.id;
	const own = licensesInHand(call).find(({ id }) => id === license);
	if (!own || (role === 'user' && isProtected(call.world, own))) forbid();
	const most = token?.facts.maxActivations;
	if (token && typeof most === 'number' && numberOf(token.facts, 'activations') >= most) {
		refuseAll([
			unprocessable(
				`exceeds maximum allowed (${most})`,
				'ACTIVATIONS_LIMIT_EXCEEDED',
				'/data/attributes/activations',
			),
		]);
	}
}

/** Refuses the removal of a machine when the activation token has used up its deactivations. */
export function countDeactivation(call: Call): void {
	const token = call.bearer.token;
	if (token?.facts.maxDeactivations === undefined) return;
	const most = token.facts.maxDeactivations;
	if (most !== null && numberOf(token.facts, 'deactivations') >= most) {
		refuseAll([
			unprocessable(
				`exceeds maximum allowed (${most})`,
				'DEACTIVATIONS_LIMIT_EXCEEDED',
				'/data/attributes/deactivations',
			),
		]);
	}
	token.facts.deactivations = numberOf(token.facts, 'deactivations') + 1;
}

function foreignOwner(): Problem {
	return unprocessable(
		'must be a valid license user',
		'OWNER_INVALID',
		'/data/relationships/owner',
	);
}

/** Only a user of the license may own one of its machines. */
export function mayOwnMachine(call: Call, machine: Item, user: Item | undefined): void {
	const license = mustHave(call.world, machine, 'license');
	if (user && !usersOf(call.world, license).includes(user)) refuseAll([foreignOwner()]);
}
