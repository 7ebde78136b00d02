import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { actionSubtitle } from '../shared/subtitle';
import { fields } from './panel/fields';
import { OPERATIONS, runOperation } from './operations';

export class KeeperAdminEvents implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keeper Admin Events',
		name: 'keeperAdminEvents',
		icon: { light: 'file:keeperAdminEvents.svg', dark: 'file:keeperAdminEvents.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: actionSubtitle(OPERATIONS),
		description: 'Read audit events of a Keeper enterprise, and the billing usage of an MSP',
		defaults: { name: 'Keeper Admin Events' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'keeperAdminApi', required: true }],
		properties: [...fields],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this);
	}
}
