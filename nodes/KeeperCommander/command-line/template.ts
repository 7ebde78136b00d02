/** Names of the fields in a line: `{email}` and so on. */
export type Placeholders<Line extends string> = Line extends `${string}{${infer Name}}${infer Rest}`
	? Name | Placeholders<Rest>
	: never;

/**
 * The notation for command lines in the table:
 *
 * - `{email}` stands for the value of a field, as a word of its own or after `--option=`.
 * - `[--node={node}]` is omitted if its field is empty.
 * - `[{details}? --record-details]` is included if the field is on.
 *
 * Positional arguments come last.
 */
export type LineTemplate = string;

/** A word of a line: text, and maybe the value of a field after it. */
export interface TemplateWord {
	text: string;
	field?: string;
}

/** Words that are included or omitted together. */
export interface TemplatePart {
	words: TemplateWord[];
	/** Omitted if this field is empty. */
	onlyWith?: string;
}

const PART = /\[([^\]]*)\]|(\S+)/g;
const CONDITION = /^\{(\w+)\}\?\s+/;
const WORD = /^([^{]*)(?:\{(\w+)\})?$/;

/** The parts of a line, in order. */
export function partsOf(template: LineTemplate): TemplatePart[] {
	return [...template.matchAll(PART)].map(([, optional, word]) => {
		if (optional === undefined) return { words: [wordOf(word)] };
		const [condition, named] = CONDITION.exec(optional) ?? [];
		const words = optional
			.slice(condition?.length ?? 0)
			.split(' ')
			.map(wordOf);
		return { words, onlyWith: named ?? words.find(({ field }) => field !== undefined)?.field };
	});
}

function wordOf(text: string): TemplateWord {
	const [, before, field] = WORD.exec(text) ?? [undefined, text];
	return field === undefined ? { text: before } : { text: before, field };
}

/** The required and the optional fields of a line. */
export function fieldsOf(template: LineTemplate): { required: string[]; optional: string[] } {
	const required: string[] = [];
	const optional: string[] = [];
	for (const { words, onlyWith } of partsOf(template)) {
		if (onlyWith !== undefined) optional.push(onlyWith);
		for (const { field } of words)
			if (field !== undefined && field !== onlyWith) required.push(field);
	}
	return { required, optional };
}

/** The first word of a line: what an API key must be allowed to run. */
export function commandOf(template: LineTemplate): string {
	return template.split(' ', 1)[0];
}
