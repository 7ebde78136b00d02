import type { Handler } from '../call/call.mts';
import { parentOf } from '../call/finding.mts';
import { popKey } from '../rules/licensing/license-keys.mts';
import { emit } from '../webhooks/events.mts';

/** DELETE of a pool takes its oldest key out and answers with it. */
export const popPool: Handler = (call) => {
	const key = popKey(call, parentOf(call, 'policies'), '/data/relationships/pool');
	emit(call, 'policy.pool.popped', key);
	return { status: 200, data: key };
};
