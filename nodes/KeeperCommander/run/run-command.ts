import type { IDataObject } from 'n8n-workflow';

import { fail, ok } from '../../shared/failure';
import { adviceFor, gist } from '../service/advice';
import { withSaid } from '../service/command-failure';
import type { Reply } from '../service/reply';
import type { Operation } from './operation';
import type { Ending } from './outcome';

/** A status that the service gives to a warning that something is so already. */
const CONFLICT = 409;

/**
 * Runs a command of the user's own. Nobody knows whether it changes something, so it is sent once,
 * and what the service says is all there is.
 */
export async function runCommand({ commander, values, timeoutMs }: Operation): Promise<Ending> {
	const line = (values.command ?? '').trim();
	const ran = await commander.run({
		line,
		changes: true,
		timeoutMs,
		fileData: values.fileData,
		asIs: true,
	});
	if (!ran.ok) {
		const { message, description, ran: hasRun, requestId } = ran.failure;
		return fail({
			message,
			description,
			json: {
				outcome: hasRun === 'no' ? 'notDone' : 'unknown',
				...(requestId === undefined ? {} : { requestId }),
			},
			mayHaveChanged: hasRun === 'maybe',
		});
	}
	const reply = ran.value;
	if (reply.status >= 400 && reply.status !== CONFLICT) return fail(unsuccessful(reply));
	return ok({ outputs: outputsOf(reply), changed: true });
}

function unsuccessful({ status, verdict, said }: Reply) {
	const words = gist(said);
	return {
		message: `Service Mode reports that the command failed${words === '' ? '' : `: ${words}`}`,
		description: withSaid(
			said,
			`It guesses the status from words in the output, so the command may have succeeded. ${adviceFor(said)}`,
		),
		json: { outcome: 'unknown', said, status: verdict, httpStatus: status },
		mayHaveChanged: true,
	};
}

function outputsOf({ status, verdict, said, data }: Reply): IDataObject[] {
	if (data === undefined) return [{ message: said, status: verdict, httpStatus: status }];
	return (Array.isArray(data) ? data : [data]).map((row: unknown) =>
		typeof row === 'object' && row !== null ? (row as IDataObject) : { value: row as string },
	);
}
