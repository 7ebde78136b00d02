import { createCipheriv, randomBytes } from 'node:crypto';

/**
 * AES-256 in Galois/Counter Mode: 12 bytes of nonce, the text, 16 bytes of tag, nothing else.
 *
 * @param key 32 characters, taken as bytes
 */
export function encrypt(text: string, key: string): Buffer {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'ascii'), nonce);
	return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}
