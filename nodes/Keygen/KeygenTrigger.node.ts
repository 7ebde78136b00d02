import {
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { listSearch } from './panel/record-lists';
import { endpointIsThere, putEndpoint, removeEndpoint } from './trigger/endpoint/lifecycle';
import { byOutput, outputs } from './trigger/outputs';
import { receive } from './trigger/receive';
import { triggerFields } from './trigger/trigger-fields';
import { watchForLostEvents } from './trigger/lost/lost-events-recovery';

export class KeygenTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Keygen Trigger',
		name: 'keygenTrigger',
		icon: { light: 'file:keygen.svg', dark: 'file:keygen.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].includes("*") ? "all events" : [...$parameter["events"], $parameter["otherEvents"]].filter((name) => name).join(", ") }}',
		// n8n shows this text for the trigger and the node Keygen, which share a tile.
		description: 'Manage licenses, machines and users, or start when something happens in Keygen',
		eventTriggerDescription: 'Waiting for an event from Keygen',
		activationMessage:
			'Keygen now sends the chosen events to this workflow. Unpublishing it removes the webhook endpoint from Keygen.',
		triggerPanel: {
			header: 'Receive events from Keygen',
			executionsHelp: {
				inactive:
					'<b>While building</b>, execute this step, then do in Keygen what you want to be told of. A webhook endpoint for the Test URL is there for as long as n8n listens.<br /><br /><b>Once you are happy</b>, publish the workflow. Each event then runs it, and shows up in the <a data-key="executions">executions list</a>.',
				active:
					'<b>While building</b>, execute this step, then do in Keygen what you want to be told of. The Test URL has a webhook endpoint of its own, and the published workflow goes on receiving.<br /><br /><b>The published workflow</b> runs for each event, which shows up in the <a data-key="executions">executions list</a>.',
			},
			activationHint:
				'Publish the workflow to receive events all the time. Keygen must be able to reach the Production URL: https, and a public host name.',
		},
		defaults: { name: 'Keygen Trigger' },
		inputs: [],
		outputs,
		credentials: [{ name: 'keygenApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// What Keygen stores as the answer, in place of a word that n8n has for itself.
				responseData: 'Received',
				path: 'webhook',
			},
		],
		properties: [...triggerFields],
	};

	methods = { listSearch: { searchProduct: listSearch.searchProduct } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await endpointIsThere(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await putEndpoint(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await removeEndpoint(this);
			},
		},
	};

	/** Runs where n8n activates triggers, also when it starts. */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return watchForLostEvents(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}

	/** What `webhook` took goes out. Without it n8n would run `trigger` in place of a test event. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return byOutput(this.getInputData(), {
			outputs: this.getNodeParameter('outputs', 0, 'one'),
			events: this.getNodeParameter('events', 0, []),
			otherEvents: this.getNodeParameter('otherEvents', 0, ''),
		} as INodeParameters);
	}
}
