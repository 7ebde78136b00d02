import { constants, publicDecrypt } from 'node:crypto';
import { isJsonObject } from '../../../shared/json';
import { parseBoundedJson } from '../bounded-json';
import { verifyToken } from './json-web-token';
import { isSignedForAnotherPurpose, licenseKeyForm } from './license-key-form';
import type { LicenseKeyForm } from './license-key-form';
import type { PublicKey } from '../public-key';
import { chooseKey, isSignedBy, SIGNATURE_ALGORITHMS } from '../signature-algorithm';
import type { PublicKeys, SignatureAlgorithm } from '../signature-algorithm';
import { decodeUtf8, isOversized, readAscii, withoutBlanksAround } from '../strict-decoding';
import type { TextInput } from '../strict-decoding';
import { keyText } from '../transport';
import { assertClock, DEFAULT_CLOCK_TOLERANCE_SECONDS, outsideWindow } from '../validity-window';

/** Schemes of a policy whose license keys can be verified without the service. */
export const LICENSE_KEY_SCHEMES = [
	'ED25519_SIGN',
	'ECDSA_P256_SIGN',
	'RSA_2048_PKCS1_PSS_SIGN_V2',
	'RSA_2048_PKCS1_SIGN_V2',
	'RSA_2048_PKCS1_ENCRYPT',
	'RSA_2048_JWT_RS256',
	'RSA_2048_PKCS1_PSS_SIGN',
	'RSA_2048_PKCS1_SIGN',
] as const;

export type LicenseKeyScheme = (typeof LICENSE_KEY_SCHEMES)[number];

type LicenseKeyCode =
	| 'VALID'
	| 'TOO_LARGE'
	| 'MALFORMED'
	| 'NOT_SIGNED'
	| 'UNSUPPORTED_SCHEME'
	| 'SCHEME_MISMATCH'
	| 'ALGORITHM_MISMATCH'
	| 'INVALID_PUBLIC_KEY'
	| 'KEY_MISMATCH'
	| 'SIGNATURE_INVALID'
	| 'DECRYPTION_FAILED'
	| 'NOT_YET_VALID'
	| 'EXPIRED';

interface LicenseKeyResult {
	readonly valid: boolean;
	readonly code: LicenseKeyCode;
	readonly detail: string;
	/** The scheme that the key proved to have, null if it proved nothing. */
	readonly scheme: LicenseKeyScheme | null;
	/** What the vendor embedded: parsed if it is a JSON object or array, else text. */
	readonly data: unknown;
	readonly dataFormat: 'json' | 'text' | null;
}

interface LicenseKeyOptions {
	/** The account's public key, or all of them. */
	readonly publicKeys: PublicKeys;
	/** The scheme that the key must have; without it, the form of the key decides. */
	readonly scheme?: string;
	/** Milliseconds since 1970. Tokens (RSA_2048_JWT_RS256) state when they hold. */
	readonly now: number;
	readonly clockToleranceSeconds?: number;
}

interface SignedScheme {
	readonly form: 'signed-v1' | 'signed-v2';
	readonly algorithm: SignatureAlgorithm;
}

const SIGNED_SCHEMES: Readonly<Partial<Record<LicenseKeyScheme, SignedScheme>>> = {
	ED25519_SIGN: { form: 'signed-v2', algorithm: 'ed25519' },
	ECDSA_P256_SIGN: { form: 'signed-v2', algorithm: 'ecdsa-p256' },
	RSA_2048_PKCS1_PSS_SIGN_V2: { form: 'signed-v2', algorithm: 'rsa-pss-sha256' },
	RSA_2048_PKCS1_SIGN_V2: { form: 'signed-v2', algorithm: 'rsa-sha256' },
	RSA_2048_PKCS1_PSS_SIGN: { form: 'signed-v1', algorithm: 'rsa-pss-sha256' },
	RSA_2048_PKCS1_SIGN: { form: 'signed-v1', algorithm: 'rsa-sha256' },
};

type SignedForm = Extract<LicenseKeyForm, { signature: Buffer }>;
type Outcome = Omit<LicenseKeyResult, 'valid'>;

