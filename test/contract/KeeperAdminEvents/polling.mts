import { PollContext, TriggersAndPollers } from 'n8n-core';
import {
	Workflow,
	type ICredentialsHelper,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { KeeperAdminEventsTrigger } from '../../../nodes/KeeperAdminEvents/KeeperAdminEventsTrigger.node';
import { credential, type Event } from './service.mts';

export interface PollingOptions {
	baseUrl: string;
	parameters?: INodeParameters;
	credential?: Record<string, string>;
	/** What n8n has stored for the node, from an earlier activation. */
	staticData?: IDataObject;
	activation?: WorkflowActivateMode;
	mode?: 'trigger' | 'manual';
	/** How long n8n gives a poll, in milliseconds. */
	budgetMs?: number;
	/** Stands for one workflow where several contexts do, as under n8n's durable scheduler. */
	workflowId?: string;
}

const NODE = 'Keeper Admin Events Trigger';
let workflows = 0;

/** The trigger in n8n-core's poll context, from activation to the end of the process. */
export class Polling {
	/** What the node wrote to n8n's log. */
	readonly log: string[] = [];
	private readonly workflow: Workflow;
	readonly context: PollContext;

	constructor(options: PollingOptions) {
		const { parameters = {}, activation = 'activate', mode = 'trigger', budgetMs } = options;
		const credentials = credential(options.baseUrl, options.credential);
		const type = new KeeperAdminEventsTrigger();
		this.workflow = new Workflow({
			id: options.workflowId ?? `polling-${++workflows}`,
			name: 'Test',
			active: true,
			nodes: [
				{
					id: '1',
					name: NODE,
					type: 'underTest',
					typeVersion: 1,
					position: [0, 0],
					parameters: { filters: {}, options: {}, ...parameters },
					credentials: { keeperAdminApi: { id: '1', name: 'Keeper' } },
				},
			],
			connections: {},
			nodeTypes: {
				getByName: () => type,
				getByNameAndVersion: () => type,
				getKnownTypes: () => ({}),
			} as INodeTypes,
			// A copy, as each process of n8n has its own.
			staticData: structuredClone(options.staticData),
			settings: { timezone: 'UTC' },
		});
		const additionalData = {
			credentialsHelper: {
				getDecrypted: async () => structuredClone(credentials.keeperAdminApi),
				isCredentialUsableByNode: () => true,
			} as unknown as ICredentialsHelper,
		} as IWorkflowExecuteAdditionalData;
		const node = this.workflow.getNode(NODE)!;
		const budget =
			budgetMs === undefined ? [] : [undefined, undefined, undefined, undefined, undefined];
		this.context = new PollContext(
			this.workflow,
			node,
			additionalData,
			mode,
			activation,
			...(budget as []),
			...((budgetMs === undefined ? [] : [() => budgetMs]) as []),
		);
		const warn = (message: string) => void this.log.push(message);
		Object.defineProperty(this.context, 'logger', {
			value: { warn, debug: warn, info: warn, error: warn },
		});
	}

	/** One poll, as n8n makes it: its items, or null. */
	async poll(): Promise<INodeExecutionData[] | null> {
		const { workflow, context } = this;
		const node = workflow.getNode(NODE)!;
		const response = await new TriggersAndPollers().runPollFunction(workflow, node, context);
		return response && response[0];
	}

	/** The json of a poll's items; none where there was nothing. */
	async events(): Promise<Event[]> {
		return ((await this.poll()) ?? []).map(({ json }) => json);
	}

	/** What n8n would store now, and give back after a restart. */
	get stored(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}
}
