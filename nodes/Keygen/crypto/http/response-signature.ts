import { isJsonObject } from '../../../shared/json';
import { parseBoundedJson } from '../bounded-json';
import { verifyHttpSignature } from './http-signature';
import type { HttpSignatureCode, HttpSignatureOptions, SignedMessage } from './http-signature';
import { bufferOf, decodeUtf8 } from '../strict-decoding';

interface ResponseSignatureOptions extends HttpSignatureOptions {
	/** The nonce that was sent with a validation; its answer must repeat it. */
	readonly nonce?: number | string;
}

interface ResponseSignatureResult {
	readonly valid: boolean;
	readonly code: HttpSignatureCode | 'NONCE_MISMATCH';
	readonly detail: string;
	readonly signedAt: number | null;
}

/**
 * Verifies that Keygen gave this response, body byte by byte, to this request, just now; with a
 * nonce, that it is the answer to this very request and no recording of an earlier one. The
 * service signs errors too, but not 429 and answers to requests that it could not read.
 */
export function verifyResponse(
	response: SignedMessage,
	options: ResponseSignatureOptions,
): ResponseSignatureResult {
	const result = verifyHttpSignature({ ...response, url: asRequested(response.url) }, options);
	const { nonce } = options;
	if (!result.valid || nonce === undefined || answeredNonce(response.body) === String(nonce)) {
		return result;
	}
	const detail = 'The response is genuine, but answers another request than this one.';
	return { valid: false, code: 'NONCE_MISMATCH', detail, signedAt: result.signedAt };
}

// HTTP clients write the host in lower case, however the URL was typed.
function asRequested(url: string): string {
	return url.replace(/^https?:\/\/[^/?#]*/i, (origin) => origin.toLowerCase());
}

function answeredNonce(body: Uint8Array): string | undefined {
	const text = decodeUtf8(bufferOf(body));
	const document = text === undefined ? undefined : parseBoundedJson(text);
	const meta = isJsonObject(document) ? document.meta : undefined;
	const nonce = isJsonObject(meta) ? meta.nonce : undefined;
	return typeof nonce === 'number' || typeof nonce === 'string' ? String(nonce) : undefined;
}
