import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { deliver, eachItem, type ItemResult } from '../../shared/items';
import { redact } from '../../shared/redaction';
import { failed } from '../failure';
import { runOperation } from './interpreter';
import type { Ending, Unsuccessful } from './outcome';
import { messageOf, prepare, type Run } from './prepare';

/** The service has one worker; a second command at once would only wait there. */
const ONE_AT_A_TIME = { concurrency: 1, pauseMs: 0 };

/**
 * Runs the chosen operation for each item, in order.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing was changed
 */
export async function runKeeperCommander(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const run = await prepare(context, items);
	if (!run.ok)
		return deliver(
			context,
			items.map((): ItemResult => ({ json: {}, failure: run.failure, mayHaveChanged: false })),
		);
	const results = await eachItem(
		items.length,
		ONE_AT_A_TIME,
		async (itemIndex) => await runItem(run.value, itemIndex, items.length > 1),
	);
	return deliver(context, results);
}

/** Never throws; an item's bad end is its result. */
async function runItem(run: Run, itemIndex: number, isOneOfMany: boolean): Promise<ItemResult> {
	const secrets = [...run.secrets];
	const ending = await endingOf(run, itemIndex, secrets);
	if (ending.ok) {
		const { outputs, changed } = ending.value;
		return { json: {}, outputs: outputs.map((json) => ({ json })), mayHaveChanged: changed };
	}
	const { message, description, facts = {}, status, mayHaveChanged } = ending.failure;
	if (status === 401) run.locked = true;
	return {
		json: JSON.parse(redact(JSON.stringify(facts), secrets)),
		failure: {
			message: `${redact(message, secrets)}${isOneOfMany ? ` [item ${itemIndex}]` : ''}`,
			description: redact(description, secrets),
		},
		mayHaveChanged,
	};
}

/** @param secrets gets those of the item, so that they can be kept out of messages */
async function endingOf(run: Run, itemIndex: number, secrets: string[]): Promise<Ending> {
	const { row, commander, door, tokenUse } = run;
	try {
		if (run.locked) return failed(LOCKED);
		const inputs = run.inputsOf(itemIndex);
		if (!inputs.ok) return failed({ ...inputs.failure, mayHaveChanged: false });
		secrets.push(inputs.value.values.newToken ?? '');
		return await runOperation(row, { commander, door, tokenUse, ...inputs.value });
	} catch (error) {
		return failed({
			message: messageOf(error),
			description: "Check the node's parameters.",
			mayHaveChanged: false,
		});
	}
}

const LOCKED: Unsuccessful = {
	message: 'Not sent, because Service Mode did not accept the API key for an earlier item',
	description:
		"Check 'API Key' of the credential 'Keeper Commander API' and run the workflow again.",
	facts: { outcome: 'notDone' },
	mayHaveChanged: false,
};
