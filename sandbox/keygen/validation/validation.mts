import type { Call } from '../call/call.mts';
import type { Scope } from '../notation/body.mts';
import {
	isBanned,
	isExpired,
	leasedMachines,
	leasedProcesses,
	limitOf,
	machinesOf,
	nextCheckIn,
	overageAllows,
	total,
	userCount,
} from '../standing/licenses.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { noMachines } from './machine-scopes.mts';
import { scopeChecks } from './scopes.mts';
import { invalid } from './verdict.mts';
import type { Check, Verdict } from './verdict.mts';

/** Judges a license; without a scope (quick validation) nothing that depends on one is asked. */
export function validate(call: Call, license: Item, scope: Scope | undefined): Verdict {
	const policy = mustHave(call.world, license, 'policy').facts;
	const checks = [...standing, ...(scope ? scopeChecks : []), ...counted, lasting];
	let note: Verdict | undefined;
	for (const check of checks) {
		const verdict = check(call, license, scope ?? {}, policy);
		if (verdict && !verdict.valid) return verdict;
		note ??= verdict;
	}
	return note ?? { valid: true, code: 'VALID', detail: 'is valid' };
}

const standing: Check[] = [
	({ world }, license) => (isBanned(world, license) ? invalid('BANNED', 'is banned') : undefined),
	(_, license) => (license.facts.suspended ? invalid('SUSPENDED', 'is suspended') : undefined),
	({ world }, license, _, policy) =>
		policy.expirationStrategy === 'REVOKE_ACCESS' && isExpired(world, license)
			? invalid('EXPIRED', 'is expired')
			: undefined,
	({ world, now }, license) => {
		const due = nextCheckIn(world, license);
		return due !== null && due < now ? invalid('OVERDUE', 'is overdue for check in') : undefined;
	},
];

/** A count above its limit: an answer by itself under an overage strategy, else a refusal. */
const limit =
	(code: string, what: string, name: string, count: (call: Call, license: Item) => number): Check =>
	(call, license) => {
		const most = limitOf(call.world, license, name);
		const number = count(call, license);
		if (most === null || number <= most) return undefined;
		return {
			valid: overageAllows(call.world, license, number, most),
			code,
			detail: `has too ${what}`,
		};
	};

/** Only strict policies ask for machines and hold a license to its limits at validation. */
const strictly =
	(check: Check): Check =>
	(call, license, scope, policy) =>
		policy.strict ? check(call, license, scope, policy) : undefined;

/** Told of last, unless access was revoked. */
const lasting: Check = ({ world }, license, _, policy) => {
	if (!isExpired(world, license)) return undefined;
	return {
		valid: ['MAINTAIN_ACCESS', 'ALLOW_ACCESS'].includes(policy.expirationStrategy ?? ''),
		code: 'EXPIRED',
		detail: 'is expired',
	};
};

const counted: Check[] = [
	strictly(({ world }, license, _, policy) =>
		machinesOf(world, license).length === 0 ? noMachines(policy) : undefined,
	),
	strictly(
		limit('TOO_MANY_MACHINES', 'many associated machines', 'maxMachines', ({ world }, license) =>
			leasedMachines(world, license),
		),
	),
	strictly(
		limit('TOO_MANY_CORES', 'many associated machine cores', 'maxCores', ({ world }, license) =>
			total(world, license, 'cores'),
		),
	),
	strictly(
		limit('TOO_MUCH_MEMORY', 'much associated machine memory', 'maxMemory', ({ world }, license) =>
			total(world, license, 'memory'),
		),
	),
	strictly(
		limit('TOO_MUCH_DISK', 'much associated machine disk', 'maxDisk', ({ world }, license) =>
			total(world, license, 'disk'),
		),
	),
	strictly(
		limit('TOO_MANY_PROCESSES', 'many associated processes', 'maxProcesses', ({ world }, license) =>
			leasedProcesses(world, license),
		),
	),
	strictly(
		limit('TOO_MANY_USERS', 'many associated users', 'maxUsers', ({ world }, license) =>
			userCount(world, license),
		),
	),
];
