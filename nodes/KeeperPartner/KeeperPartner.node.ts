import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { actionSubtitle } from '../shared/subtitle';
import { fields } from './panel/fields';
import { PLANS } from './plans';
import { provision } from './run/provisioning';

export class KeeperPartner implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keeper Partner',
		name: 'keeperPartner',
		icon: { light: 'file:keeperPartner.svg', dark: 'file:keeperPartner.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: actionSubtitle(PLANS),
		description: 'Provision Keeper Family and Student plans through the partner API',
		defaults: { name: 'Keeper Partner' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'keeperPartnerApi', required: true }],
		properties: [...fields],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await provision(this);
	}
}
