/** One option of a command. */
export interface Option {
	/** All its spellings; the arguments are filed under the first. */
	names: [string, ...string[]];
	/** The type of its value; without it, the option is a switch. */
	value?: 'text' | 'number';
	choices?: readonly string[];
}

/** What a command accepts, as Python's argparse has it declared. */
export interface Syntax {
	options?: Option[];
	/** Names of the positional arguments. `rest` takes as many as there are. */
	positionals?: Array<{ name: string; rest?: true; optional?: true; choices?: readonly string[] }>;
}

export interface Arguments {
	/** Values by an option's first name; of a repeated option, all. */
	values: Record<string, string[]>;
	positionals: Record<string, string[]>;
	has(option: string): boolean;
	/** The last value of an option. */
	value(option: string): string | undefined;
	positional(name: string): string | undefined;
}

/** An argument that the command rejects. */
export class ArgumentError extends Error {}

/**
 * Reads arguments as Python's argparse does: `--opt=value`, `--opt value`, `-o value`, `-ovalue`,
 * unique abbreviations of long options, and `--` before positional arguments.
 * Source: https://docs.python.org/3/library/argparse.html#arguments-abbreviations and around it.
 *
 * @throws {ArgumentError} in argparse's words
 */
export function readArguments(words: string[], syntax: Syntax): Arguments {
	const options = syntax.options ?? [];
	const values: Record<string, string[]> = {};
	const free: string[] = [];
	let optionsEnded = false;
	// Positional arguments stand together: argparse takes the first of several groups only.
	let groups = 0;
	let inGroup = false;
	for (let at = 0; at < words.length; at++) {
		const word = words[at] as string;
		if (optionsEnded || isFree(word) || word === '--') {
			if (!inGroup && groups++ > 0) throw new ArgumentError(`unrecognized arguments: ${word}`);
			inGroup = true;
			if (word === '--' && !optionsEnded) optionsEnded = true;
			else free.push(word);
			continue;
		}
		inGroup = false;
		const { option, attached } = findOption(word, options);
		const filed = (values[option.names[0]] ??= []);
		if (!option.value) {
			if (attached !== undefined)
				throw new ArgumentError(
					`argument ${option.names.join('/')}: ignored explicit argument '${attached}'`,
				);
			filed.push('');
			continue;
		}
		const next = words[at + 1];
		const given = attached ?? (next !== undefined && isFree(next) ? next : undefined);
		if (given === undefined)
			throw new ArgumentError(`argument ${option.names.join('/')}: expected one argument`);
		if (attached === undefined) at++;
		filed.push(checked(given, option.names.join('/'), option));
	}
	const positionals = filePositionals(free, syntax);
	return {
		values,
		positionals,
		has: (option) => option in values,
		value: (option) => values[option]?.at(-1),
		positional: (name) => positionals[name]?.[0],
	};
}

/** A word that begins with a dash is an option, unless it is a dash alone or a negative number. */
function isFree(word: string): boolean {
	return !word.startsWith('-') || word === '-' || /^-\d+$|^-\d*\.\d+$/.test(word);
}

function findOption(word: string, options: Option[]): { option: Option; attached?: string } {
	const exact = options.find(({ names }) => names.includes(word));
	if (exact) return { option: exact };
	const equals = word.indexOf('=');
	const name = equals < 0 ? word : word.slice(0, equals);
	const attached = equals < 0 ? undefined : word.slice(equals + 1);
	const named = options.find(({ names }) => names.includes(name));
	if (named) return { option: named, attached };
	if (word.startsWith('--')) {
		const begun = options.filter(({ names }) => names.some((known) => known.startsWith(name)));
		if (begun.length > 1)
			throw new ArgumentError(
				`ambiguous option: ${name} could match ${begun.map(({ names }) => names[0]).join(', ')}`,
			);
		if (begun[0]) return { option: begun[0], attached };
	} else {
		const short = options.find(({ names, value }) => value && names.includes(word.slice(0, 2)));
		if (short) return { option: short, attached: word.slice(2) };
	}
	throw new ArgumentError(`unrecognized arguments: ${word}`);
}

function checked(
	given: string,
	name: string,
	{ value, choices }: Pick<Option, 'value' | 'choices'>,
): string {
	if (value === 'number' && !/^-?\d+$/.test(given))
		throw new ArgumentError(`argument ${name}: invalid int value: '${given}'`);
	if (choices && !choices.includes(given))
		throw new ArgumentError(
			`argument ${name}: invalid choice: '${given}' (choose from ${choices.join(', ')})`,
		);
	return given;
}

function filePositionals(free: string[], { positionals = [] }: Syntax): Record<string, string[]> {
	const filed: Record<string, string[]> = {};
	const left = [...free];
	for (const { name, rest, optional, choices } of positionals) {
		const taken = rest ? left.splice(0) : left.splice(0, 1);
		if (taken.length === 0 && !rest && !optional)
			throw new ArgumentError(`the following arguments are required: ${name}`);
		filed[name] = taken.map((given) => checked(given, name, { choices }));
	}
	if (left.length > 0) throw new ArgumentError(`unrecognized arguments: ${left.join(' ')}`);
	return filed;
}
