import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { listSearch, loadOptions } from './panel/record-lists';
import { runKeygen } from './run/execute';
import { properties } from './panel/properties';

const fields = properties();

export class Keygen implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keygen',
		name: 'keygen',
		icon: { light: 'file:keygen.svg', dark: 'file:keygen.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Manage licenses, machines, users, releases and all else in Keygen',
		defaults: { name: 'Keygen' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'keygenApi',
				required: true,
				// A check against a pasted key asks nobody.
				displayOptions: { hide: { publicKeySource: ['pasted'] } },
			},
		],
		properties: [...fields],
	};

	methods = { listSearch: { ...listSearch }, loadOptions: { ...loadOptions } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runKeygen(this);
	}
}
