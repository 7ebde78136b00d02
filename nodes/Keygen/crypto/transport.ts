import { bufferOf, withoutBlanksAround, type TextInput } from './strict-decoding';

const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad]/;
const ALL_INVISIBLE = new RegExp(INVISIBLE, 'g');
const UNUSUAL_BLANK = /[\u00a0\u2007\u202f\u3000]/;
const ALL_UNUSUAL_BLANKS = new RegExp(UNUSUAL_BLANK, 'g');

/**
 * The text of an input, without what everyday tools do to it on its way: UTF-16 as PowerShell writes
 * it, a byte order mark, invisible characters, no-break spaces. What is signed holds none of them.
 */
export function transported(input: TextInput): string {
	if (typeof input === 'string') return cleaned(input);
	const bytes = bufferOf(input);
	const wide = utf16Of(bytes);
	if (wide !== undefined) return cleaned(wide);
	const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	// One character a byte, so that a changed byte stays visible.
	return bytes.toString('latin1', hasMark ? 3 : 0);
}

function cleaned(text: string): string {
	const visible = INVISIBLE.test(text) ? text.replace(ALL_INVISIBLE, '') : text;
	return UNUSUAL_BLANK.test(visible) ? visible.replace(ALL_UNUSUAL_BLANKS, ' ') : visible;
}

function utf16Of(bytes: Buffer): string | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
	if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0)
		return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
	const isBare = bytes.length > 3 && bytes[1] === 0 && bytes[3] === 0;
	return isBare ? bytes.toString('utf16le') : undefined;
}

/** A text without the quotes around it that JSON, shells and .env files ask for. */
export function unquoted(text: string): string {
	const trimmed = text.trim();
	const [, , inner] = /^(["'`])([^]*)\1$/.exec(trimmed) ?? [];
	return inner ?? text;
}

const ARMOR = '-----BEGIN ';
const ARMOR_IN_BASE64 = 'LS0tLS1CRUdJTi';

/**
 * A license or machine file as it was checked out: line breaks that became `\\n`, indents, blanks at
 * line ends, the marks of quoted mail, and base64 around the whole are undone.
 */
export function fileText(input: TextInput): string {
	const text = unquoted(transported(input));
	if (text.includes(ARMOR)) return straightened(text);
	const encoded = text.trim();
	if (!encoded.startsWith(ARMOR_IN_BASE64)) return text;
	return straightened(Buffer.from(encoded, 'base64').toString('latin1'));
}

const straightened = (text: string) =>
	(text.includes('\\') ? text.replace(/\\[rn]/g, '\n') : text)
		.split(/[\r\n]/)
		.map(withoutMarks)
		.join('\n');

/** Without regular expressions, which would take long for a line of very many blanks. */
function withoutMarks(line: string): string {
	let start = 0;
	while (start < line.length && ' \t>'.includes(line[start])) start += 1;
	return withoutBlanksAround(line.slice(start));
}

/** A license key without quotes, and without the line breaks of mail inside of it. */
export function keyText(input: TextInput): string {
	let text = transported(input).trim();
	while (text.endsWith('\\n') || text.endsWith('\\r')) text = text.slice(0, -2);
	return unquoted(text)
		.split(/[\r\n]/)
		.map(withoutBlanksAround)
		.join('');
}
