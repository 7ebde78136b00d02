const BLANK = new Set([' ', '\t', '\r', '\n']);

/**
 * Splits a line as Python's `shlex.split` does in POSIX mode.
 * Source: https://docs.python.org/3/library/shlex.html#parsing-rules
 *
 * @throws {Error} in Python's words if a quote or an escape is left open
 */
export function splitWords(line: string): string[] {
	const words: string[] = [];
	// Undefined between words, because quotes alone form an empty word.
	let word: string | undefined;
	let at = 0;
	while (at < line.length) {
		const sign = line[at++] as string;
		if (BLANK.has(sign)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else if (sign === "'") {
			const end = line.indexOf("'", at);
			if (end < 0) throw new Error('No closing quotation');
			word = (word ?? '') + line.slice(at, end);
			at = end + 1;
		} else if (sign === '"') {
			const quoted = doubleQuoted(line, at);
			word = (word ?? '') + quoted.text;
			at = quoted.end;
		} else if (sign === '\\') {
			if (at >= line.length) throw new Error('No escaped character');
			word = (word ?? '') + line[at++];
		} else {
			word = (word ?? '') + sign;
		}
	}
	if (word !== undefined) words.push(word);
	return words;
}

/** In double quotes a backslash escapes only the quote and itself. */
function doubleQuoted(line: string, start: number): { text: string; end: number } {
	let text = '';
	for (let at = start; at < line.length; at++) {
		const sign = line[at] as string;
		if (sign === '"') return { text, end: at + 1 };
		const next = line[at + 1];
		if (sign === '\\' && next === undefined) throw new Error('No escaped character');
		if (sign === '\\' && (next === '"' || next === '\\')) {
			text += next;
			at++;
		} else {
			text += sign;
		}
	}
	throw new Error('No closing quotation');
}

/** Replaces Commander's variables, which happens before the line is split and even in quotes. */
export function expandVariables(line: string, variables: ReadonlyMap<string, string>): string {
	return line.replace(/\$\{(\w+)\}/g, (text, name: string) => variables.get(name) ?? text);
}
