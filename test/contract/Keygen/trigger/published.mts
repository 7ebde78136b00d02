import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { HookContext, TriggerContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialsHelper,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypes,
	type ITriggerResponse,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { KeygenTrigger } from '../../../../nodes/Keygen/KeygenTrigger.node';
import type { KeygenSandbox } from '../../../../sandbox/keygen/start.mts';
import { HOST } from '../../../../sandbox/n8n/tls-proxy.mts';
import { present } from '../../../present.mts';

const NODE = 'Keygen Trigger';
const WEBHOOK_ID = 'c0ffee00-0000-4000-8000-000000000001';
/** Paths of n8n's webhooks for this node. */
export const PATH = `/webhook/${WEBHOOK_ID}/webhook`;
export const TEST_PATH = `/webhook-test/${WEBHOOK_ID}/webhook`;

export interface WorkflowOptions {
	parameters?: INodeParameters;
	/** Fields of the credential beside those that lead to the sandbox. */
	credential?: Record<string, unknown>;
	/** Address of n8n as it believes; `https://n8n.example.com` if not given. */
	n8nUrl?: string;
	workflowId?: string;
	/** Of the node. */
	name?: string;
	instanceId?: string;
	staticData?: IDataObject;
}

/** What came of a request. */
export interface Answer {
	status: number;
	body: unknown;
	/** Items that started the workflow. */
	items?: INodeExecutionData[];
}

export interface WebhookRequest {
	headers: IncomingHttpHeaders;
	body: Buffer;
	test?: boolean;
}

/**
 * A workflow with a Keygen Trigger, in n8n-core's own contexts, and what of n8n's server surrounds
 * them: a database for static data that is read for each request and written back whole, and
 * executions that are stored before that (n8n 2.41, `webhook-helpers.js` and `live-webhooks.js`).
 */
export class PublishedWorkflow {
	/** What n8n has stored of it. */
	stored: IDataObject;
	/** The items of each execution that n8n has stored. */
	executions: INodeExecutionData[][] = [];
	readonly log: string[] = [];
	/** Called before an execution is stored; what it throws keeps n8n from storing it. */
	beforeStoring: () => Promise<void> = async () => {};
	/** Called between storing an execution and what the node remembers. */
	beforeRemembering: () => Promise<void> = async () => {};
	/** Called between storing what the node remembers and the answer. */
	beforeAnswering: () => Promise<void> = async () => {};
	private readonly options: Required<Omit<WorkflowOptions, 'staticData'>>;
	private readonly testData: IDataObject = {};

	constructor(
		sandbox: Pick<KeygenSandbox, 'url' | 'accountId' | 'adminToken'>,
		options: WorkflowOptions = {},
	) {
		this.stored = options.staticData ?? {};
		this.options = {
			parameters: options.parameters ?? { events: ['*'] },
			credential: {
				host: 'selfHosted',
				baseUrl: sandbox.url,
				selfHostedAccount: sandbox.accountId,
				authentication: 'token',
				token: sandbox.adminToken,
				apiVersion: '1.8',
				...options.credential,
			},
			n8nUrl: options.n8nUrl ?? `https://${HOST}`,
			workflowId: options.workflowId ?? 'workflow-1',
			name: options.name ?? NODE,
			instanceId: options.instanceId ?? 'instance-1',
		};
	}

	/** The same workflow after an edit, or in another process or n8n; with what n8n has stored. */
	changed(change: WorkflowOptions): PublishedWorkflow {
		return new PublishedWorkflow(
			{ url: '', accountId: '', adminToken: '' },
			{
				...this.options,
				staticData: this.stored,
				...change,
				credential: { ...this.options.credential, ...change.credential },
			},
		);
	}

	/** What n8n does to publish, or, with `init`, when it starts. */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.load();
		const { checkExists, create } = new KeygenTrigger().webhookMethods.default;
		const context = this.hooks(workflow, 'trigger', activation);
		if (!(await checkExists.call(context))) await create.call(context);
		this.save(workflow);
	}

	async deactivate(): Promise<void> {
		const workflow = this.load();
		const context = this.hooks(workflow, 'internal', 'update');
		await new KeygenTrigger().webhookMethods.default.delete.call(context);
		this.save(workflow);
	}

	/** What n8n does when the editor listens for a test event. */
	async listen(): Promise<void> {
		const workflow = this.load(this.testData);
		const { checkExists, create } = new KeygenTrigger().webhookMethods.default;
		const context = this.hooks(workflow, 'manual', 'manual', true);
		if (!(await checkExists.call(context))) await create.call(context);
		Object.assign(this.testData, copyOf(workflow.staticData));
	}

	async stopListening(): Promise<void> {
		const workflow = this.load(this.testData);
		const context = this.hooks(workflow, 'internal', 'update', true);
		await new KeygenTrigger().webhookMethods.default.delete.call(context);
	}

	/** Starts what the trigger does in the background. */
	async watch(): Promise<ITriggerResponse> {
		const workflow = this.load();
		const node = present(workflow.getNode(this.options.name));
		const context = this.prepared(
			new TriggerContext(workflow, node, this.additionalData(), 'trigger', 'activate'),
		);
		return await new KeygenTrigger().trigger.call(context);
	}

	/** One request to the webhook. */
	async receive({ headers, body, test = false }: WebhookRequest): Promise<Answer> {
		const workflow = this.load(test ? this.testData : undefined);
		const node = present(workflow.getNode(this.options.name));
		const answer: Answer = { status: 200, body: undefined };
		const response = {
			statusCode: 200,
			writableEnded: false,
			status(code: number) {
				answer.status = response.statusCode = code;
				return response;
			},
			json(value: unknown) {
				answer.body = value;
				return response;
			},
			end() {
				response.writableEnded = true;
				return response;
			},
		};
		const request = { headers, rawBody: body, method: 'POST' };
		const additionalData = {
			...this.additionalData(),
			httpRequest: request,
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
		const mode: WorkflowExecuteMode = test ? 'manual' : 'webhook';
		const context = this.prepared(
			new WebhookContext(workflow, node, additionalData, mode, webhookData(test), [], null),
		);
		try {
			const result = await new KeygenTrigger().webhook.call(context);
			if (result.webhookResponse !== undefined) answer.body = result.webhookResponse;
			if (result.workflowData) {
				// The workflow runner makes another Workflow over the same object, after which nothing
				// of it counts as changed.
				Object.assign(workflow.staticData, { __dataChanged: false });
				await this.beforeStoring();
				[answer.items] = JSON.parse(JSON.stringify(result.workflowData));
				this.executions.push(present(answer.items));
				await this.beforeRemembering();
			}
			if (!test) this.save(workflow);
		} catch (error) {
			response.status(500);
			answer.body = (error as Error).message;
		}
		await this.beforeAnswering();
		response.end();
		return answer;
	}

	private load(staticData = this.stored): Workflow {
		const type = new KeygenTrigger();
		const { parameters, workflowId: id, name } = this.options;
		return new Workflow({
			id,
			name: 'Test',
			active: true,
			nodes: [
				{
					id: 'node-1',
					name,
					type: 'underTest',
					typeVersion: 1,
					position: [0, 0],
					parameters: {
						otherEvents: '',
						simplify: true,
						options: {},
						...parameters,
					},
					credentials: { keygenApi: { id: '1', name: 'Keygen' } },
					webhookId: WEBHOOK_ID,
				},
			],
			connections: {},
			nodeTypes: {
				getByName: () => type,
				getByNameAndVersion: () => type,
				getKnownTypes: () => ({}),
			} as INodeTypes,
			staticData: copyOf(staticData),
			settings: { timezone: 'UTC' },
		});
	}

	private save(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged !== true) return;
		this.stored = copyOf(workflow.staticData);
	}

	private hooks(
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		test = false,
	): HookContext {
		return this.prepared(
			new HookContext(
				workflow,
				present(workflow.getNode(this.options.name)),
				this.additionalData(),
				mode,
				activation,
				webhookData(test),
			),
		);
	}

	private prepared<T extends object>(context: T): T {
		const note = (message: string) => void this.log.push(message);
		Object.defineProperty(context, 'logger', {
			value: { warn: note, debug: note, info: note, error: note },
		});
		Object.defineProperty(context, 'getInstanceId', {
			value: () => this.options.instanceId,
		});
		return context;
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		const { n8nUrl, credential } = this.options;
		return {
			webhookBaseUrl: `${n8nUrl}/webhook`,
			webhookTestBaseUrl: `${n8nUrl}/webhook-test`,
			credentialsHelper: {
				getDecrypted: async () => structuredClone(credential),
				isCredentialUsableByNode: () => true,
			} as unknown as ICredentialsHelper,
		} as IWorkflowExecuteAdditionalData;
	}
}

function webhookData(isTest: boolean): IWebhookData {
	const [webhookDescription] = present(new KeygenTrigger().description.webhooks);
	return {
		webhookDescription,
		isTest,
		httpMethod: 'POST',
		node: NODE,
		path: PATH,
	} as IWebhookData;
}

/** As through a database. */
const copyOf = (staticData: IDataObject) => JSON.parse(JSON.stringify(staticData)) as IDataObject;

/** n8n's server as far as webhooks go: requests for the node's paths reach the workflow. */
export async function serveWebhooks(
	workflow: () => PublishedWorkflow,
): Promise<{ url: string; answers: Answer[]; close(): Promise<void> }> {
	const answers: Answer[] = [];
	const server = createServer((request, response) => {
		void serve(request, response);
	});
	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await buffer(request);
		const test = request.url?.endsWith(TEST_PATH) ?? false;
		if (!test && !request.url?.endsWith(PATH)) {
			response.writeHead(404).end('{}');
			return;
		}
		const answer = await workflow().receive({
			headers: request.headers,
			body,
			test,
		});
		answers.push(answer);
		response.writeHead(answer.status).end(JSON.stringify(answer.body ?? {}));
	}
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		answers,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
