import type { Arguments, Syntax } from '../shell/arguments.mts';
import type { Commander } from '../company/commander.mts';

/** One command that Commander knows. */
export interface Command {
	syntax?: Syntax;
	run?: (session: Session, given: Arguments) => void;
	/** Commands of two words: what the second can be. */
	verbs?: Record<string, { syntax?: Syntax; run: (session: Session, given: Arguments) => void }>;
}

export interface Output {
	printed: string[];
	/** Warnings and notices; they are lost when anything was printed. */
	logged: string[];
	/** What a command printed as JSON. */
	json?: unknown;
}

/** A command that gives up. */
export class CommandError extends Error {}

/** A command that asks for confirmation, which nobody can give. */
export class Asked extends Error {}

/** One run of one command. */
export class Session {
	readonly output: Output = { printed: [], logged: [] };
	readonly commander: Commander;

	constructor(commander: Commander) {
		this.commander = commander;
	}

	print(...lines: string[]): void {
		this.output.printed.push(...lines);
	}

	log(line: string): void {
		this.output.logged.push(line);
	}

	/** Prints JSON without null and empty values, as Commander does. */
	json(value: unknown): void {
		this.output.json = withoutEmpty(value);
	}

	/** Asks for confirmation, unless the command has the force switch. */
	ask(forced: boolean): void {
		if (!forced) throw new Asked();
	}
}

function withoutEmpty(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutEmpty);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, part]) => part !== null && part !== undefined && part !== '')
			.map(([name, part]) => [name, withoutEmpty(part)]),
	);
}

export const FORMAT = {
	names: ['--format'],
	value: 'text',
	choices: ['table', 'csv', 'json'],
} as const;
