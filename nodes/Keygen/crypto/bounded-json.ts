/** Deepest nesting of objects and arrays that is parsed. Keygen's documents nest about 8 deep. */
const MAX_JSON_DEPTH = 32;

/**
 * Most members of all objects together. Objects of very many members take long to build; a file that
 * includes hundreds of records stays below.
 */
const MAX_JSON_MEMBERS = 40_000;

/**
 * The value of a JSON text, or undefined if the text is not JSON, nests deeper than
 * `MAX_JSON_DEPTH`, so that code which walks the value cannot exhaust the stack, or has more members
 * than `maxMembers`.
 */
export function parseBoundedJson(text: string, maxMembers = MAX_JSON_MEMBERS): unknown {
	if (exceeds(text, maxMembers)) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

// One pass over the text, counting brackets and colons outside of strings.
function exceeds(text: string, maxMembers: number): boolean {
	let depth = 0;
	let members = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === QUOTE) {
			at = endOfString(text, at);
		} else if (unit === COLON) {
			if (++members > maxMembers) return true;
		} else if (unit === 0x7b || unit === 0x5b) {
			if (++depth > MAX_JSON_DEPTH) return true;
		} else if (unit === 0x7d || unit === 0x5d) {
			depth--;
		}
	}
	return false;
}

// Position of the quote that ends the string, or of the end of the text.
function endOfString(text: string, start: number): number {
	for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
		let backslash = end - 1;
		while (text.charCodeAt(backslash) === BACKSLASH) backslash--;
		if ((end - backslash) % 2 === 1) return end;
	}
	return text.length;
}
