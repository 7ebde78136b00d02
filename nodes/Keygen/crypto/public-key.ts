import { createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { isJsonObject } from '../../shared/json';
import { parseBoundedJson } from './bounded-json';
import { bufferOf, decodeBase64, decodeUtf8 } from './strict-decoding';
import { transported, unquoted } from './transport';

export type PublicKeyType = 'ed25519' | 'rsa' | 'p256';

type PublicKeyProblem =
	| 'EMPTY'
	| 'UNREADABLE'
	| 'PRIVATE_KEY'
	| 'UNSUPPORTED_KEY_TYPE'
	| 'WEAK_KEY';

export interface PublicKey {
	readonly ok: true;
	readonly type: PublicKeyType;
	/** For `verify` of node:crypto. Making it costs more than a verification, so keep it. */
	readonly handle: KeyObject;
}

interface PublicKeyFailure {
	readonly ok: false;
	readonly problem: PublicKeyProblem;
	readonly detail: string;
}

/** An imported key, or why import failed. Verifiers accept both and report the failure. */
export type ImportedKey = PublicKey | PublicKeyFailure;

const MAX_KEY_BYTES = 16 * 1024;
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;
const MIN_RSA_EXPONENT = 65537n;
// SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410, section 4).
const ED25519_SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const FORMATS =
	'Give the key as 64 hexadecimal digits, as PEM (BEGIN PUBLIC KEY), or base64-encoded as the ' +
	'account shows it.';

/**
 * Reads a public key in every format that Keygen hands out: Ed25519 as 64 hexadecimal digits;
 * PEM (SubjectPublicKeyInfo, or PKCS #1 for RSA) with its line breaks kept, escaped or lost;
 * base64 of either of these (`meta.keys` of the account); base64 of DER; DER bytes.
 * Never throws. Formats: https://keygen.sh/docs/api/cryptography/,
 * https://keygen.sh/blog/how-to-use-hexadecimal-ed25519-keys-in-node/
 */
export function importPublicKey(input: unknown): ImportedKey {
	if (input instanceof Uint8Array) {
		if (input.byteLength > MAX_KEY_BYTES) return tooLong();
		const bytes = bufferOf(input);
		const text = decodeUtf8(bytes);
		return text === undefined || isDer(bytes) ? importDer(bytes) : importText(text);
	}
	if (typeof input !== 'string') return failure('EMPTY', `No public key was given. ${FORMATS}`);
	return input.length > MAX_KEY_BYTES ? tooLong() : importText(input);
}

// The outer SEQUENCE of a key has a length of one byte (Ed25519, P-256), or two after 0x82 (RSA).
function isDer(bytes: Buffer): boolean {
	if (bytes[0] !== 0x30) return false;
	return bytes[1] === bytes.length - 2 || bytes[1] === 0x82;
}

function importText(text: string): ImportedKey {
	const trimmed = unquoted(transported(text)).trim();
	if (trimmed === '') return failure('EMPTY', `The public key is empty. ${FORMATS}`);
	const direct = importHexOrPem(trimmed);
	if (direct) return direct;

	// Some encoders wrap base64 at 60 or 76 characters.
	const decoded = decodeBase64(trimmed.replace(/[ \t\r\n]/g, ''), 'standard');
	if (!decoded) return failure('UNREADABLE', `The public key cannot be read. ${FORMATS}`);
	if (decoded.length === 32) return importDer(Buffer.concat([ED25519_SPKI_PREFIX, decoded]));
	const inner = decodeUtf8(decoded);
	return (inner !== undefined && importHexOrPem(inner.trim())) || importDer(decoded);
}

function importHexOrPem(text: string): ImportedKey | undefined {
	const digits = text.replace(/^0x/i, '').replace(/[\s:]/g, '');
	if (isHexKey(digits)) {
		return importDer(Buffer.concat([ED25519_SPKI_PREFIX, Buffer.from(digits, 'hex')]));
	}
	if (text.startsWith('{')) return importJwk(text);
	return text.startsWith('-----BEGIN ') ? importPem(text) : undefined;
}

/** A JSON Web Key (RFC 7517). */
function importJwk(text: string): ImportedKey {
	const jwk = parseBoundedJson(text, 32);
	if (!isJsonObject(jwk)) return failure('UNREADABLE', 'The JSON Web Key is not exact JSON.');
	if ('d' in jwk)
		return failure(
			'PRIVATE_KEY',
			'This is a private key. Give the public key, and treat the private key as exposed.',
		);
	try {
		return checked(createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }));
	} catch {
		return failure('UNREADABLE', `The JSON Web Key cannot be read. ${FORMATS}`);
	}
}

