import { constants, verify } from 'node:crypto';
import type { ImportedKey, PublicKey, PublicKeyType } from './public-key';

/** Names as Keygen writes them in `alg` of a file and `algorithm` of a Keygen-Signature header. */
export type SignatureAlgorithm = 'ed25519' | 'rsa-pss-sha256' | 'rsa-sha256' | 'ecdsa-p256';

export const SIGNATURE_ALGORITHMS: Readonly<Record<SignatureAlgorithm, PublicKeyType>> = {
	ed25519: 'ed25519',
	'rsa-pss-sha256': 'rsa',
	'rsa-sha256': 'rsa',
	'ecdsa-p256': 'p256',
};

export function isSignatureAlgorithm(name: unknown): name is SignatureAlgorithm {
	return typeof name === 'string' && Object.hasOwn(SIGNATURE_ALGORITHMS, name);
}

/** One key, or all keys of an account; the algorithm then decides which one is used. */
export type PublicKeys = ImportedKey | readonly ImportedKey[];

type KeyChoice =
	| { readonly ok: true; readonly key: PublicKey }
	| {
			readonly ok: false;
			readonly code: 'INVALID_PUBLIC_KEY' | 'KEY_MISMATCH';
			readonly detail: string;
	  };

/**
 * The key of the type that is needed. The type is never taken from the key alone: a signed text
 * that names another algorithm must not be tried with a key that was not made for it.
 */
export function chooseKey(keys: PublicKeys, type: PublicKeyType, purpose: string): KeyChoice {
	const given = Array.isArray(keys) ? (keys as readonly ImportedKey[]) : [keys as ImportedKey];
	const fitting = given.find((key) => key.ok && key.type === type);
	if (fitting?.ok) return { ok: true, key: fitting };
	const broken = given.find((key) => !key.ok);
	if (broken && !broken.ok) {
		return { ok: false, code: 'INVALID_PUBLIC_KEY', detail: broken.detail };
	}
	const types = given.map((key) => (key.ok ? key.type : '')).join(', ') || 'none';
	const detail = `${purpose} needs a public key of type ${type}; given: ${types}.`;
	return { ok: false, code: 'KEY_MISMATCH', detail };
}

/**
 * Whether the signature is by the holder of the key over exactly these bytes. False, never an
 * exception, for a signature of the wrong size or form and for a key of another type.
 * ECDSA signatures are DER, as Keygen makes them; RSA-PSS salts may have any length (Keygen uses
 * the longest).
 */
export function isSignedBy(
	key: PublicKey,
	algorithm: SignatureAlgorithm,
	data: Uint8Array,
	signature: Uint8Array,
): boolean {
	if (SIGNATURE_ALGORITHMS[algorithm] !== key.type) return false;
	try {
		return verifyBytes(key, algorithm, data, signature);
	} catch {
		return false;
	}
}

function verifyBytes(
	{ handle }: PublicKey,
	algorithm: SignatureAlgorithm,
	data: Uint8Array,
	signature: Uint8Array,
): boolean {
	switch (algorithm) {
		case 'ed25519':
			return verify(null, data, handle, signature);
		case 'ecdsa-p256':
			return verify('sha256', data, { key: handle, dsaEncoding: 'der' }, signature);
		case 'rsa-sha256':
			return verify(
				'sha256',
				data,
				{ key: handle, padding: constants.RSA_PKCS1_PADDING },
				signature,
			);
		case 'rsa-pss-sha256':
			return verify(
				'sha256',
				data,
				{
					key: handle,
					padding: constants.RSA_PKCS1_PSS_PADDING,
					saltLength: constants.RSA_PSS_SALTLEN_AUTO,
				},
				signature,
			);
	}
}
