import { attribute } from '../../refusals/phrases.mts';
import { unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { checkInIntervals, schemes } from '../../state/enums.mts';
import { numberOf } from '../../state/facts.mts';
import type { Facts } from '../../state/facts.mts';

/** Attributes of a policy that do not go together. */
export function contradictions(facts: Facts): Problem[] {
	return [...checkIn(facts), ...heartbeat(facts), ...overage(facts), ...encryption(facts)];
}

function checkIn(facts: Facts): Problem[] {
	if (!facts.requireCheckIn) return [];
	const problems: Problem[] = [];
	if (!checkInIntervals.includes(facts.checkInInterval ?? ''))
		problems.push(
			unprocessable(
				`must be one of: ${checkInIntervals.join(', ')}`,
				'CHECK_IN_INTERVAL_NOT_ALLOWED',
				attribute('checkInInterval'),
			),
		);
	const count = numberOf(facts, 'checkInIntervalCount');
	if (!(count >= 1 && count <= 365))
		problems.push(
			unprocessable(
				'must be a number between 1 and 365 inclusive',
				'CHECK_IN_INTERVAL_COUNT_NOT_ALLOWED',
				attribute('checkInIntervalCount'),
			),
		);
	return problems;
}

function heartbeat(facts: Facts): Problem[] {
	const clash =
		facts.heartbeatResurrectionStrategy === 'ALWAYS_REVIVE' &&
		facts.heartbeatCullStrategy !== 'KEEP_DEAD';
	return clash
		? [
				unprocessable(
					'incompatible heartbeat cull strategy (must be KEEP_DEAD when resurrection strategy is ALWAYS_REVIVE)',
					'HEARTBEAT_CULL_STRATEGY_NOT_ALLOWED',
					attribute('heartbeatCullStrategy'),
				),
			]
		: [];
}

/** A quarter or a half more needs a number of machines that can be divided. */
function overage(facts: Facts): Problem[] {
	const { overageStrategy = '', maxMachines } = facts;
	const divisors: Record<string, number> = { ALLOW_1_25X_OVERAGE: 4, ALLOW_1_5X_OVERAGE: 2 };
	const divisor = divisors[overageStrategy];
	if (!divisor) return [];
	const wrong = (reason: string) => [
		unprocessable(
			`incompatible overage strategy (cannot use ${overageStrategy} ${reason})`,
			'OVERAGE_STRATEGY_NOT_ALLOWED',
			attribute('overageStrategy'),
		),
	];
	if (!facts.floating) return wrong('for node-locked policy');
	return typeof maxMachines === 'number' && maxMachines % divisor !== 0
		? wrong(`with a max machines value not divisible by ${divisor}`)
		: [];
}

function encryption({ encrypted, scheme, usePool }: Facts): Problem[] {
	const problems: Problem[] = [];
	if (encrypted && usePool)
		problems.push(
			unprocessable(
				'cannot be encrypted and use a pool',
				'ENCRYPTED_NOT_SUPPORTED',
				attribute('encrypted'),
			),
		);
	const wrong = (detail: string, code: string) =>
		problems.push(unprocessable(detail, `SCHEME_${code}`, attribute('scheme')));
	if (usePool && scheme) wrong('cannot use a scheme and use a pool', 'NOT_SUPPORTED');
	else if (!scheme || !schemes.includes(scheme)) return problems;
	else if (encrypted && scheme !== 'LEGACY_ENCRYPT')
		wrong(
			'unsupported encryption scheme (scheme must be LEGACY_ENCRYPT for legacy encrypted policies)',
			'NOT_ALLOWED',
		);
	else if (!encrypted && scheme === 'LEGACY_ENCRYPT')
		wrong('must be encrypted when using LEGACY_ENCRYPT scheme', 'INVALID');
	return problems;
}
