import { isJsonObject, type JsonObject } from '../../../shared/json';
import { parseBoundedJson } from '../bounded-json';
import { fileText } from '../transport';
import { readCertificate } from './certificate';
import type { Certificate, CheckedOutKind } from './certificate';
import { decryptPayload } from './encrypted-payload';
import { chooseKey, isSignedBy, SIGNATURE_ALGORITHMS } from '../signature-algorithm';
import type { PublicKeys, SignatureAlgorithm } from '../signature-algorithm';
import { decodeBase64, decodeUtf8, isOversized, readAscii } from '../strict-decoding';
import type { TextInput } from '../strict-decoding';
import {
	assertClock,
	DEFAULT_CLOCK_TOLERANCE_SECONDS,
	isoTime,
	outsideWindow,
} from '../validity-window';

type FileCode =
	| 'VALID'
	| 'TOO_LARGE'
	| 'MALFORMED'
	| 'WRONG_FILE_TYPE'
	| 'UNSUPPORTED_ALGORITHM'
	| 'ALGORITHM_MISMATCH'
	| 'INVALID_PUBLIC_KEY'
	| 'KEY_MISMATCH'
	| 'SIGNATURE_INVALID'
	| 'SECRET_REQUIRED'
	| 'DECRYPTION_FAILED'
	| 'LICENSE_MISMATCH'
	| 'LICENSE_NOT_INCLUDED'
	| 'FINGERPRINT_MISMATCH'
	| 'NOT_YET_VALID'
	| 'EXPIRED';

export interface FileResult {
	readonly valid: boolean;
	readonly code: FileCode;
	readonly detail: string;
	/** True once the signature proved that the file is as the account's holder made it. */
	readonly authentic: boolean;
	/** As the file states it, for instance `aes-256-gcm+ed25519`; null if it was not understood. */
	readonly algorithm: string | null;
	/** ISO 8601 times as the file states them. */
	readonly issued: string | null;
	readonly expiry: string | null;
	/** Seconds that the file holds from `issued`, null if it does not end. */
	readonly ttl: number | null;
	/** The JSON:API document, also of a genuine file whose time is not now. */
	readonly document: JsonObject | null;
}

export interface FileOptions {
	/** The account's public key, or all of them; the file's algorithm decides which is used. */
	readonly publicKeys: PublicKeys;
	/** Milliseconds since 1970: the clock that the file is held against. */
	readonly now: number;
	/** How far in the future `issued` may lie, in seconds. */
	readonly clockToleranceSeconds?: number;
	/** The signature algorithm that the file must have; without it, any that fits a key. */
	readonly algorithm?: SignatureAlgorithm;
}

type MismatchCode = 'LICENSE_MISMATCH' | 'LICENSE_NOT_INCLUDED' | 'FINGERPRINT_MISMATCH';

/** How a kind of file is decrypted, and what its document must then say. */
interface FileExpectations {
	readonly kind: CheckedOutKind;
	readonly resourceType: string;
	/** The secret of an encrypted file; undefined if the caller lacks a part of it. */
	readonly secret?: string;
	readonly secretName: string;
	/** Why the secret cannot decrypt any file, where that is known. */
	readonly futile?: string;
	/** Compares the document with what the caller knows; a code if it speaks of something else. */
	mismatch(
		document: JsonObject,
		attributes: JsonObject,
		isEncrypted: boolean,
	): MismatchCode | undefined;
}

type Outcome = Omit<FileResult, 'valid'>;

/**
 * Verifies a license or machine file: form, signature, decryption, content, time, in this order;
 * the first that fails is the answer. Answers every input with a code; throws only for a clock or
 * a tolerance that is no number.
 */
export function verifyFile(
	input: TextInput,
	expected: FileExpectations,
	options: FileOptions,
): FileResult {
	assertClock(options.now, options.clockToleranceSeconds ?? DEFAULT_CLOCK_TOLERANCE_SECONDS);
	const outcome = judge(input, expected, options);
	return { valid: outcome.code === 'VALID', ...outcome };
}

function judge(input: TextInput, expected: FileExpectations, options: FileOptions): Outcome {
	if (isOversized(input))
		return failed('TOO_LARGE', 'A license or machine file is never so large.');
	if (readAscii(input) === undefined) return failed('MALFORMED', 'There is no file.');
	const read = readCertificate(fileText(input));
	if (!read.ok) return failed(read.code, read.detail);
	const { certificate } = read;
	if (certificate.kind !== expected.kind) {
		return failed('WRONG_FILE_TYPE', `This is a ${certificate.kind} file.`);
	}
	const problem = signatureProblem(certificate, options);
	if (problem) return { ...problem, algorithm: algorithmOf(certificate) };
	return judgeAuthentic(certificate, expected, options);
}

