import { PollContext, TriggersAndPollers } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
} from 'n8n-workflow';

export interface PolledNodeOptions {
	type: INodeType;
	parameters: INodeParameters;
	/** By credential type; handed out as if decrypted. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** What n8n has stored for the node, from an earlier activation. */
	staticData?: IDataObject;
	activation?: WorkflowActivateMode;
	mode?: 'trigger' | 'manual';
	/** How long n8n gives a poll, in milliseconds. */
	budgetMs?: number;
	/** Stands for one workflow where several contexts do, as under n8n's durable scheduler. */
	workflowId?: string;
}

let workflows = 0;

/** A polling trigger in n8n-core's poll context, from activation to the end of the process. */
export class PolledNode {
	/** What the node wrote to n8n's log. */
	readonly log: string[] = [];
	readonly context: PollContext;
	private readonly workflow: Workflow;
	private readonly node: INode;

	constructor(options: PolledNodeOptions) {
		const { type, credentials, activation = 'activate', mode = 'trigger', budgetMs } = options;
		this.node = {
			id: '1',
			name: type.description.displayName,
			type: 'underTest',
			typeVersion: 1,
			position: [0, 0],
			parameters: options.parameters,
			credentials: Object.fromEntries(
				Object.keys(credentials).map((name) => [name, { id: '1', name }]),
			),
		};
		this.workflow = new Workflow({
			id: options.workflowId ?? `polling-${++workflows}`,
			name: 'Test',
			active: true,
			nodes: [this.node],
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
				getDecrypted: (_: unknown, __: unknown, name: string) =>
					Promise.resolve(structuredClone(credentials[name])),
				isCredentialUsableByNode: () => true,
			} as unknown as ICredentialsHelper,
		} as IWorkflowExecuteAdditionalData;
		const budget =
			budgetMs === undefined ? [] : [undefined, undefined, undefined, undefined, undefined];
		this.context = new PollContext(
			this.workflow,
			this.node,
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
		const { workflow, node, context } = this;
		const response = await new TriggersAndPollers().runPollFunction(workflow, node, context);
		return response && response[0];
	}

	/** The json of a poll's items; none where there was nothing. */
	async events(): Promise<IDataObject[]> {
		return ((await this.poll()) ?? []).map(({ json }) => json);
	}

	/** What n8n would store now, and give back after a restart. */
	get stored(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}
}
