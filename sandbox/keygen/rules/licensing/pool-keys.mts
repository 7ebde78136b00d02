import { attribute } from '../../refusals/phrases.mts';
import { unprocessable } from '../../refusals/problems.mts';
import { mustHave } from '../../state/relations.mts';
import type { Item } from '../../state/store.mts';
import { notUnique } from '../account/unique.mts';
import type { Rules } from '../rules.mts';

/** Keys of a pool. */
export const keyRules: Rules = {
	check(call, next, before) {
		const policy = mustHave(call.world, next as Item, 'policy');
		const key = next.facts.key ?? '';
		const problems = notUnique(call, next, before, 'key');
		if (key.length < 8)
			problems.push(
				unprocessable('is too short (minimum is 8 characters)', 'KEY_TOO_SHORT', attribute('key')),
			);
		if (key.length > 1024)
			problems.push(
				unprocessable('is too long (maximum is 1024 characters)', 'KEY_TOO_LONG', attribute('key')),
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
