/** Text that needs no quotes and that Service Mode does not react to. */
const PLAIN = /^[A-Za-z0-9@._:,+][A-Za-z0-9@._:,+-]*$/;

/**
 * A value as one word of a command line.
 *
 * Commander splits lines as Python's `shlex` does, where single quotes keep everything but a single
 * quote. Before it splits a line, it searches for two things, even inside quotes: `${name}`,
 * which stands for one of Commander's variables, and `--format json`, which selects how the output is
 * parsed. An empty pair of quotes breaks up both; the shell drops it.
 */
export function quoted(value: string): string {
	if (PLAIN.test(value)) return value;
	const inner = value
		.replaceAll("'", () => "'\\''")
		.replaceAll('${', () => "$''{")
		.replaceAll('--format', () => "--for''mat");
	return `'${inner}'`;
}

/** Why a value cannot be part of a command line; undefined if it can. */
export function unfitness(value: string): string | undefined {
	if (/[\r\n\0]/.test(value)) return 'contains a line break, which Service Mode rejects';
	if (value.startsWith('@'))
		return "begins with '@', which Commander interprets as a file or as all users";
	return undefined;
}
