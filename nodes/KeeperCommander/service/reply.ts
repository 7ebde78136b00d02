import { createDecipheriv } from 'node:crypto';

import { jsonObject } from '../../shared/json';

/** The result of a command. The service guesses the status from words, so nothing relies on it. */
export interface Reply {
	status: number;
	/** The service's own word: success, warning, error and so on. */
	verdict: string;
	/** What the service said, as one text; empty if it said nothing. */
	said: string;
	/** What a command printed as JSON. */
	data: unknown;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Reads the body of a result.
 *
 * Results may be encrypted (AES-256-GCM: nonce, text, tag), but errors never are, so JSON comes first.
 *
 * @param encryptionKey the credential's, if it has one
 * @returns the reply, or undefined if the body cannot be read
 */
export function replyOf(
	status: number,
	body: Buffer,
	encryptionKey: Buffer | undefined,
): Reply | undefined {
	const object = jsonObject(body) ?? (encryptionKey && decrypted(body, encryptionKey));
	if (!object || !('status' in object || 'error' in object)) return undefined;
	const { message, error, data } = object;
	return {
		status,
		verdict: String(object.status ?? 'error'),
		said: textOf(message) || textOf(error),
		data: data ?? undefined,
	};
}

function textOf(words: unknown): string {
	if (Array.isArray(words)) return words.map(String).join('\n');
	return typeof words === 'string' ? words : '';
}

function decrypted(body: Buffer, key: Buffer): Record<string, unknown> | undefined {
	if (body.length < NONCE_BYTES + TAG_BYTES) return undefined;
	try {
		const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES));
		decipher.setAuthTag(body.subarray(-TAG_BYTES));
		const text = Buffer.concat([
			decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)),
			decipher.final(),
		]);
		return jsonObject(text);
	} catch {
		return undefined;
	}
}
