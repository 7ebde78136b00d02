import type { Call } from '../../call/call.mts';
import { attribute } from '../../refusals/phrases.mts';
import { unprocessable } from '../../refusals/problems.mts';
import type { Item } from '../../state/store.mts';
import { isUuid } from '../../wire/values.mts';
import type { Rules } from '../rules.mts';
import { keyed } from './keyed.mts';

export const packageRules: Rules = {
	defaults: { engine: null, metadata: {} },
	check(call, next, before) {
		const { key } = next.facts;
		const wrong = (detail: string, code: string) => [unprocessable(detail, code, attribute('key'))];
		if (isUuid(key)) return wrong('is invalid', 'KEY_INVALID');
		// The key is unique in the account, not only in the product.
		const others = call.world.store.where('packages', 'key', key);
		return others.some((other) => other !== before) ? wrong('already exists', 'KEY_TAKEN') : [];
	},
	created: linkEngine,
	updated: linkEngine,
};

function linkEngine(call: Call, item: Item): void {
	item.links.engine = keyed(call, 'engines', item.facts.engine)?.id ?? null;
}
