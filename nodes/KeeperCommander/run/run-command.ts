import type { IDataObject } from 'n8n-workflow';

import { fail, ok } from '../../shared/failure';
import { adviceFor, gist } from '../service/advice';
import { withSaid } from '../service/command-failure';
import type { Reply } from '../service/reply';
import type { Operation } from './operation';
import type { Ending } from './outcome';

/** The status of warnings such as 'already exists'. */
const CONFLICT = 409;

/**
 * Runs the user's own command. It may change something, so it is sent only once. Nothing is read back:
 * what the service says is the result.
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