function isHexKey(text: string): boolean {
	return text.length === 64 && /^[0-9a-fA-F]{64}$/.test(text);
}

function importPem(text: string): ImportedKey {
	// JSON and .env files turn line breaks into a literal \n, one-line input fields into blanks.
	const pem = text.replace(/\\r|\\n/g, '\n').trim();
	const label = /^-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(pem)?.[1];
	if (label === undefined) return failure('UNREADABLE', 'The first line of the PEM is damaged.');
	// createPublicKey() would quietly take the public half of a private key.
	if (label.includes('PRIVATE')) {
		return failure(
			'PRIVATE_KEY',
			'This is a private key. Give the public key, and treat the private key as exposed.',
		);
	}
	if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') {
		return failure('UNSUPPORTED_KEY_TYPE', `A PEM of ${label} is not a public key.`);
	}
	const end = `-----END ${label}-----`;
	if (!pem.endsWith(end)) return failure('UNREADABLE', `The PEM does not end with ${end}.`);
	const body = pem.slice(`-----BEGIN ${label}-----`.length, -end.length).replace(/[ \t\r\n]/g, '');
	const der = decodeBase64(body, 'standard');
	if (!der) return failure('UNREADABLE', 'The PEM is damaged between its first and last line.');
	return importDer(der);
}

function importDer(der: Buffer): ImportedKey {
	const handle = readSpki(der) ?? readSpki(spkiOfRsa(der));
	return handle
		? checked(handle)
		: failure('UNREADABLE', `The public key cannot be read. ${FORMATS}`);
}

function readSpki(der: Buffer): KeyObject | undefined {
	try {
		const handle = createPublicKey({ key: der, format: 'der', type: 'spki' });
		// Bytes after the key, and unusual encodings of it, are read past by OpenSSL.
		return handle.export({ format: 'der', type: 'spki' }).equals(der) ? handle : undefined;
	} catch {
		return undefined;
	}
}

// AlgorithmIdentifier of rsaEncryption (RFC 3279, section 2.3.1).
const RSA_ALGORITHM = Buffer.from('300d06092a864886f70d0101010500', 'hex');

/** SubjectPublicKeyInfo around the bytes of a PKCS #1 RSAPublicKey. */
function spkiOfRsa(pkcs1: Buffer): Buffer {
	const bits = derElement(0x03, Buffer.concat([Buffer.of(0), pkcs1]));
	return derElement(0x30, Buffer.concat([RSA_ALGORITHM, bits]));
}

function derElement(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function checked(handle: KeyObject): ImportedKey {
	const details = handle.asymmetricKeyDetails ?? {};
	switch (handle.asymmetricKeyType) {
		case 'ed25519':
			return { ok: true, type: 'ed25519', handle };
		case 'ec':
			if (details.namedCurve === 'prime256v1') return { ok: true, type: 'p256', handle };
			return failure(
				'UNSUPPORTED_KEY_TYPE',
				`Keygen signs with the curve P-256, not ${details.namedCurve ?? 'this one'}.`,
			);
		case 'rsa':
			return checkedRsa(handle, details.modulusLength ?? 0, details.publicExponent ?? 0n);
		default:
			return failure(
				'UNSUPPORTED_KEY_TYPE',
				`Keygen's keys are Ed25519, RSA or ECDSA P-256, not ${handle.asymmetricKeyType ?? 'this'}.`,
			);
	}
}

function checkedRsa(handle: KeyObject, bits: number, exponent: bigint): ImportedKey {
	if (bits < MIN_RSA_BITS || exponent < MIN_RSA_EXPONENT) {
		return failure('WEAK_KEY', `An RSA key needs ${MIN_RSA_BITS} bits and the exponent 65537.`);
	}
	if (bits > MAX_RSA_BITS) {
		return failure('UNSUPPORTED_KEY_TYPE', `RSA keys above ${MAX_RSA_BITS} bits are not read.`);
	}
	return { ok: true, type: 'rsa', handle };
}

function tooLong(): PublicKeyFailure {
	return failure('UNREADABLE', `No public key is longer than ${MAX_KEY_BYTES} bytes.`);
}

function failure(problem: PublicKeyProblem, detail: string): PublicKeyFailure {
	return { ok: false, problem, detail };
}
