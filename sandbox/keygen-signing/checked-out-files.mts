import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { signBytes } from './account-keys.mts';
import type { AccountKeys, SigningAlgorithm } from './account-keys.mts';

export interface CheckOut {
	readonly kind: 'license' | 'machine';
	/** For instance `aes-256-gcm+ed25519` or `base64+rsa-sha256`. */
	readonly algorithm: string;
	/** The JSON:API document with `meta` of `issued`, `expiry` and `ttl`. */
	readonly document: unknown;
	/** Of an encrypted file: the license key, followed by the fingerprint for a machine. */
	readonly secret?: string;
}

/** A license or machine file as the service hands it out, its base64 wrapped at 60 characters. */
export function makeCheckedOutFile(keys: AccountKeys, checkOut: CheckOut): string {
	const { kind, algorithm, document, secret = '' } = checkOut;
	const json = Buffer.from(JSON.stringify(document), 'utf8');
	const enc = algorithm.startsWith('base64+') ? json.toString('base64') : encrypt(json, secret);
	const signing = algorithm.slice(algorithm.indexOf('+') + 1) as SigningAlgorithm;
	const sig = signBytes(keys, signing, Buffer.from(`${kind}/${enc}`)).toString('base64');
	return armor(kind, JSON.stringify({ enc, sig, alg: algorithm }));
}

function encrypt(plain: Buffer, secret: string): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(secret).digest(), iv);
	const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
	return [ciphertext, iv, cipher.getAuthTag()].map((part) => part.toString('base64')).join('.');
}

/** Any text in the armor of a file. */
export function armor(kind: 'license' | 'machine', text: string): string {
	const label = `${kind.toUpperCase()} FILE`;
	const lines =
		Buffer.from(text)
			.toString('base64')
			.match(/.{1,60}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
