import { isJsonObject } from '../../../shared/json';
import { parseBoundedJson } from '../bounded-json';
import { decodeBase64, decodeUtf8 } from '../strict-decoding';

/** The shapes a license key can have, before anything about it is believed. */
export type LicenseKeyForm =
	| {
			readonly form: 'signed-v1' | 'signed-v2';
			readonly signed: Buffer;
			readonly seed: Buffer;
			readonly signature: Buffer;
	  }
	| { readonly form: 'jwt'; readonly token: string }
	| { readonly form: 'encrypted'; readonly ciphertext: Buffer }
	| { readonly form: 'unsigned' | 'legacy' | 'proof' }
	| { readonly form: 'damaged'; readonly detail: string };

const V2_PREFIX = 'key/';
/** Characters of a signature of 64 bytes in base64, less one that got lost. */
const SHORTEST_SIGNATURE = 80;
const ENCODED = /^[\w-]+={0,2}$/;
/** Of the scheme LEGACY_ENCRYPT: the ID of the license, and what only the service can compare. */
const LEGACY_KEY = /^[0-9a-f]{32}(?:-[0-9a-f]{20,40}){2,4}v\d$/;

export const isLegacyKey = (key: string): boolean => LEGACY_KEY.test(key);

/**
 * Takes a license key apart by its form alone. Formats: Keygen's cryptography documentation,
 * https://keygen.sh/docs/api/cryptography/#cryptographic-keys (base64url with padding; a JSON
 * Web Token without).
 */
export function licenseKeyForm(key: string): LicenseKeyForm {
	if (key.startsWith(V2_PREFIX)) return signedForm('signed-v2', key, V2_PREFIX.length);
	if (key.startsWith('proof/')) return { form: 'proof' };
	if (isLegacyKey(key)) return { form: 'legacy' };
	const parts = key.split('.', 4);
	if (parts.length === 3 && isTokenInput(Buffer.from(key, 'latin1')))
		return { form: 'jwt', token: key };
	const isEncoded = parts.every((part) => ENCODED.test(part));
	const last = parts[parts.length - 1].length;
	// A vendor may bring keys of any form; only what is long enough to hold a signature claims one.
	if (!isEncoded || last < SHORTEST_SIGNATURE || parts.length > 3) return { form: 'unsigned' };
	if (parts.length === 2) return signedForm('signed-v1', key, 0);
	if (parts.length === 3) return { form: 'jwt', token: key };
	const ciphertext = decodeBase64(key, 'url');
	// Encryption with an RSA key gives as many bytes as its modulus has; 2,048 bits or more.
	if (ciphertext && ciphertext.length >= 256) return { form: 'encrypted', ciphertext };
	return key.length < 340
		? { form: 'unsigned' }
		: { form: 'damaged', detail: 'The text has none of the forms of a signed license key.' };
}

function signedForm(
	form: 'signed-v1' | 'signed-v2',
	key: string,
	dataStart: number,
): LicenseKeyForm {
	const dot = key.indexOf('.');
	if (dot < 0) return { form: 'damaged', detail: 'The key carries no signature.' };
	const seed = decodeBase64(key.slice(dataStart, dot), 'url');
	const signature = decodeBase64(key.slice(dot + 1), 'url');
	if (!seed) return { form: 'damaged', detail: 'The data part is not exact base64url.' };
	if (!signature) return { form: 'damaged', detail: 'The signature is not exact base64url.' };
	if (seed.length === 0 || signature.length === 0) {
		return { form: 'damaged', detail: 'The data or the signature is empty.' };
	}
	// Version 2 signs the encoded data with its prefix, version 1 the bare data.
	const signed = form === 'signed-v2' ? Buffer.from(key.slice(0, dot), 'utf8') : seed;
	return { form, signed, seed, signature };
}

const OTHER_SIGNED_TEXTS = ['key/', 'license/', 'machine/', 'proof/', '(request-target): '];

/**
 * True if the account signs such bytes for another purpose: newer keys, files, responses, JSON
 * Web Tokens. Version 1 signs bare data with no prefix of its own, so whoever holds any of these
 * could dress its signature up as a license key.
 */
export function isSignedForAnotherPurpose(seed: Buffer): boolean {
	const start = seed.subarray(0, 32).toString('latin1');
	return OTHER_SIGNED_TEXTS.some((prefix) => start.startsWith(prefix)) || isTokenInput(seed);
}

function isTokenInput(seed: Buffer): boolean {
	const dot = seed.indexOf('.');
	if (dot <= 0) return false;
	const header = decodeBase64(seed.subarray(0, dot).toString('latin1'), 'url-unpadded');
	const text = header && decodeUtf8(header);
	const parsed = text === undefined ? undefined : parseBoundedJson(text, 32);
	return isJsonObject(parsed) && 'alg' in parsed;
}
