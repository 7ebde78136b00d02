/** Largest text or file that any verifier reads, in bytes. Larger input is refused unread. */
export const MAX_INPUT_BYTES = 1024 * 1024;

/** What callers hand in: text as it was pasted, or the bytes of a file. */
export type TextInput = string | Uint8Array;

type Base64Alphabet = 'standard' | 'url' | 'url-unpadded';

/**
 * Text of an input that should hold ASCII, or undefined if it is longer than `MAX_INPUT_BYTES`
 * (or no text at all). Bytes map one to one to characters, so that a set high bit stays visible
 * to the strict decoders; Node's 'ascii' would clear it.
 */
export function readAscii(input: unknown): string | undefined {
	if (typeof input === 'string') return input.length <= MAX_INPUT_BYTES ? input : undefined;
	if (!(input instanceof Uint8Array) || input.byteLength > MAX_INPUT_BYTES) return undefined;
	return bufferOf(input).toString('latin1');
}

/**
 * The text without blanks, tabs and line breaks at its ends. `trim` would also take off characters
 * that no editor or mail program adds, and so hide a changed one.
 */
export function withoutBlanksAround(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && isBlank(text.charCodeAt(start))) start++;
	while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
	return text.slice(start, end);
}

function isBlank(unit: number): boolean {
	return unit === 0x20 || unit === 0x09 || unit === 0x0d || unit === 0x0a;
}

/** True for text or bytes beyond `MAX_INPUT_BYTES`. */
export function isOversized(input: unknown): boolean {
	if (typeof input === 'string') return input.length > MAX_INPUT_BYTES;
	return input instanceof Uint8Array && input.byteLength > MAX_INPUT_BYTES;
}

/** The same bytes as a Buffer, not copied. */
export function bufferOf(bytes: Uint8Array): Buffer {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Bytes of a base64 text, or undefined unless the text is exactly what encoding those bytes gives.
 * Node's decoder skips foreign characters, mixes alphabets and ignores surplus bits; each would
 * let a changed text pass for the original.
 */
export function decodeBase64(text: string, alphabet: Base64Alphabet): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64');
	return encodeBase64(bytes, alphabet) === text ? bytes : undefined;
}

function encodeBase64(bytes: Buffer, alphabet: Base64Alphabet): string {
	if (alphabet === 'standard') return bytes.toString('base64');
	const unpadded = bytes.toString('base64url');
	if (alphabet === 'url-unpadded') return unpadded;
	return unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=');
}

/** Text of UTF-8 bytes, or undefined if they are not valid UTF-8. A byte order mark is kept. */
export function decodeUtf8(bytes: Buffer): string | undefined {
	const text = bytes.toString('utf8');
	return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}
