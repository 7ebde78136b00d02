import type { IExecuteFunctions } from 'n8n-workflow';

import { fail, ok, type Failure, type Result } from '../../shared/failure';
import { inputsReader, type Inputs } from '../input/inputs';
import type { Row } from '../table/row';
import { TABLE } from '../table/table';
import { Sessions } from './sessions';

/** The state shared by all items of a run. */
export interface Run {
	row: Row;
	sessions: Sessions;
	inputsOf: (itemIndex: number) => Result<Inputs>;
}

/** Reads what all items share: the operation and the node's settings. */
export function prepare(context: IExecuteFunctions): Result<Run> {
	const row = chosenRow(context);
	if (!row.ok) return row;
	const { retryOnFail } = context.getNode();
	if (retryOnFail === true && context.continueOnFail() && !isRepeatable(row.value))
		return fail(RETRY_ON_FAIL);
	return ok({
		row: row.value,
		sessions: new Sessions(context, row.value),
		inputsOf: inputsReader(context, context.getInputData(), row.value),
	});
}

function chosenRow(context: IExecuteFunctions): Result<Row> {
	const resource = String(context.getNodeParameter('resource', 0));
	const operation = String(context.getNodeParameter('operation', 0));
	const row = TABLE[resource]?.operations[operation];
	return row
		? ok(row)
		: fail({
				message: `The node has no operation '${operation}' for '${resource}'`,
				description: 'Choose an operation from the list.',
			});
}

/** Whether running all items again is harmless, because completed changes are not sent again. */
function isRepeatable(row: Row): boolean {
	return !('does' in row) || row.does === 'finishRotation';
}

const RETRY_ON_FAIL: Failure = {
	message: "'Retry On Fail' cannot be used together with 'On Error: Continue' here",
	description:
		"It would run all items again, also those that were done. Turn it off in the node's settings. Nothing was sent.",
};
