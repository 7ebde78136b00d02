import { createHash, randomBytes, randomUUID } from 'node:crypto';

import type { SigningAlgorithm } from '../../keygen-signing/account-keys.mts';
import { makeLicenseKey } from '../../keygen-signing/license-keys.mts';
import { mustHave, related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';

/** Largest seed that RSA-2048 with PKCS#1 v1.5 padding can encrypt. */
export const RSA_SEED_BYTES = 245;

const algorithms: Record<string, SigningAlgorithm> = {
	ED25519_SIGN: 'ed25519',
	ECDSA_P256_SIGN: 'ecdsa-p256',
	RSA_2048_PKCS1_SIGN_V2: 'rsa-sha256',
	RSA_2048_PKCS1_PSS_SIGN_V2: 'rsa-pss-sha256',
	RSA_2048_PKCS1_SIGN: 'rsa-sha256',
	RSA_2048_PKCS1_PSS_SIGN: 'rsa-pss-sha256',
	RSA_2048_JWT_RS256: 'rsa-sha256',
	RSA_2048_PKCS1_ENCRYPT: 'rsa-sha256',
};

/** The algorithm that goes with a scheme; ed25519 without one. */
export function algorithmOf(scheme: string | null): SigningAlgorithm {
	return (scheme && algorithms[scheme]) || 'ed25519';
}

/** A key for a policy without a scheme: `XXXXXX-XXXXXX-XXXXXX-XXXXXX-XXXXXX-V3`. */
export function plainKey(): string {
	const parts = Array.from({ length: 5 }, () => randomBytes(3).toString('hex').toUpperCase());
	return `${parts.join('-')}-V3`;
}

export function hashedKey(raw: string): string {
	return createHash('sha256').update(raw).digest('hex');
}

/** The key of a license under a signing or encrypting scheme; `seed` is the user's own, if any. */
export function signedKey(world: World, license: Item, scheme: string, seed?: string): string {
	const makeSeed = scheme === 'RSA_2048_JWT_RS256' ? defaultClaims : defaultSeed;
	return makeLicenseKey(world.keys, scheme, seed ?? JSON.stringify(makeSeed(world, license)));
}

function defaultSeed(world: World, license: Item): unknown {
	const policy = mustHave(world, license, 'policy');
	const owner = related(world, license, 'owner');
	return {
		account: { id: world.account.id },
		product: { id: policy.links.product },
		policy: { id: policy.id, duration: policy.facts.duration },
		user: owner ? { id: owner.id, email: owner.facts.email } : null,
		license: {
			id: license.id,
			created: new Date(license.created).toISOString(),
			expiry: license.facts.expiry,
		},
	};
}

function defaultClaims(world: World, license: Item): unknown {
	const issued = Math.floor(license.created / 1000);
	const claims = {
		jti: randomUUID(),
		iss: 'https://keygen.sh',
		aud: world.account.id,
		sub: license.id,
		iat: issued,
		nbf: issued,
	};
	return license.facts.expiry
		? { ...claims, exp: Math.floor(Date.parse(license.facts.expiry) / 1000) }
		: claims;
}
