import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ItemResult } from '../../shared/delivery';
import { fail, ok } from '../../shared/failure';
import { runItems } from '../../shared/items';
import { redact } from '../../shared/redaction';
import { runOperation } from './interpreter';
import type { Ending, Unsuccessful } from './outcome';
import { prepare, type Run } from './prepare';

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
		const run = await prepare(context);
		if (!run.ok) return run;
		return ok({
			pace: ONE_AT_A_TIME,
			run: async (itemIndex: number) => await runItem(run.value, itemIndex),
		});
	});
}

async function runItem(run: Run, itemIndex: number): Promise<ItemResult> {
	const secrets = [...run.secrets];
	const ending = await endingOf(run, itemIndex, secrets);
	if (ending.ok) {
		const { outputs, changed } = ending.value;
		return { json: {}, outputs: outputs.map((json) => ({ json })), mayHaveChanged: changed };
	}
	const { message, description, json = {}, status, mayHaveChanged } = ending.failure;
	if (status === 401) run.locked = true;
	return {
		json: JSON.parse(redact(JSON.stringify(json), secrets)) as IDataObject,
		failure: { message: redact(message, secrets), description: redact(description, secrets) },
		mayHaveChanged,
	};
}

/** @param secrets receives the item's own secrets, for redaction */
async function endingOf(run: Run, itemIndex: number, secrets: string[]): Promise<Ending> {
	if (run.locked) return fail(LOCKED);
	const { row, commander, door, tokenUse } = run;
	const inputs = run.inputsOf(itemIndex);
	if (!inputs.ok) {
		const json = 'reads' in row ? {} : { outcome: 'notDone' };
		return fail({ ...inputs.failure, json, mayHaveChanged: false });
	}
	secrets.push(inputs.value.values.newToken ?? '');
	return await runOperation(row, { commander, door, tokenUse, ...inputs.value });
}

const LOCKED: Unsuccessful = {
	message: 'Not sent, because Service Mode did not accept the API key for an earlier item',
	description:
		"Check 'API Key' of the credential 'Keeper Commander API' and run the workflow again.",
	json: { outcome: 'notDone' },
	mayHaveChanged: false,
};
