import { randomBytes } from 'node:crypto';

import type { Facts } from '../state/facts.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { roleOf } from './roles.mts';
import type { Role } from './roles.mts';

export const TWO_WEEKS = 14 * 86_400_000;

interface TokenKind {
	prefix: string;
	kind: string;
}

const kinds: Record<Role, TokenKind> = {
	admin: { prefix: 'admin', kind: 'admin-token' },
	developer: { prefix: 'dev', kind: 'developer-token' },
	'sales-agent': { prefix: 'sales', kind: 'sales-token' },
	'support-agent': { prefix: 'spprt', kind: 'support-token' },
	'read-only': { prefix: 'read', kind: 'read-only-token' },
	environment: { prefix: 'env', kind: 'environment-token' },
	product: { prefix: 'prod', kind: 'product-token' },
	user: { prefix: 'user', kind: 'user-token' },
	license: { prefix: 'activ', kind: 'activation-token' },
	none: { prefix: 'token', kind: 'orphaned-token' },
};

export function tokenKind(bearer: Item | undefined): string {
	return kinds[bearer ? roleOf(bearer) : 'none'].kind;
}

/** A new token value with the prefix of its bearer and the suffix of the current format. */
export function newTokenValue(bearer: Item): string {
	return `${kinds[roleOf(bearer)].prefix}-${randomBytes(33).toString('hex')}v3`;
}

/** Stores a token of a bearer; user tokens live two weeks unless `expiry` says otherwise. */
export function makeToken(
	world: World,
	bearer: Item,
	facts: Facts = {},
	environment: string | null = null,
): Item {
	const now = world.clock.now();
	const expiry =
		bearer.type === 'users' && roleOf(bearer) === 'user'
			? new Date(now + TWO_WEEKS).toISOString()
			: null;
	const counters =
		bearer.type === 'licenses'
			? { maxActivations: null, activations: 0, maxDeactivations: null, deactivations: 0 }
			: {};
	const all = {
		name: null,
		expiry,
		permissions: ['*'],
		...counters,
		...facts,
		raw: newTokenValue(bearer),
		bearerType: bearer.type,
	};
	return world.store.add(
		{ type: 'tokens', facts: all, links: { bearer: bearer.id }, environment },
		now,
	);
}
