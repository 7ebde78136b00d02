import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { listSearch, loadOptions } from './panel/record-lists';
import { properties } from './panel/properties';
import { runKeygen } from './run/execute';
import { licensing } from './table/licensing/licensing';

const fields = properties(licensing);

export class Keygen implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keygen',
		name: 'keygen',
		icon: { light: 'file:keygen.svg', dark: 'file:keygen.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Issue, check and manage software licenses, machines, users and policies in Keygen',
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
