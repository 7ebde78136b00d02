import { visible } from '../access/visibility.mts';
import type { Call, Handler, Reply } from '../call/call.mts';
import { find } from '../call/finding.mts';
import type { Scope } from '../notation/body.mts';
import { validationMeta } from '../records/versions.mts';
import { forbid } from '../refusals/forbidden.mts';
import { refuse, refuseAll, unprocessable } from '../refusals/problems.mts';
import { expiryFrom, startExpiry } from '../rules/licensing/expiry.mts';
import { transfer } from '../rules/licensing/licenses.mts';
import { hashedKey } from '../secrets/license-keys.mts';
import { isExpired, isProtected, limitOf, overageAllows } from '../standing/licenses.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { validate } from '../validation/validation.mts';
import { emit } from '../webhooks/events.mts';

/** An action on the license of the path: changes it, tells of it, answers with it. */
function action(event: string, change: (call: Call, license: Item, policy: Item) => void): Handler {
	return (call) => {
		const license = find(call, 'licenses', call.params.id);
		change(call, license, mustHave(call.world, license, 'policy'));
		call.world.store.touch(license, call.now);
		emit(call, event, license);
		return { status: 200, data: license };
	};
}

const now = (call: Call) => new Date(call.now).toISOString();

export const suspend = action('license.suspended', (_, license) => {
	if (license.facts.suspended)
		refuse(422, 'is already suspended', { pointer: '/data/attributes/suspended' });
	license.facts.suspended = true;
});

export const reinstate = action('license.reinstated', (_, license) => {
	if (!license.facts.suspended)
		refuse(422, 'is not suspended', { pointer: '/data/attributes/suspended' });
	license.facts.suspended = false;
});

export const renew = action('license.renewed', (call, license, policy) => {
	if (policy.facts.duration === null)
		refuse(422, 'cannot be renewed because the policy does not have a duration');
	if (call.bearer.role === 'user' && isProtected(call.world, license)) forbid();
	const basis = policy.facts.renewalBasis;
	const fromNow =
		license.facts.expiry === null ||
		basis === 'FROM_NOW' ||
		(basis === 'FROM_NOW_IF_EXPIRED' && isExpired(call.world, license));
	license.facts.expiry = expiryFrom(
		fromNow ? call.now : Date.parse(license.facts.expiry ?? ''),
		policy,
	);
});

export const checkIn = action('license.checked-in', (call, license, policy) => {
	if (!policy.facts.requireCheckIn)
		refuse(422, 'cannot be checked in because the policy does not require it');
	license.facts.lastCheckIn = now(call);
});

export const incrementUsage = action('license.usage.incremented', (call, license) => {
	const step = call.body.meta.increment ?? 1;
	const limit = limitOf(call.world, license, 'maxUses');
	const uses = (license.facts.uses ?? 0) + step;
	if (uses < 0)
		refuseAll([
			unprocessable('must be greater than or equal to 0', 'USES_INVALID', '/data/attributes/uses'),
		]);
	if (!overageAllows(call.world, license, uses, limit)) {
		refuseAll([
			unprocessable(
				`usage exceeds maximum allowed for license (${limit})`,
				'USES_LIMIT_EXCEEDED',
				'/data/attributes/uses',
			),
		]);
	}
	license.facts.uses = uses;
	startExpiry(call, license, 'FROM_FIRST_USE');
});

export const decrementUsage = action('license.usage.decremented', (call, license) => {
	const uses = (license.facts.uses ?? 0) - (call.body.meta.decrement ?? 1);
	if (uses < 0)
		refuseAll([
			unprocessable('must be greater than or equal to 0', 'USES_INVALID', '/data/attributes/uses'),
		]);
	license.facts.uses = uses;
});

export const resetUsage = action('license.usage.reset', (_, license) => {
	license.facts.uses = 0;
});

/** POST validate: with a scope, and told to webhooks. */
export const validateById: Handler = (call) => {
	const license = find(call, 'licenses', call.params.id);
	return validated(call, license, call.body.meta.scope ?? {}, true);
};

/** GET validate: asks for no scope and tells nobody. */
export const quickValidate: Handler = (call) =>
	validated(call, find(call, 'licenses', call.params.id), undefined, false);

/** POST validate-key: always 200; an unknown key has no data and the code NOT_FOUND. */
export const validateKey: Handler = (call) => {
	const { key = '', legacyEncrypted, encrypted, scope } = call.body.meta;
	const legacy = legacyEncrypted ?? encrypted ?? false;
	const found = call.world.store.where('licenses', 'key', legacy ? hashedKey(key) : key);
	const license = found.find(
		(candidate) => (candidate.facts.secrets !== undefined) === legacy && mayKnow(call, candidate),
	);
	if (!license)
		return {
			status: 200,
			data: null,
			meta: metaOf(call, { valid: false, code: 'NOT_FOUND', detail: 'does not exist' }),
		};
	if (call.bearer.role === 'none' && isProtected(call.world, license)) {
		refuse(401, 'You must be authenticated to complete the request', {
			code: 'TOKEN_MISSING',
		});
	}
	return validated(call, license, scope ?? {}, true);
};

/** Whoever holds a key may validate it; products and environments keep to their own licenses. */
function mayKnow(call: Call, license: Item): boolean {
	return ['none', 'user', 'license'].includes(call.bearer.role)
		? license.environment === (call.environment?.id ?? null)
		: visible(call, license);
}

function validated(call: Call, license: Item, scope: Scope | undefined, tell: boolean): Reply {
	const verdict = validate(call, license, scope);
	license.facts.lastValidated = now(call);
	if (verdict.valid) startExpiry(call, license, 'FROM_FIRST_VALIDATION');
	if (scope?.version && verdict.valid) license.facts.version = scope.version;
	call.world.store.touch(license, call.now);
	const meta = metaOf(call, verdict);
	if (tell)
		emit(call, `license.validation.${verdict.valid ? 'succeeded' : 'failed'}`, license, meta);
	return { status: 200, data: license, meta: validationMeta(call.version, meta) };
}

function metaOf(
	call: Call,
	verdict: { valid: boolean; code: string; detail: string },
): Record<string, unknown> {
	const { nonce, scope } = call.body.meta;
	return {
		ts: now(call),
		...verdict,
		...(nonce !== undefined && { nonce }),
		...(scope !== undefined && { scope }),
	};
}

/** Before a license moves to another policy. */
export const mayTransfer = (call: Call, license: Item, policy: Item | undefined): void => {
	if (policy) transfer(call, license, policy);
};
