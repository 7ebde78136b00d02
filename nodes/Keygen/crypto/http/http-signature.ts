import { hash } from 'node:crypto';
import { headerValue } from './http-headers';
import type { HeaderRecord } from './http-headers';
import { parseSignatureHeader } from './signature-header';
import type { SignatureHeader } from './signature-header';
import { signedPartsOf } from './signed-url';
import type { SignedUrl } from './signed-url';
import {
	chooseKey,
	isSignatureAlgorithm,
	isSignedBy,
	SIGNATURE_ALGORITHMS,
} from '../signature-algorithm';
import type { PublicKeys, SignatureAlgorithm } from '../signature-algorithm';
import { assertClock, DEFAULT_CLOCK_TOLERANCE_SECONDS } from '../validity-window';

export type HttpSignatureCode =
	| 'VALID'
	| 'TOO_LARGE'
	| 'URL_INVALID'
	| 'HEADER_REPEATED'
	| 'SIGNATURE_MISSING'
	| 'SIGNATURE_MALFORMED'
	| 'ALGORITHM_MISMATCH'
	| 'ACCOUNT_MISMATCH'
	| 'INVALID_PUBLIC_KEY'
	| 'KEY_MISMATCH'
	| 'DATE_MISSING'
	| 'DATE_MALFORMED'
	| 'DATE_TOO_OLD'
	| 'DATE_IN_FUTURE'
	| 'DIGEST_MISSING'
	| 'DIGEST_MISMATCH'
	| 'SIGNATURE_INVALID';

export interface HttpSignatureResult {
	readonly valid: boolean;
	/** The check that failed first. */
	readonly code: HttpSignatureCode;
	readonly detail: string;
	/** When the service signed, in milliseconds since 1970; null unless the signature is valid. */
	readonly signedAt: number | null;
}

export interface SignedMessage {
	/** Of the request, also for a response. */
	readonly method: string;
	/** The whole URL as it was registered (webhooks) or requested (responses). */
	readonly url: string;
	readonly headers: HeaderRecord;
	/** The bytes as they were on the wire, after any content decoding. */
	readonly body: Uint8Array;
}

export interface HttpSignatureOptions {
	readonly publicKeys: PublicKeys;
	/** The algorithm that was asked for; the message's own word for it counts for nothing. */
	readonly algorithm: SignatureAlgorithm;
	/** The account's id (a UUID), which the signature must name; not checked without. */
	readonly accountId?: string;
	/** Milliseconds since 1970. */
	readonly now: number;
	/** How far the signed date may lie from `now`, before or after, in seconds. */
	readonly toleranceSeconds?: number;
}

/** Largest body that is hashed, in bytes. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Verifies Keygen's signature of a webhook request or a response: over method, path, host, date
 * and the digest of the body (https://keygen.sh/docs/api/signatures/). Cheap checks come first,
 * so that a flood of forged messages costs little. Answers every message with a code; throws only
 * for a clock or tolerance that is no number, and an algorithm that is none.
 *
 * Keygen-Date is a copy of Date that proxies do not replace; where both exist, the copy counts.
 * A digest header may be missing, but none may differ from the body. All compared values are
 * public, so their comparison need not take constant time.
 */
export function verifyHttpSignature(
	message: SignedMessage,
	options: HttpSignatureOptions,
): HttpSignatureResult {
	const { now, algorithm, toleranceSeconds = DEFAULT_CLOCK_TOLERANCE_SECONDS } = options;
	assertClock(now, toleranceSeconds);
	if (!isSignatureAlgorithm(algorithm)) throw new TypeError('unknown signature algorithm');

	const url = signedPartsOf(message.url);
	if (!url) return failed('URL_INVALID', 'The URL to verify against is not an http(s) URL.');
	if (message.body.byteLength > MAX_BODY_BYTES)
		return failed('TOO_LARGE', 'The body is too large.');
	const header = readHeader(message.headers, options);
	if ('code' in header) return header;
	const date = readDate(message.headers, now, toleranceSeconds);
	if ('code' in date) return date;
	const digest = `sha-256=${hash('sha256', message.body, 'base64')}`;
	const digestProblem = compareDigests(message.headers, digest);
	if (digestProblem) return digestProblem;

	const purpose = `A signature by ${algorithm}`;
	const choice = chooseKey(options.publicKeys, SIGNATURE_ALGORITHMS[algorithm], purpose);
	if (!choice.ok) return failed(choice.code, choice.detail);
	const signed = Buffer.from(signingString(message.method, url, date.text, digest), 'utf8');
	if (!isSignedBy(choice.key, algorithm, signed, header.signature)) {
		const detail = 'The signature is not by this key over this method, URL, date and body.';
		return failed('SIGNATURE_INVALID', detail);
	}
	return { valid: true, code: 'VALID', detail: 'The signature is genuine.', signedAt: date.time };
}

