// The keys of a stand-in Keygen account. Nothing in this folder uses the code that verifies: what
// these functions sign is held against the verifiers, so a shared mistake would go unseen.
import { generateKeyPairSync, sign, constants, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export type SigningAlgorithm = 'ed25519' | 'rsa-pss-sha256' | 'rsa-sha256' | 'ecdsa-p256';

/** Private keys. */
export interface AccountKeys {
	readonly ed25519: KeyObject;
	readonly rsa: KeyObject;
	readonly ecdsa: KeyObject;
}

/** New keys of the three kinds that Keygen gives an account. */
export function createAccountKeys(): AccountKeys {
	return {
		ed25519: generateKeyPairSync('ed25519').privateKey,
		rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
		ecdsa: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
	};
}

/**
 * The public keys as the account's `meta` shows them: base64 of the hexadecimal Ed25519 key, and
 * base64 of PEM for the others.
 */
export function publishedKeys(keys: AccountKeys) {
	const jwk = createPublicKey(keys.ed25519).export({ format: 'jwk' });
	const hex = Buffer.from(jwk.x ?? '', 'base64url').toString('hex');
	const rsa = base64(pemOf(keys.rsa));
	return {
		publicKey: rsa,
		keys: { ed25519: base64(hex), rsa2048: rsa, ecdsa: base64(pemOf(keys.ecdsa)) },
	};
}

/** A signature as Keygen makes it: PSS with the longest salt, ECDSA in DER. */
export function signBytes(keys: AccountKeys, algorithm: SigningAlgorithm, data: Buffer): Buffer {
	switch (algorithm) {
		case 'ed25519':
			return sign(null, data, keys.ed25519);
		case 'ecdsa-p256':
			return sign('sha256', data, keys.ecdsa);
		case 'rsa-sha256':
			return sign('sha256', data, keys.rsa);
		case 'rsa-pss-sha256': {
			const padding = constants.RSA_PKCS1_PSS_PADDING;
			const saltLength = constants.RSA_PSS_SALTLEN_MAX_SIGN;
			return sign('sha256', data, { key: keys.rsa, padding, saltLength });
		}
	}
}

function pemOf(privateKey: KeyObject): string {
	return createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }).toString();
}

function base64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64');
}
