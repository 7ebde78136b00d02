import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { poll } from './poll/poll';
import { triggerFields } from './panel/trigger-fields';

export class KeeperAdminEventsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keeper Admin Events Trigger',
		name: 'keeperAdminEventsTrigger',
		icon: { light: 'file:keeperAdminEvents.svg', dark: 'file:keeperAdminEvents.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'new events',
		description: 'Starts the workflow with new audit events of a Keeper enterprise, each once',
		defaults: { name: 'Keeper Admin Events Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'keeperAdminApi', required: true }],
		properties: [...triggerFields],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
