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
import { distribution } from './table/distribution/distribution';

const fields = properties(distribution);

export class KeygenDistribution implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keygen Distribution',
		name: 'keygenDistribution',
		icon: { light: 'file:keygenDistribution.svg', dark: 'file:keygenDistribution.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Publish releases, artifacts and packages of your software through Keygen',
		defaults: { name: 'Keygen Distribution' },
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
