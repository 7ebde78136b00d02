import { quoted } from './quoting';
import { partsOf, type LineTemplate, type TemplateWord } from './template';

/** Field values for a command line; an empty one drops its part. */
export type Values = Readonly<Record<string, string | undefined>>;

/** The longest line that Service Mode accepts. */
export const LONGEST_LINE = 4096;

/**
 * The command line of a row with the values of one item.
 *
 * No value can become an option, a second word or a second command: a value after `--option=` is
 * part of that word, and `--` stands before positional arguments of which one begins with a dash.
 */
export function commandLine(template: LineTemplate, values: Values): string {
	const words = partsOf(template)
		.filter(({ onlyWith }) => onlyWith === undefined || isGiven(values[onlyWith]))
		.flatMap(({ words }) => words);
	const firstPositional = words.findIndex(isPositional);
	const needsEnd = words.some(
		(word) => isPositional(word) && valueOf(word, values).startsWith('-'),
	);
	const written = words.map((word) =>
		word.field === undefined ? word.text : word.text + quoted(valueOf(word, values)),
	);
	if (needsEnd) written.splice(firstPositional, 0, '--');
	return written.join(' ');
}

function isGiven(value: string | undefined): boolean {
	return value !== undefined && value !== '';
}

function isPositional({ text, field }: TemplateWord): boolean {
	return text === '' && field !== undefined;
}

function valueOf({ field }: TemplateWord, values: Values): string {
	return (field === undefined ? undefined : values[field]) ?? '';
}
