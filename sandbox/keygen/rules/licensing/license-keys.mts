import type { Call } from '../../call/call.mts';
import { attribute } from '../../refusals/phrases.mts';
import { problem, refuse, unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { hashedKey, plainKey, RSA_SEED_BYTES, signedKey } from '../../secrets/license-keys.mts';
import type { Item } from '../../state/store.mts';
import type { Subject } from '../rules.mts';

const KEY_BYTES = 16_384;

/** Key segments that would be taken for routes. */
const reservedKeys = ['actions', 'action'];

/** What the scheme or the pool of the policy has against a key, or the lack of one. */
export function keyProblems(call: Call, next: Subject, policy: Item): Problem[] {
	const { scheme, usePool } = policy.facts;
	const { key } = next.facts;
	if (typeof key !== 'string') {
		const isEmpty = call.world.store.children('keys', 'policy', policy.id).length === 0;
		return usePool && isEmpty
			? [
					problem(422, 'pool is empty', {
						code: 'POLICY_POOL_EMPTY',
						pointer: '/data/relationships/policy',
					}),
				]
			: [];
	}
	const wrong = (detail: string, code: string) => [unprocessable(detail, code, attribute('key'))];
	if (scheme === 'LEGACY_ENCRYPT')
		return wrong('cannot be specified for a legacy encrypted license', 'KEY_NOT_SUPPORTED');
	if (reservedKeys.includes(key)) return wrong('is reserved', 'KEY_NOT_ALLOWED');
	if (Buffer.byteLength(key) > KEY_BYTES)
		return wrong(`is too long (maximum is ${KEY_BYTES} characters)`, 'KEY_TOO_LONG');
	if (scheme === 'RSA_2048_PKCS1_ENCRYPT' && Buffer.byteLength(key) > RSA_SEED_BYTES)
		return wrong(
			`key exceeds maximum byte length (max size of ${RSA_SEED_BYTES} bytes)`,
			'KEY_BYTE_SIZE_EXCEEDED',
		);
	if (scheme === 'RSA_2048_JWT_RS256' && !isJsonObject(key))
		return wrong(
			'key is not a valid JWT claims payload (must be a valid JSON encoded string)',
			'KEY_JWT_CLAIMS_INVALID',
		);
	if (!scheme && key.length < 8)
		return wrong('is too short (minimum is 8 characters)', 'KEY_TOO_SHORT');
	if (call.world.store.where('licenses', 'key', key).length > 0)
		return wrong('has already been taken', 'KEY_TAKEN');
	return [];
}

/** The key of a new license: its own, from the pool, or made by the scheme of the policy. */
export function giveKey(call: Call, license: Item, policy: Item): void {
	const { scheme, usePool } = policy.facts;
	const seed = license.facts.key ?? undefined;
	if (usePool && seed === undefined)
		license.facts.key = popKey(call, policy, '/data/relationships/policy').facts.key;
	else if (scheme === 'LEGACY_ENCRYPT') {
		const raw = plainKey();
		license.facts.secrets = { key: raw };
		license.facts.key = hashedKey(raw);
	} else if (scheme) license.facts.key = signedKey(call.world, license, scheme, seed);
	else license.facts.key = seed ?? plainKey();
}

/** Takes the newest key out of a policy's pool. Throws 422 when there is no pool or no key. */
export function popKey(call: Call, policy: Item, pointer: string): Item {
	if (!policy.facts.usePool) refuse(422, 'pool is not supported', { pointer });
	const key = call.world.store.children('keys', 'policy', policy.id).at(-1);
	if (!key) return refuse(422, 'pool is empty', { pointer });
	call.world.store.remove(key);
	return key;
}

function isJsonObject(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
}
