import { COMMANDS } from './table.mts';
import { Asked, CommandError, Session, type Output } from './command.mts';
import type { Commander } from '../company/commander.mts';
import { ArgumentError, readArguments } from '../shell/arguments.mts';
import { expandVariables, splitWords } from '../shell/split.mts';
import { guessStatus } from '../shell/status-words.mts';

/** The service's response to a line. */
export interface LineResult {
	code: number;
	body: Record<string, unknown>;
	/** Results are encrypted, errors of the service itself are not. */
	isResult: boolean;
}

const FORMAT_JSON = / --format[= ]json/;

/** Runs a line as Service Mode does. Never throws. */
export function runLine(commander: Commander, line: string): LineResult {
	const [name = ''] = line.split(' ');
	try {
		const words = splitWords(expandVariables(line.slice(name.length), commander.variables));
		return wrapped(line, name, execute(commander, name, words));
	} catch (error) {
		if (error instanceof ArgumentError) return failure(400, `Command failed: ${error.message}`);
		if (error instanceof Asked) return failure(500, 'Unexpected error: EOF when reading a line');
		const { message } = error as Error;
		const named = error instanceof CommandError ? `${name}: ${message}` : message;
		return failure(500, `Unexpected error: ${named}`);
	}
}

function failure(code: number, error: string): LineResult {
	return { code, body: { status: 'error', error }, isResult: false };
}

function execute(commander: Commander, name: string, words: string[]): Output {
	const command = COMMANDS[name];
	if (!command) throw new Error(`Command ${name} not found`);
	const [verb = '', ...rest] = words;
	const subcommand = command.verbs?.[verb];
	if (command.verbs && !subcommand)
		throw new ArgumentError(`argument command: invalid choice: '${verb}'`);
	const { syntax, run } = subcommand ?? command;
	if (!run) throw new Error(`Command ${name} cannot be run`);
	const session = new Session(commander);
	const given = readArguments(subcommand ? rest : words, syntax ?? {});
	commander.ran.push({ name: subcommand ? `${name} ${verb}` : name, words, given });
	run(session, given);
	return session.output;
}

function wrapped(line: string, name: string, { printed, logged, json }: Output): LineResult {
	if (FORMAT_JSON.test(line)) {
		if (json !== undefined && printed.length === 0)
			return result(200, {
				status: 'success',
				command: line.slice(0, line.search(FORMAT_JSON)),
				data: json,
			});
		if (printed.length > 0)
			return {
				code: 400,
				body: { status: 'error', error: 'Invalid JSON response', data: null },
				isResult: false,
			};
	}
	// Log lines are lost if anything was printed.
	const lines = printed.length > 0 ? printed : logged;
	if (lines.length === 0)
		return result(200, {
			status: 'success',
			command: name,
			message: 'Command executed successfully but produced no output',
			data: null,
		});
	const { status, code } = guessStatus(lines.join('\n'));
	const message = lines.length === 1 ? lines[0] : lines;
	return result(code, { status, command: name, message, data: null });
}

function result(code: number, body: Record<string, unknown>): LineResult {
	return { code, body, isResult: true };
}