/**
 * Verifies that a license key was made by the holder of the account's private key, and reads what
 * is embedded in it. Blanks around the key are ignored; any other difference from the key as it
 * was issued makes it invalid. Answers every input with a code; throws only for a `now` or a
 * tolerance that is no number. Nothing is read from a key that does not verify.
 */
export function verifyLicenseKey(input: TextInput, options: LicenseKeyOptions): LicenseKeyResult {
	assertClock(options.now, options.clockToleranceSeconds ?? DEFAULT_CLOCK_TOLERANCE_SECONDS);
	const outcome = judge(input, options);
	return { valid: outcome.code === 'VALID', ...outcome };
}

function judge(input: TextInput, options: LicenseKeyOptions): Outcome {
	if (isOversized(input)) return failed('TOO_LARGE', 'A license key is never this long.');
	if (readAscii(input) === undefined) return failed('MALFORMED', 'There is no license key.');
	const key = withoutBlanksAround(keyText(input));
	if (key === '') return failed('MALFORMED', 'There is no license key.');
	const { scheme } = options;
	if (scheme !== undefined && !isScheme(scheme)) {
		return failed('UNSUPPORTED_SCHEME', 'Keys of this scheme cannot be verified offline.');
	}
	const form = licenseKeyForm(key);
	switch (form.form) {
		case 'damaged':
			return failed('MALFORMED', form.detail);
		case 'unsigned':
			return failed('NOT_SIGNED', 'The key holds no signature; only the service can validate it.');
		case 'legacy':
			return failed(
				'UNSUPPORTED_SCHEME',
				'The key has the form of the scheme LEGACY_ENCRYPT; only the service can validate it.',
			);
		case 'proof':
			return failed(
				'UNSUPPORTED_SCHEME',
				"This is the offline proof of a machine, not a license key; 'Verify Offline Proof' of a machine checks it.",
			);
		case 'signed-v1':
		case 'signed-v2':
			return judgeSigned(form, scheme, options.publicKeys);
		case 'encrypted':
			return judgeEncrypted(form.ciphertext, scheme, options.publicKeys);
		case 'jwt':
			return judgeToken(form.token, scheme, options);
	}
}

function judgeSigned(
	form: SignedForm,
	scheme: LicenseKeyScheme | undefined,
	publicKeys: PublicKeys,
): Outcome {
	if (form.form === 'signed-v1' && isSignedForAnotherPurpose(form.seed)) {
		return failed('SCHEME_MISMATCH', 'The signature was made for something else than a key.');
	}
	const possible = schemesBySignature(form);
	if (possible.length === 0) {
		return failed('SIGNATURE_INVALID', 'The signature has the size of no known scheme.');
	}
	if (scheme && !possible.includes(scheme)) {
		return failed('SCHEME_MISMATCH', `The key does not have the form of ${scheme}.`);
	}
	let problem: Outcome | undefined;
	for (const candidate of scheme ? [scheme] : possible) {
		const outcome = judgeAs(candidate, form, publicKeys);
		if (outcome.code === 'VALID') return outcome;
		if (!problem || outcome.code === 'SIGNATURE_INVALID') problem = outcome;
	}
	return problem as Outcome;
}

function judgeAs(scheme: LicenseKeyScheme, form: SignedForm, publicKeys: PublicKeys): Outcome {
	const algorithm = SIGNED_SCHEMES[scheme]?.algorithm as SignatureAlgorithm;
	const choice = chooseKey(publicKeys, SIGNATURE_ALGORITHMS[algorithm], scheme);
	if (!choice.ok) return failed(choice.code, choice.detail);
	if (!isSignedBy(choice.key, algorithm, form.signed, form.signature)) {
		return failed('SIGNATURE_INVALID', 'The key was changed, or signed with another key.');
	}
	return authentic(scheme, form.seed);
}

