import { attribute } from '../../refusals/phrases.mts';
import { unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { heartbeatBases, policyChoices, schemes } from '../../state/enums.mts';
import { isBelow, numberOf } from '../../state/facts.mts';
import type { Facts } from '../../state/facts.mts';
import { codeName } from '../../wire/names.mts';
import { bounds, LONG, outside, positive } from '../bounds.mts';
import type { Rules } from '../rules.mts';
import { contradictions } from './policy-contradictions.mts';

const DAY_SECONDS = 86_400;
const MINUTE_SECONDS = 60;

const flags =
	'encrypted usePool strict floating requireProductScope requirePolicyScope requireMachineScope ' +
	'requireFingerprintScope requireComponentsScope requireUserScope requireChecksumScope requireVersionScope requireCheckIn requireHeartbeat';
const empties =
	'name scheme protected duration maxMachines maxProcesses maxUsers maxCores maxMemory maxDisk maxUses checkInInterval checkInIntervalCount heartbeatDuration';

/** Names of older API versions, and the attribute each one became. */
const olderNames: Record<string, string> = {
	fingerprintUniquenessStrategy: 'machineUniquenessStrategy',
	fingerprintMatchingStrategy: 'machineMatchingStrategy',
	leasingStrategy: 'processLeasingStrategy',
};

const allowed: Record<string, string[]> = {
	...policyChoices,
	heartbeatBasis: heartbeatBases,
};

export const policyRules: Rules = {
	defaults: {
		...Object.fromEntries(empties.split(' ').map((name) => [name, null])),
		...Object.fromEntries(flags.split(' ').map((name) => [name, false])),
		...Object.fromEntries(Object.entries(policyChoices).map(([name, [first]]) => [name, first])),
		metadata: {},
	},
	prepare(_, next, before) {
		const { facts } = next;
		for (const [older, name] of Object.entries(olderNames)) {
			if (facts[older] !== undefined) facts[name] = facts[older];
			delete facts[older];
		}
		if (facts.concurrent !== undefined)
			facts.overageStrategy = facts.concurrent ? 'ALWAYS_ALLOW_OVERAGE' : 'NO_OVERAGE';
		delete facts.concurrent;
		if (!before && facts.maxMachines === null && !facts.floating) facts.maxMachines = 1;
		if (!before && facts.encrypted && !facts.scheme) facts.scheme = 'LEGACY_ENCRYPT';
		facts.heartbeatBasis ??= facts.requireHeartbeat ? 'FROM_CREATION' : 'FROM_FIRST_PING';
	},
	check: (_, { facts }) => [
		...(facts.name ? [] : [unprocessable("can't be blank", 'NAME_MISSING', attribute('name'))]),
		...notAmong(facts),
		...outOfBounds(facts),
		...contradictions(facts),
	],
};

function notAmong(facts: Facts): Problem[] {
	return Object.entries(allowed)
		.filter(([name, choices]) => facts[name] !== null && !choices.includes(String(facts[name])))
		.map(([name]) => unsupported(name, codeName(name).toLowerCase().replaceAll('_', ' ')))
		.concat(
			facts.scheme && !schemes.includes(facts.scheme)
				? [unsupported('scheme', 'signing scheme')]
				: [],
		);
}

function unsupported(name: string, words: string): Problem {
	return unprocessable(`unsupported ${words}`, `${codeName(name)}_NOT_ALLOWED`, attribute(name));
}

function outOfBounds(facts: Facts): Problem[] {
	return [
		...lasting(facts, 'duration', DAY_SECONDS, '1 day'),
		...lasting(facts, 'heartbeatDuration', MINUTE_SECONDS, '1 minute'),
		...machineLimit(facts, Boolean(facts.floating)),
		...positive(facts, 'maxProcesses'),
		...positive(facts, 'maxUsers'),
		...bounds(facts, 'maxCores', 1),
		...bounds(facts, 'maxMemory', 1, LONG),
		...bounds(facts, 'maxDisk', 1, LONG),
		...bounds(facts, 'maxUses', 0),
	];
}

function lasting(facts: Facts, name: string, least: number, words: string): Problem[] {
	const problems = positive(facts, name);
	return problems.length === 0 && isBelow(facts, name, least)
		? [outside(name, `must be greater than or equal to ${least} (${words})`)]
		: problems;
}

/** What a floating policy and one that is not ask of a number of machines. */
export function machineLimit(facts: Facts, floating: boolean): Problem[] {
	if (typeof facts.maxMachines !== 'number') return [];
	const problems = bounds(facts, 'maxMachines', 0);
	if (problems.length > 0) return problems;
	if (!floating && numberOf(facts, 'maxMachines') !== 1)
		return [outside('maxMachines', 'must be equal to 1 for non-floating policy')];
	return floating && facts.maxMachines < 1
		? [outside('maxMachines', 'must be greater than or equal to 1 for floating policy')]
		: [];
}
