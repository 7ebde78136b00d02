import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IConnections, INode, INodeTypeDescription, IPinData } from 'n8n-workflow';
import { DataTables } from './data-tables.mts';
import { ENDED, Execution, type StoredExecution } from './executions.mts';
import { RestError, RestSession } from './rest-session.mts';

/** A workflow as a user exports it. What a node need not say (id, position) may be left out. */
export interface WorkflowSource {
	name?: string;
	nodes: Array<Partial<INode> & Pick<INode, 'name' | 'type' | 'parameters'>>;
	connections: IConnections;
	settings?: Record<string, unknown>;
	pinData?: IPinData;
}

export interface Workflow extends WorkflowSource {
	id: string;
	versionId: string;
	active: boolean;
	nodes: INode[];
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
}

/** Everything a user does in n8n's editor that tests need, done as the editor does it. */
export class N8nRest extends RestSession {
	readonly dataTables = new DataTables(this);

	/** @param data the fields of the credential, unencrypted */
	async createCredential(
		type: string,
		data: Record<string, unknown>,
		name = type,
	): Promise<{ id: string; name: string }> {
		return await this.request('POST', '/rest/credentials', { name, type, data });
	}

	/** Presses "Retry" on a stored credential: the node's or credential's own test. */
	async testCredential(id: string): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const credentials = await this.request('GET', `/rest/credentials/${id}?includeData=true`);
		return await this.request('POST', '/rest/credentials/test', { credentials });
	}

	async createWorkflow(source: WorkflowSource): Promise<Workflow> {
		const workflow = { name: `Workflow ${randomUUID()}`, ...completed(source), active: false };
		return await this.request('POST', '/rest/workflows', workflow);
	}

	async workflow(id: string): Promise<Workflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/** Saves changes to a workflow. What is published stays what it was. */
	async updateWorkflow(id: string, change: Partial<WorkflowSource>): Promise<Workflow> {
		const { nodes, connections, versionId } = await this.workflow(id);
		const source = completed({ nodes, connections, ...change });
		return await this.request('PATCH', `/rest/workflows/${id}`, { ...source, versionId });
	}

	/**
	 * Presses "Execute workflow" and waits for the end.
	 *
	 * @param options as for `startWorkflow`, and how long to wait for the end
	 */
	async runWorkflow(
		id: string,
		options: StartOptions & { timeoutMs?: number } = {},
	): Promise<Execution> {
		const { executionId } = await this.startWorkflow(id, options);
		if (!executionId) throw new Error(`Workflow ${id} waits for a webhook: use startWorkflow.`);
		return await this.waitForExecution(executionId, options);
	}

	/**
	 * Presses "Execute workflow" or, with `destinationNode`, "Execute step".
	 *
	 * @returns the execution's id, or `waitingForWebhook` when n8n waits for a test event (2 minutes)
	 */
	async startWorkflow(
		id: string,
		{ trigger, destinationNode }: StartOptions = {},
	): Promise<{ executionId?: string; waitingForWebhook?: boolean }> {
		// 1.x runs the workflow that the request holds, 2.x the one that is stored.
		const workflowData = await this.workflow(id);
		const name = trigger ?? workflowData.nodes.find(isTrigger)?.name;
		if (name === undefined) throw new Error(`Workflow ${id} has no trigger to start from.`);
		return await this.request('POST', `/rest/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name },
			...(destinationNode && { destinationNode: { nodeName: destinationNode, mode: 'inclusive' } }),
		});
	}

	/** @throws {Error} when there is no such execution, or only a deleted one */
	async execution(id: string): Promise<Execution> {
		const stored = await this.request<StoredExecution | null>('GET', `/rest/executions/${id}`);
		if (!stored) throw new Error(`There is no execution ${id}.`);
		return new Execution(stored);
	}

	/**
	 * Waits until an execution has ended.
	 *
	 * @param options.timeoutMs 60 seconds if not given
	 * @param options.until statuses to wait for instead, such as `['waiting']`
	 * @throws {Error} when it has not by then
	 */
	async waitForExecution(
		id: string,
		{ timeoutMs = 60_000, until = ENDED }: { timeoutMs?: number; until?: string[] } = {},
	): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (let pause = 50; ; pause = Math.min(pause * 1.5, 1_000)) {
			const execution = await this.execution(id);
			if (until.includes(execution.status)) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${id} is still ${execution.status} after ${timeoutMs} ms.`);
			}
			await sleep(pause);
		}
	}

	/**
	 * @param filter by workflow and by statuses
	 * @returns the newest executions first, 100 at most
	 */
	async executions(
		filter: { workflowId?: string; status?: string[] } = {},
	): Promise<ExecutionSummary[]> {
		return (await this.executionPage(filter)).results;
	}

	/** All executions, newest first. n8n 2 only: n8n 1.x pages in another way. */
	async allExecutions(filter: {
		workflowId?: string;
		status?: string[];
	}): Promise<ExecutionSummary[]> {
		const found: ExecutionSummary[] = [];
		for (let cursor: string | undefined; ; ) {
			const page = await this.executionPage(filter, cursor);
			found.push(...page.results);
			if (!page.nextCursor) return found;
			cursor = page.nextCursor;
		}
	}

	private async executionPage(
		filter: object,
		cursor?: string,
	): Promise<{ results: ExecutionSummary[]; nextCursor?: string | null }> {
		const query = new URLSearchParams({
			limit: '100',
			filter: JSON.stringify(filter),
			...(cursor === undefined ? {} : { cursor }),
		});
		return await this.request('GET', `/rest/executions?${query}`);
	}

	/** Stops a running execution as the stop button does. */
	async stopExecution(id: string): Promise<void> {
		await this.request('POST', `/rest/executions/${id}/stop`, {});
	}

	/**
	 * Publishes (activates) the workflow as it is stored now, and waits until its triggers are live.
	 *
	 * @throws {Error} with the triggers' messages when one could not be started
	 */
	async publish(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		const { status, triggers } = await this.publication(id);
		if (status === 'published') return;
		const messages = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new Error(`Publishing workflow ${id} ended as ${status}: ${messages.join('; ')}`);
	}

	/** Unpublishes (deactivates) a workflow, and waits until its triggers are gone. */
	async unpublish(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
		await this.publication(id);
	}

	/**
	 * What became of publishing or unpublishing. In 2.x both go on after n8n has answered, and a
	 * trigger that fails is only told here; 1.x is done, or has refused, when it answers.
	 */
	private async publication(id: string): Promise<Publication> {
		for (;;) {
			const publication = await this.request<Publication>(
				'GET',
				`/rest/workflows/${id}/publication-status`,
			).catch((error: unknown): Publication => {
				if (error instanceof RestError && error.status === 404) return DONE;
				throw error;
			});
			if (publication.status !== 'in_progress') return publication;
			await sleep(100);
		}
	}

	/** The node types that the editor offers. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.request('GET', '/types/nodes.json');
	}
}

interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

const DONE: Publication = { status: 'published', triggers: [] };

export interface StartOptions {
	/** The trigger to start from, by name: the first if not given. */
	trigger?: string;
	/** The last node to run. */
	destinationNode?: string;
}

const isTrigger = ({ type }: { type: string }): boolean =>
	/trigger$/i.test(type) || /\.(webhook|start)$/.test(type);

/** Fills in what the editor always sends. */
const completed = <T extends Pick<WorkflowSource, 'nodes'>>(source: T) => ({
	settings: { executionOrder: 'v1' },
	...source,
	nodes: source.nodes.map((node, index) => ({
		id: randomUUID(),
		typeVersion: 1,
		position: [index * 200, 0],
		...node,
	})),
});