function signatureProblem(certificate: Certificate, options: FileOptions): Outcome | undefined {
	const { algorithm, kind, enc, signature } = certificate;
	if (options.algorithm && options.algorithm !== algorithm) {
		return failed('ALGORITHM_MISMATCH', `The file is signed with ${algorithm}.`);
	}
	const purpose = `A file signed with ${algorithm}`;
	const choice = chooseKey(options.publicKeys, SIGNATURE_ALGORITHMS[algorithm], purpose);
	if (!choice.ok) return failed(choice.code, choice.detail);
	// The prefix keeps a license file from passing for a machine file of the same content.
	const signed = Buffer.from(`${kind}/${enc}`, 'utf8');
	if (isSignedBy(choice.key, algorithm, signed, signature)) return undefined;
	return failed('SIGNATURE_INVALID', 'The file was changed, or signed with another key.');
}

function judgeAuthentic(
	certificate: Certificate,
	expected: FileExpectations,
	options: FileOptions,
): Outcome {
	const known = { authentic: true, algorithm: algorithmOf(certificate) };
	const payload = payloadOf(certificate, expected);
	if (!payload.ok) return { ...failed(payload.code, payload.detail), ...known };
	const text = decodeUtf8(payload.plain);
	const content =
		text === undefined ? undefined : contentOf(parseBoundedJson(text), expected.resourceType);
	if (!content) {
		const detail = `The file does not hold a document of ${expected.resourceType}.`;
		return { ...failed('MALFORMED', detail), ...known };
	}
	const { document, times, attributes } = content;
	const { now, clockToleranceSeconds = DEFAULT_CLOCK_TOLERANCE_SECONDS } = options;
	const window = { notBefore: times.issuedAt, expiry: times.expiresAt };
	const code =
		expected.mismatch(document, attributes, certificate.encoding !== 'base64') ??
		outsideWindow(window, now, clockToleranceSeconds) ??
		'VALID';
	const { issued, expiry, ttl } = times;
	return { ...known, code, detail: DETAILS[code], issued, expiry, ttl, document };
}

const DETAILS = {
	VALID: 'The file is genuine and its time is now.',
	LICENSE_MISMATCH: 'The file is genuine, but of another license.',
	LICENSE_NOT_INCLUDED:
		"The file is genuine, but does not hold its license, so the license key cannot be compared. Check it out with 'License' under 'Include', or leave the key empty.",
	FINGERPRINT_MISMATCH: 'The file is genuine, but of another machine.',
	NOT_YET_VALID: 'The file is genuine, but issued in the future: one of the clocks is wrong.',
	EXPIRED: 'The file is genuine, but its time is over; a new one must be checked out.',
} as const;

type PayloadResult =
	| { readonly ok: true; readonly plain: Buffer }
	| { readonly ok: false; readonly code: FileCode; readonly detail: string };

function payloadOf({ encoding, enc }: Certificate, expected: FileExpectations): PayloadResult {
	if (encoding === 'base64') {
		const plain = decodeBase64(enc, 'standard');
		if (plain) return { ok: true, plain };
		return { ok: false, code: 'MALFORMED', detail: 'The payload is not exact base64.' };
	}
	const { secret, secretName, futile } = expected;
	if (secret === undefined) {
		return { ok: false, code: 'SECRET_REQUIRED', detail: `The file is encrypted: ${secretName}.` };
	}
	const decrypted = decryptPayload(enc, secret);
	if (decrypted.ok) return decrypted;
	const detail =
		decrypted.code === 'MALFORMED'
			? 'The encrypted payload does not have its three parts.'
			: (futile ?? `The file cannot be decrypted with what was given: ${secretName}.`);
	return { ok: false, code: decrypted.code, detail };
}

interface Times {
	readonly issued: string;
	readonly expiry: string | null;
	readonly ttl: number | null;
	readonly issuedAt: number;
	readonly expiresAt: number | undefined;
}

function contentOf(document: unknown, resourceType: string) {
	if (!isJsonObject(document) || !isJsonObject(document.data)) return undefined;
	const { type, attributes } = document.data;
	const times = timesOf(document.meta);
	if (type !== resourceType || !isJsonObject(attributes) || !times) return undefined;
	return { document, attributes, times };
}

// A file that does not say in a readable way how long it holds must not hold forever.
function timesOf(meta: unknown): Times | undefined {
	if (!isJsonObject(meta)) return undefined;
	const { issued, expiry = null, ttl = null } = meta;
	const issuedAt = isoTime(issued);
	if (typeof issued !== 'string' || issuedAt === undefined) return undefined;
	if (ttl !== null && (typeof ttl !== 'number' || !(ttl >= 0))) return undefined;
	if (expiry === null) {
		const expiresAt = ttl === null ? undefined : issuedAt + ttl * 1000;
		return { issued, expiry, ttl, issuedAt, expiresAt };
	}
	const expiresAt = isoTime(expiry);
	if (typeof expiry !== 'string' || expiresAt === undefined) return undefined;
	return { issued, expiry, ttl, issuedAt, expiresAt };
}

function algorithmOf({ encoding, algorithm }: Certificate): string {
	return `${encoding}+${algorithm}`;
}

function failed(code: Exclude<FileCode, 'VALID'>, detail: string): Outcome;
function failed(code: FileCode, detail: string): Outcome;
function failed(code: FileCode, detail: string): Outcome {
	const unknown = { issued: null, expiry: null, ttl: null, document: null };
	return { code, detail, authentic: false, algorithm: null, ...unknown };
}
