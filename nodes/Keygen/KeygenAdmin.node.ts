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
import { admin } from './table/admin/admin';

const fields = properties(admin);

export class KeygenAdmin implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keygen Admin',
		name: 'keygenAdmin',
		icon: { light: 'file:keygenAdmin.svg', dark: 'file:keygenAdmin.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Set up products, tokens, webhooks and the account in Keygen, and read its logs',
		defaults: { name: 'Keygen Admin' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'keygenApi', required: true }],
		properties: [...fields],
	};

	methods = { listSearch: { ...listSearch }, loadOptions: { ...loadOptions } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runKeygen(this);
	}
}
