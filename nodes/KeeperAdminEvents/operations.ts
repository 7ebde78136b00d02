import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { getBillingUsage } from './billing/get-billing-usage';
import { getMany } from './get-many/get-many';

/** An operation: what the user sees of it, and what it does. */
interface Operation {
	name: string;
	action: string;
	description: string;
	/** Runs all items. @throws NodeOperationError where 'On Error' is Stop Workflow */
	run(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** What there is operations on. */
interface Resource {
	name: string;
	/** By the values of 'Operation', which no two resources share. */
	operations: Readonly<Record<string, Operation>>;
}

/** The operations, by the values of 'Resource'. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
	billingUsage: {
		name: 'Billing Usage',
		operations: {
			getBillingUsage: {
				name: 'Get',
				action: 'Get billing usage',
				description: "Read a month's usage and costs of an MSP and its managed companies",
				run: getBillingUsage,
			},
		},
	},
	event: {
		name: 'Event',
		operations: {
			getAll: {
				name: 'Get Many',
				action: 'Get many events',
				description: 'Read the audit events of a time range',
				run: getMany,
			},
		},
	},
};

/** All operations, by the values of 'Operation'. */
export const OPERATIONS: Readonly<Record<string, Operation>> = Object.assign(
	{},
	...Object.values(RESOURCES).map(({ operations }) => operations),
) as Record<string, Operation>;

/** Runs the chosen operation. @throws NodeOperationError if there is no such operation */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const name = String(context.getNodeParameter('operation', 0));
	if (Object.hasOwn(OPERATIONS, name)) return await OPERATIONS[name].run(context);
	throw new NodeOperationError(context.getNode(), `'Operation' is '${name}', which is unknown`, {
		description: 'Choose an operation from the list.',
	});
}
