import type { Call } from '../call/call.mts';
import type { Scope } from '../notation/body.mts';
import type { Facts } from '../state/facts.mts';
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
