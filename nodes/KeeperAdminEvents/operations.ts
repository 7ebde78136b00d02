import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { getMany } from './get-many/get-many';

/** An operation: what the user sees of it, and what it does. */
interface Operation {
	name: string;
	action: string;
	description: string;
	/** Runs all items. @throws NodeOperationError where 'On Error' is Stop Workflow */
	run(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** The operations on audit events, by the values of 'Operation'. */
export const EVENT_OPERATIONS: Readonly<Record<string, Operation>> = {
	getAll: {
		name: 'Get Many',
		action: 'Get many events',
		description: 'Read the audit events of a time range',
		run: getMany,
	},
};

/** Runs the chosen operation. @throws NodeOperationError if there is no such operation */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const name = String(context.getNodeParameter('operation', 0));
	if (Object.hasOwn(EVENT_OPERATIONS, name)) return await EVENT_OPERATIONS[name].run(context);
	throw new NodeOperationError(context.getNode(), `'Operation' is '${name}', which is unknown`, {
		description: 'Choose an operation from the list.',
	});
}
