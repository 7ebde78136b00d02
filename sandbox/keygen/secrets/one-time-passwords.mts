import { createHmac, randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP = 30_000;

/** A secret of 20 bytes in base32. */
export function newSecret(): string {
	return [...randomBytes(32)].map((byte) => ALPHABET[byte % 32]).join('');
}

/** The six digits of RFC 6238 (SHA-1, 30 seconds) at a time in milliseconds. */
export function oneTimePassword(secret: string, at: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP)));
	const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
	const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
	return String(number % 1_000_000).padStart(6, '0');
}

/** Accepts the current step and its neighbors. */
export function isOneTimePassword(secret: string, digits: string, at: number): boolean {
	return [-STEP, 0, STEP].some((shift) => oneTimePassword(secret, at + shift) === digits);
}

function fromBase32(text: string): Buffer {
	const bits = [...text]
		.map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
		.join('');
	return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
