import type { IDataObject } from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import { commandLine, type Values } from '../command-line/command-line';
import { commandOf, type LineTemplate } from '../command-line/template';
import { adviceFor, gist } from './advice';
import { withSaid, type CommandFailure } from './command-failure';
import type { Commander } from './commander';
import type { Reply } from './reply';

/** What a line needs to be run. */
export interface Asking {
	commander: Commander;
	values: Values;
	timeoutMs: number;
}

/** Runs a line that prints JSON, and returns its rows. */
export async function rowsOf(
	template: LineTemplate,
	{ commander, values, timeoutMs }: Asking,
): Promise<Result<IDataObject[], CommandFailure>> {
	const line = commandLine(template, values);
	const ran = await commander.run({ line, changes: false, timeoutMs });
	if (!ran.ok) return ran;
	const rows = rowsIn(ran.value);
	return rows ? ok(rows) : fail(unreadable(commandOf(template), ran.value));
}

/** A reply's rows; undefined if the reply is not a list or an object. */
function rowsIn({ status, data, said }: Reply): IDataObject[] | undefined {
	if (status !== 200) return undefined;
	if (data === undefined) return /no output/i.test(said) ? [] : undefined;
	return (Array.isArray(data) ? data : [data]).map((row: unknown) =>
		typeof row === 'object' && row !== null ? (row as IDataObject) : { value: row as string },
	);
}

function unreadable(command: string, { status, said }: Reply): CommandFailure {
	const words = gist(said);
	return {
		ran: 'no',
		status,
		message: `Commander returned no rows for '${command}'${words === '' ? '' : `: ${words}`}`,
		description: withSaid(said, adviceFor(said)),
	};
}
