import type { Call } from '../../call/call.mts';
import { after } from '../../standing/durations.mts';
import { mustHave } from '../../state/relations.mts';
import type { Item } from '../../state/store.mts';

/** ISO time at which a license of this policy expires when counted from `from`; null is never. */
export function expiryFrom(from: number, policy: Item): string | null {
	const { duration } = policy.facts;
	return typeof duration === 'number' ? new Date(after(from, duration)).toISOString() : null;
}

/** Starts the license's time when its policy counts from the first event of this kind. */
export function startExpiry(call: Call, license: Item, basis: string): void {
	const policy = mustHave(call.world, license, 'policy');
	if (license.facts.expiry === null && policy.facts.expirationBasis === basis)
		license.facts.expiry = expiryFrom(call.now, policy);
}
