import { randomUUID } from 'node:crypto';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** One node, run by n8n's own engine between a source of items and nothing. */
export interface NodeRun {
	type: INodeType;
	parameters: INodeParameters;
	/** What arrives at the node. */
	items: INodeExecutionData[];
	/** What arrives at it later in the same execution, as in a loop: the node runs once for each. */
	laterItems?: INodeExecutionData[][];
	/** By credential type; handed out as if decrypted. A function, as if its fields were expressions. */
	credentials?: Record<string, CredentialSource>;
	/** Settings of the node, such as `onError` and `retryOnFail`. */
	settings?: Partial<INode>;
	/** Aborts the execution as the stop button does. */
	signal?: AbortSignal;
	/** How the execution was started; `manual` if not given. */
	mode?: WorkflowExecuteMode;
	/** The workflow's ID, for two executions of one workflow; a new one if not given. */
	workflowId?: string;
	/** The node's type is that of the tool that n8n makes of it. */
	asTool?: boolean;
}

type CredentialSource =
	| ICredentialDataDecryptedObject
	| ((itemIndex: number) => ICredentialDataDecryptedObject);

export interface NodeRunResult {
	/** The node's outputs, one list of items an output; the error branch is the last where it is on. */
	outputs: INodeExecutionData[][];
	/** The first output of each of the node's runs. */
	runs: INodeExecutionData[][];
	/** The error that stopped the workflow. */
	error?: { message: string; description?: string | null; context?: IDataObject };
	hints: NodeExecutionHint[];
	/** All that n8n would store of the execution. */
	run: IRun;
}

const NODE_UNDER_TEST = 'Node Under Test';

/** Runs a node in n8n-core's execution engine, with its real request helpers. */
export async function runNode(options: NodeRun): Promise<NodeRunResult> {
	const { type, parameters, credentials = {}, settings = {}, mode = 'manual' } = options;
	const typeName = options.asTool ? 'underTestTool' : 'underTest';
	// The engine runs what is connected to the last output first.
	const batches = [options.items, ...(options.laterItems ?? [])].reverse();
	const workflow = new Workflow({
		id: options.workflowId ?? randomUUID(),
		name: 'Test',
		active: false,
		nodes: [
			{ id: '1', name: 'Items', type: 'items', typeVersion: 1, position: [0, 0], parameters: {} },
			{
				id: '2',
				name: NODE_UNDER_TEST,
				type: typeName,
				typeVersion: 1,
				position: [200, 0],
				parameters,
				credentials: Object.fromEntries(
					Object.keys(credentials).map((name) => [name, { id: name, name }]),
				),
				...settings,
			},
		],
		connections: {
			Items: { main: batches.map(() => [{ node: NODE_UNDER_TEST, type: 'main', index: 0 }]) },
		},
		nodeTypes: nodeTypes({
			items: itemSource(batches),
			[typeName]: options.asTool ? toolOf(type) : type,
		}),
		settings: { executionOrder: 'v1', timezone: 'UTC' },
	});
	const execution = new WorkflowExecute(
		additionalData(workflow, credentials),
		mode,
		createRunExecutionData(),
	);
	const running = execution.run({ workflow, startNode: workflow.getNode('Items') ?? undefined });
	options.signal?.addEventListener('abort', () => running.cancel());
	const run = await running;
	const tasks = run.data.resultData.runData[NODE_UNDER_TEST] ?? [];
	const [task] = tasks;
	return {
		runs: tasks.map(({ data }) => data?.main?.[0] ?? []),
		outputs: (task?.data?.main ?? []).map((output) => output ?? []),
		error: run.data.resultData.error as NodeRunResult['error'],
		hints: task?.hints ?? [],
		run,
	};
}

/** As n8n does it when a node is connected to an agent. */
function toolOf(type: INodeType): INodeType {
	const description = { ...type.description, name: `${type.description.name}Tool` };
	return Object.create(type, { description: { value: description } }) as INodeType;
}

function nodeTypes(types: Record<string, INodeType>): INodeTypes {
	const find = (name: string) => types[name];
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}

function itemSource(batches: INodeExecutionData[][]): INodeType {
	return {
		description: {
			displayName: 'Items',
			name: 'items',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: batches.map(() => 'main' as const),
			properties: [],
		},
		execute: async () => structuredClone(batches),
	};
}

function additionalData(
	workflow: Workflow,
	credentials: Record<string, CredentialSource>,
): IWorkflowExecuteAdditionalData {
	const { id, name, nodes, connectionsBySourceNode: connections } = workflow;
	const workflowData = {
		id,
		name: name ?? '',
		active: false,
		isArchived: false,
		nodes: Object.values(nodes),
		connections,
		createdAt: new Date(),
		updatedAt: new Date(),
		activeVersionId: null,
	};
	const credentialsHelper = {
		getDecrypted: async (_: unknown, { id: type }: { id: string }, ...more: unknown[]) => {
			const source = credentials[type];
			const { itemIndex = 0 } = (more[4] ?? {}) as { itemIndex?: number };
			return structuredClone(typeof source === 'function' ? source(itemIndex) : source);
		},
		authenticate: async (_: unknown, __: unknown, request: unknown) => request,
		preAuthentication: async () => undefined,
		getParentTypes: () => [],
		getCredentialsProperties: () => [],
		isCredentialExternal: () => false,
		isCredentialUsableByNode: () => true,
	} as unknown as ICredentialsHelper;
	return {
		credentialsHelper,
		hooks: new ExecutionLifecycleHooks('manual', 'execution-1', workflowData),
		currentNodeExecutionIndex: 0,
		executionId: 'execution-1',
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		variables: {},
		externalSecretsProxy: { hasProvider: () => false },
		getRuntimeCredential: async () => undefined,
		setExecutionStatus: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
}
