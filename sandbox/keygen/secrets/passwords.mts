import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

import type { Item } from '../state/store.mts';

/** Stored form of a password: salt and scrypt hash. The cost is low, as nobody's secret is at stake. */
export function hash(password: string, salt = randomBytes(8)): string {
	return `${salt.toString('hex')}:${scryptSync(password, salt, 16, { N: 2 }).toString('hex')}`;
}

export function isPasswordOf(user: Item, password: string): boolean {
	const stored: string | undefined = user.facts.passwordHash;
	if (!stored) return false;
	const again = hash(password, Buffer.from(stored.split(':')[0], 'hex'));
	return timingSafeEqual(Buffer.from(again), Buffer.from(stored));
}
