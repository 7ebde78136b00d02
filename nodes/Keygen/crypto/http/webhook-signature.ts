import type { HeaderRecord } from './http-headers';
import { verifyHttpSignature } from './http-signature';
import type { HttpSignatureOptions, HttpSignatureResult } from './http-signature';

export interface WebhookRequest {
	/**
	 * The URL that is registered at Keygen, not the one that arrived: proxies change host, port and
	 * path on the way, and a sender who may choose the host could replay what others received.
	 */
	readonly registeredUrl: string;
	readonly headers: HeaderRecord;
	/** The raw bytes of the body. */
	readonly body: Uint8Array;
}

/**
 * Verifies that Keygen sent this webhook request to this endpoint, just now. The service signs
 * every retry anew, so a narrow window loses nothing. Replays within the window are genuine by
 * all that is checked here; they carry the same idempotency token.
 */
export function verifyWebhookRequest(
	request: WebhookRequest,
	options: HttpSignatureOptions,
): HttpSignatureResult {
	const { registeredUrl, headers, body } = request;
	return verifyHttpSignature({ method: 'post', url: registeredUrl, headers, body }, options);
}
