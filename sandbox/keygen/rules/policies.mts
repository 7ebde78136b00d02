import { attribute, tooSmall } from '../refusals/phrases.mts';
import { unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';
import { checkInIntervals, heartbeatBases, policyChoices, schemes } from '../state/enums.mts';
import { isBelow, numberOf } from '../state/facts.mts';
import type { Facts } from '../state/facts.mts';
import { codeName } from '../wire/names.mts';
import type { Rules } from './rules.mts';

const DAY_SECONDS = 86_400;

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
	scheme: schemes,
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
	check: (_, { facts }) => [...notAmong(facts), ...outOfBounds(facts), ...contradictions(facts)],
};

function notAmong(facts: Facts): Problem[] {
	return Object.entries(allowed)
		.filter(([name, choices]) => facts[name] !== null && !choices.includes(String(facts[name])))
		.map(([name]) =>
			unprocessable(
				'is not one of the values that exist',
				`${codeName(name)}_NOT_ALLOWED`,
				attribute(name),
			),
		);
}

function outOfBounds(facts: Facts): Problem[] {
	const least: Record<string, number> = { duration: DAY_SECONDS, heartbeatDuration: 60 };
	for (const name of [
		'maxMachines',
		'maxProcesses',
		'maxUsers',
		'maxCores',
		'maxMemory',
		'maxDisk',
		'maxUses',
	])
		least[name] = 1;
	const problems = Object.entries(least)
		.filter(([name, bound]) => isBelow(facts, name, bound))
		.map(([name, bound]) => tooSmall(name, bound));
	if (!facts.floating && numberOf(facts, 'maxMachines') > 1) {
		problems.push(
			unprocessable(
				'must be 1 for a policy that is not floating',
				'MAX_MACHINES_INVALID',
				attribute('maxMachines'),
			),
		);
	}
	return problems;
}

function contradictions(facts: Facts): Problem[] {
	const problems: Problem[] = [];
	if (facts.requireCheckIn) {
		if (!checkInIntervals.includes(facts.checkInInterval ?? '')) {
			problems.push(
				unprocessable(
					'is day, week, month or year',
					'CHECK_IN_INTERVAL_NOT_ALLOWED',
					attribute('checkInInterval'),
				),
			);
		}
		const count = numberOf(facts, 'checkInIntervalCount');
		if (!(count >= 1 && count <= 365)) {
			problems.push(
				unprocessable(
					'is a number from 1 to 365',
					'CHECK_IN_INTERVAL_COUNT_NOT_ALLOWED',
					attribute('checkInIntervalCount'),
				),
			);
		}
	}
	if (
		facts.heartbeatResurrectionStrategy === 'ALWAYS_REVIVE' &&
		facts.heartbeatCullStrategy !== 'KEEP_DEAD'
	) {
		const name = 'heartbeatResurrectionStrategy';
		problems.push(
			unprocessable(
				'needs the cull strategy KEEP_DEAD',
				`${codeName(name)}_NOT_ALLOWED`,
				attribute(name),
			),
		);
	}
	if (facts.encrypted && facts.scheme !== 'LEGACY_ENCRYPT') {
		problems.push(
			unprocessable(
				'goes only with the scheme LEGACY_ENCRYPT',
				'SCHEME_INVALID',
				attribute('scheme'),
			),
		);
	}
	if (facts.usePool && facts.scheme !== null) {
		problems.push(
			unprocessable('cannot be used with a pool', 'SCHEME_NOT_SUPPORTED', attribute('scheme')),
		);
	}
	return problems;
}