function signingString(method: string, url: SignedUrl, date: string, digest: string): string {
	return [
		`(request-target): ${method.toLowerCase()} ${url.target}`,
		`host: ${url.host}`,
		`date: ${date}`,
		`digest: ${digest}`,
	].join('\n');
}

function readHeader(
	headers: HeaderRecord,
	{ algorithm, accountId }: HttpSignatureOptions,
): SignatureHeader | HttpSignatureResult {
	const lookup = headerValue(headers, 'keygen-signature');
	if (lookup === 'REPEATED') return repeated('Keygen-Signature');
	if (lookup.value === undefined) {
		return failed('SIGNATURE_MISSING', 'There is no Keygen-Signature header.');
	}
	const header = parseSignatureHeader(lookup.value);
	if (!header) {
		return failed('SIGNATURE_MALFORMED', 'The Keygen-Signature header is not as Keygen writes it.');
	}
	if (header.algorithm !== algorithm) {
		return failed('ALGORITHM_MISMATCH', `The signature does not claim to be by ${algorithm}.`);
	}
	if (accountId !== undefined && header.keyid !== accountId) {
		return failed('ACCOUNT_MISMATCH', 'The signature names another account.');
	}
	return header;
}

function readDate(
	headers: HeaderRecord,
	now: number,
	toleranceSeconds: number,
): { readonly text: string; readonly time: number } | HttpSignatureResult {
	const copy = headerValue(headers, 'keygen-date');
	if (copy === 'REPEATED') return repeated('Keygen-Date');
	const lookup = copy.value === undefined ? headerValue(headers, 'date') : copy;
	if (lookup === 'REPEATED') return repeated('Date');
	const text = lookup.value;
	if (text === undefined) return failed('DATE_MISSING', 'There is no Date header.');
	const time = httpDate(text);
	if (time === undefined) return failed('DATE_MALFORMED', 'The Date header is not an HTTP date.');
	const tolerance = toleranceSeconds * 1000;
	if (time < now - tolerance) return failed('DATE_TOO_OLD', 'The message was signed too long ago.');
	if (time > now + tolerance) {
		return failed('DATE_IN_FUTURE', 'The message was signed in the future: a clock is wrong.');
	}
	return { text, time };
}

function compareDigests(headers: HeaderRecord, digest: string): HttpSignatureResult | undefined {
	let seen = 0;
	for (const name of ['Keygen-Digest', 'Digest']) {
		const lookup = headerValue(headers, name.toLowerCase());
		if (lookup === 'REPEATED') return repeated(name);
		if (lookup.value === undefined) continue;
		seen++;
		if (lookup.value !== digest) {
			return failed('DIGEST_MISMATCH', `The body does not have the digest that ${name} states.`);
		}
	}
	return seen > 0 ? undefined : failed('DIGEST_MISSING', 'There is no Digest header.');
}

// The one form of a date that HTTP lets a sender use (RFC 9110, section 5.6.7).
function httpDate(text: string): number | undefined {
	if (text.length !== 29) return undefined;
	const time = Date.parse(text);
	if (Number.isNaN(time)) return undefined;
	return new Date(time).toUTCString() === text ? time : undefined;
}

function repeated(name: string): HttpSignatureResult {
	return failed('HEADER_REPEATED', `The ${name} header occurs more than once.`);
}

function failed(code: Exclude<HttpSignatureCode, 'VALID'>, detail: string): HttpSignatureResult {
	return { valid: false, code, detail, signedAt: null };
}
