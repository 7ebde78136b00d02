import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ItemResult } from '../../shared/delivery';
import { fail, ok } from '../../shared/failure';
import { runItems } from '../../shared/items';
import { redact } from '../../shared/redaction';
import { runOperation } from './interpreter';
import type { Ending, Unsuccessful } from './outcome';
import { prepare, type Run } from './prepare';
import type { Session } from './sessions';
import type { Row } from '../table/row';

/** The service has a single worker, so parallel commands would only wait there. */
const ONE_AT_A_TIME = { concurrency: 1, pauseMs: 0 };

/**
 * Runs the chosen operation for each item, in order.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing was changed
 */
export async function runKeeperCommander(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	return await runItems(context, async () => {
		const run = prepare(context);
		if (!run.ok) return run;
		return ok({
			pace: ONE_AT_A_TIME,
			run: async (itemIndex: number) => await runItem(run.value, itemIndex),
		});
	});
}

async function runItem(run: Run, itemIndex: number): Promise<ItemResult> {
	const session = await run.sessions.of(itemIndex);
	if (!session.ok) {
		const failure = session.failure;
		return { json: notDone(run.row), failure, mayHaveChanged: false };
	}
	const secrets = [...session.value.secrets];
	const ending = await endingOf(run, session.value, itemIndex, secrets);
	if (ending.ok) {
		const { outputs, changed } = ending.value;
		return { json: {}, outputs: outputs.map((json) => ({ json })), mayHaveChanged: changed };
	}
	const { message, description, json = {}, status, mayHaveChanged } = ending.failure;
	if (status === 401) session.value.locked = true;
	return {
		json: JSON.parse(redact(JSON.stringify(json), secrets)) as IDataObject,
		failure: { message: redact(message, secrets), description: redact(description, secrets) },
		mayHaveChanged,
	};
}

/** @param secrets receives the item's own secrets, for redaction */
async function endingOf(
	{ row, inputsOf }: Run,
	{ locked, commander, door, tokenUse }: Session,
	itemIndex: number,
	secrets: string[],
): Promise<Ending> {
	if (locked) return fail(LOCKED);
	const inputs = inputsOf(itemIndex);
	if (!inputs.ok) return fail({ ...inputs.failure, json: notDone(row), mayHaveChanged: false });
	secrets.push(inputs.value.values.newToken ?? '');
	return await runOperation(row, { commander, door, tokenUse, ...inputs.value });
}

const notDone = (row: Row): IDataObject => ('reads' in row ? {} : { outcome: 'notDone' });

const LOCKED: Unsuccessful = {
	message: 'Not sent, because Service Mode did not accept the API key for an earlier item',
	description:
		"Check 'API Key' of the credential 'Keeper Commander API' and run the workflow again.",
	json: { outcome: 'notDone' },
	mayHaveChanged: false,
};
