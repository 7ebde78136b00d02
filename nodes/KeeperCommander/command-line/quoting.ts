/** Text that a shell takes as it is, and in which Service Mode finds nothing to act on. */
const PLAIN = /^[A-Za-z0-9@._:,+][A-Za-z0-9@._:,+-]*$/;

/**
 * A value as one word of a command line.
 *
 * Commander splits lines as Python's `shlex` does, where single quotes keep everything but a single
 * quote. Two things are looked for in the line before it is split, inside quotes too: `${name}`,
 * which stands for one of Commander's variables, and `--format json`, which tells how the answer is
 * read. Both are broken up by an empty pair of quotes, which the shell takes out again.
 */
export function quoted(value: string): string {
	if (PLAIN.test(value)) return value;
	const inner = value
		.replaceAll("'", () => "'\\''")
		.replaceAll('${', () => "$''{")
		.replaceAll('--format', () => "--for''mat");
	return `'${inner}'`;
}

/** What makes a value unfit for a command line; undefined where it is fit. */
export function unfitness(value: string): string | undefined {
	if (/[\r\n\0]/.test(value)) return 'contains a line break, which Service Mode rejects';
	if (value.startsWith('@'))
		return "begins with '@', which Commander interprets as a file or as all users";
	return undefined;
}
