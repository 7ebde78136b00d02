import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { properties } from './panel/properties';
import { listSearch } from './panel/record-lists';
import { subtitle } from './panel/subtitle';
import { runKeeperCommander } from './run/execute';

const fields = properties();

export class KeeperCommander implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keeper Commander',
		name: 'keeperCommander',
		icon: { light: 'file:keeperCommander.svg', dark: 'file:keeperCommander.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle,
		description: 'Manage users, teams, roles, API tokens and reports of a Keeper organization',
		defaults: { name: 'Keeper Commander' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'keeperCommanderApi', required: true },
			{
				// Finish Rotation checks whether this credential contains the new token.
				name: 'keeperAdminApi',
				displayOptions: { show: { resource: ['apiToken'], operation: ['finishRotation'] } },
			},
		],
		properties: [...fields],
	};

	methods = { listSearch: { ...listSearch } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runKeeperCommander(this);
	}
}
