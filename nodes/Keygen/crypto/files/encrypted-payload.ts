import { createDecipheriv, hash } from 'node:crypto';
import { decodeBase64 } from '../strict-decoding';

type DecryptionResult =
	| { readonly ok: true; readonly plain: Buffer }
	| { readonly ok: false; readonly code: 'MALFORMED' | 'DECRYPTION_FAILED' };

/**
 * Decrypts the payload of a checked-out file: `ciphertext.iv.tag`, each in base64; AES-256-GCM
 * with an iv of 12 bytes, a tag of 16, no additional data, and the SHA-256 of the secret as key.
 * A wrong secret and a changed payload look the same.
 */
export function decryptPayload(enc: string, secret: string): DecryptionResult {
	const [ciphertext, iv, tag, ...others] = enc.split('.', 4).map((part) => {
		return decodeBase64(part, 'standard');
	});
	// A shorter tag would be accepted by the cipher and is easier to forge.
	if (!ciphertext || iv?.length !== 12 || tag?.length !== 16 || others.length > 0) {
		return { ok: false, code: 'MALFORMED' };
	}
	const key = hash('sha256', secret, 'buffer');
	try {
		const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
		decipher.setAuthTag(tag);
		const plain = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
		return { ok: true, plain };
	} catch {
		return { ok: false, code: 'DECRYPTION_FAILED' };
	}
}
