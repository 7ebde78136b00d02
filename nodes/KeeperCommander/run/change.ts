import type { IDataObject } from 'n8n-workflow';

import { fail, ok } from '../../shared/failure';
import { commandLine, type Values } from '../command-line/command-line';
import { adviceFor, gist } from '../service/advice';
import { withSaid, type CommandFailure } from '../service/command-failure';
import type { Ran } from '../service/commander';
import { fieldNamed } from '../table/fields/fields';
import { LISTS, type List, type Shown } from '../table/lists';
import type { ChangeRow } from '../table/row';
import type { Operation } from './operation';
import type { Ending, Outcome, Unsuccessful } from './outcome';
import { recordOf } from './record';

/**
 * Changes one thing. The outcome depends only on what Keeper shows before and after: the service
 * guesses its status from words and loses warnings, so its message is merely passed on.
 */
export async function change(row: ChangeRow, operation: Operation): Promise<Ending> {
	const { shows } = row;
	const before = await recordOf(shows, operation);
	if (!before.ok) return fail(notSent(before.failure));
	if (before.value === undefined && shows.mustExist)
		return fail(notSent(missing(row, operation.values)));
	const { so } = shows;
	if (so(before.value, operation.values))
		return ok({
			outputs: [output(row, operation.values, 'alreadySo', before.value, '')],
			changed: false,
		});

	const values = { ...operation.values, ...exactly(row, before.value) };
	const line = commandLine(row.changes, values);
	const ran = await operation.commander.run({
		line,
		changes: true,
		timeoutMs: operation.timeoutMs,
	});
	if (!ran.ok && ran.failure.ran === 'no') return fail(notSent(ran.failure));

	const after = await settled(row, operation);
	if (after.ok && so(after.value, operation.values))
		return ok({
			outputs: [output(row, values, 'done', after.value ?? before.value, saidOf(ran))],
			changed: true,
		});
	return fail(ran.ok && after.ok ? notDone(row, ran.value.said) : unknown(row, ran));
}

/** The record after a command. If the change does not show, it is read again from a renewed copy. */
async function settled({ shows }: ChangeRow, operation: Operation): ReturnType<typeof recordOf> {
	const after = await recordOf(shows, operation);
	if (!after.ok || shows.so(after.value, operation.values)) return after;
	operation.commander.renew();
	return await recordOf(shows, operation);
}

/** Replaces the name by which a record was found with its ID, because names can be ambiguous. */
function exactly({ shows }: ChangeRow, record: Shown | undefined): Values {
	const { id }: List = LISTS[shows.in];
	return record !== undefined && fieldNamed[shows.by]?.type === 'record'
		? { [shows.by]: String(record[id]) }
		: {};
}

function output(
	{ shows }: ChangeRow,
	values: Values,
	outcome: Outcome,
	record: Shown | undefined,
	said: string,
): IDataObject {
	const { id, name }: List = LISTS[shows.in];
	const named = { [name]: values[shows.by] };
	const known = record as IDataObject | undefined;
	const shown = shows.deletes
		? { deleted: true, ...named, ...(known && { [id]: known[id], [name]: known[name] }) }
		: { ...named, ...known };
	return { ...shown, outcome, said: said === '' ? null : said };
}

function saidOf(ran: Ran): string {
	return ran.ok ? ran.value.said : ran.failure.message;
}

/** A failure before the command was sent. */
function notSent({ message, description, status, code }: CommandFailure): Unsuccessful {
	return {
		message,
		description,
		status,
		code,
		json: { outcome: 'notDone' satisfies Outcome, said: null },
		mayHaveChanged: false,
	};
}

function missing({ shows }: ChangeRow, values: Values): CommandFailure {
	const { record }: List = LISTS[shows.in];
	return {
		ran: 'no',
		message: `${record} '${values[shows.by]}' was not found`,
		description: `Check '${fieldNamed[shows.by]?.label}'; letter case matters in names. Nothing was sent.`,
	};
}

function notDone({ name }: ChangeRow, said: string): Unsuccessful {
	const words = gist(said);
	return {
		message: `'${name}' did not take effect${words === '' ? '' : `: ${words}`}`,
		description: withSaid(said, adviceFor(said)),
		json: { outcome: 'notDone' satisfies Outcome, said: said === '' ? null : said },
		mayHaveChanged: false,
	};
}

function unknown({ name }: ChangeRow, ran: Ran): Unsuccessful {
	const said = saidOf(ran);
	const { message, description, requestId } = ran.ok
		? {
				message: 'the result could not be read back',
				description: withSaid(said, ''),
				requestId: undefined,
			}
		: { ...ran.failure, message: ran.failure.message.replace(/^T/, 't') };
	return {
		message: `It is unknown whether '${name}' took effect: ${message}`,
		description:
			`${description} Check in Keeper before you run it again; the node never repeats a command that may have run.`.trim(),
		json: {
			outcome: 'unknown' satisfies Outcome,
			said: said === '' ? null : said,
			...(requestId === undefined ? {} : { requestId }),
		},
		mayHaveChanged: true,
	};
}