// Signatures have 64 bytes with Ed25519, as many as the modulus with RSA, and with ECDSA those of
// a DER sequence of two numbers of at most 33 bytes.
function schemesBySignature({ form, signature }: SignedForm): LicenseKeyScheme[] {
	return LICENSE_KEY_SCHEMES.filter((scheme) => {
		const facts = SIGNED_SCHEMES[scheme];
		if (facts?.form !== form) return false;
		if (facts.algorithm === 'ed25519') return signature.length === 64;
		if (facts.algorithm === 'ecdsa-p256') return isShortDerSequence(signature);
		return signature.length >= 256;
	});
}

function isShortDerSequence(bytes: Buffer): boolean {
	return bytes.length <= 72 && bytes[0] === 0x30 && bytes[1] === bytes.length - 2;
}

// DigestInfo of SHA-256 (RFC 8017, section 9.2), which every PKCS #1 signature "decrypts" to.
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

function judgeEncrypted(
	ciphertext: Buffer,
	scheme: LicenseKeyScheme | undefined,
	publicKeys: PublicKeys,
): Outcome {
	if (scheme && scheme !== 'RSA_2048_PKCS1_ENCRYPT') {
		return failed('SCHEME_MISMATCH', `The key does not have the form of ${scheme}.`);
	}
	const choice = chooseKey(publicKeys, 'rsa', 'RSA_2048_PKCS1_ENCRYPT');
	if (!choice.ok) return failed(choice.code, choice.detail);
	const seed = decryptedWith(choice.key, ciphertext);
	if (!seed?.length) {
		return failed('DECRYPTION_FAILED', 'The key was changed, or made with another key.');
	}
	// Without this, any RSA signature of the account would pass for an encrypted license key.
	if (seed.length === 51 && seed.subarray(0, 19).equals(SHA256_DIGEST_INFO)) {
		return failed('SCHEME_MISMATCH', 'This is a signature, not an encrypted license key.');
	}
	return authentic('RSA_2048_PKCS1_ENCRYPT', seed);
}

function decryptedWith({ handle }: PublicKey, ciphertext: Buffer): Buffer | undefined {
	try {
		return publicDecrypt({ key: handle, padding: constants.RSA_PKCS1_PADDING }, ciphertext);
	} catch {
		return undefined;
	}
}

function judgeToken(
	token: string,
	scheme: LicenseKeyScheme | undefined,
	options: LicenseKeyOptions,
): Outcome {
	const { publicKeys, now, clockToleranceSeconds = DEFAULT_CLOCK_TOLERANCE_SECONDS } = options;
	if (scheme && scheme !== 'RSA_2048_JWT_RS256') {
		return failed('SCHEME_MISMATCH', `The key does not have the form of ${scheme}.`);
	}
	const choice = chooseKey(publicKeys, 'rsa', 'RSA_2048_JWT_RS256');
	if (!choice.ok) return failed(choice.code, choice.detail);
	const result = verifyToken(token, choice.key);
	if (!result.ok) return failed(result.code, result.detail);
	const outside = outsideWindow(result.window, now, clockToleranceSeconds);
	return {
		code: outside ?? 'VALID',
		detail: outside
			? 'The token is genuine; the clock stands outside of its time.'
			: 'The key is genuine.',
		scheme: 'RSA_2048_JWT_RS256',
		data: result.claims,
		dataFormat: 'json',
	};
}

function authentic(scheme: LicenseKeyScheme, seed: Buffer): Outcome {
	const text = decodeUtf8(seed);
	if (text === undefined) return failed('MALFORMED', 'The embedded data is not text.');
	const parsed = parseBoundedJson(text);
	const isJson = isJsonObject(parsed) || Array.isArray(parsed);
	return {
		code: 'VALID',
		detail: 'The key is genuine.',
		scheme,
		data: isJson ? parsed : text,
		dataFormat: isJson ? 'json' : 'text',
	};
}

function failed(code: Exclude<LicenseKeyCode, 'VALID'>, detail: string): Outcome {
	return { code, detail, scheme: null, data: null, dataFormat: null };
}

function isScheme(name: string): name is LicenseKeyScheme {
	return (LICENSE_KEY_SCHEMES as readonly string[]).includes(name);
}
