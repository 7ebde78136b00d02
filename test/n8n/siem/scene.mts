import { setTimeout as sleep } from 'node:timers/promises';

import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../../sandbox/keeper-events/server.mts';
import type { WorkflowSource } from '../../../sandbox/n8n/api/rest.mts';
import { packageTarballs } from '../../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../../sandbox/n8n/instance.mts';
import {
	copyOf,
	nodeOf,
	workflowTemplate,
	type StoredCredentials,
	type WorkflowTemplate,
} from '../../../sandbox/n8n/templates/workflow-template.mts';
import { pollEvery, TOKEN } from '../keeper-events-scene.mts';

export interface SiemScene {
	n8n: StartedN8n;
	keeper: KeeperEventsSandbox;
	/** Stores a template of workflows/keeper-events as a user has it after setting it up. */
	workflow(options: SceneWorkflow): Promise<string>;
	/** Stores a credential. */
	credential(type: string, data: Record<string, unknown>): Promise<{ id: string; name: string }>;
	/** Waits until something holds, and says what n8n logged when it does not in a minute. */
	until(what: string, reached: () => boolean | Promise<boolean>): Promise<void>;
	/** The error messages of the workflow's failed executions. */
	failures(workflowId: string): Promise<string[]>;
	close(): Promise<void>;
}

export interface SceneWorkflow {
	template: string;
	settings?: Record<string, string | number>;
	credentials?: StoredCredentials;
	change?(template: WorkflowTemplate): void;
}

/** A real n8n and a stand-in for Keeper. */
export async function startScene(): Promise<SiemScene> {
	const keeper = await startKeeperEventsSandbox({ tokens: [TOKEN], latest: 0 });
	const n8n = await startN8n({ tarballs: packageTarballs() });
	const credential = async (type: string, data: Record<string, unknown>) =>
		await n8n.rest.createCredential(type, data);
	const keeperAdminApi = await credential('keeperAdminApi', {
		apiToken: TOKEN,
		region: 'custom',
		baseUrl: keeper.url,
	});
	return {
		n8n,
		keeper,
		credential,
		async workflow({ template: name, settings = {}, credentials = {}, change }) {
			const template = workflowTemplate(`keeper-events/${name}`, settings, {
				keeperAdminApi,
				...credentials,
			});
			const trigger = template.nodes.find(({ name: node }) => node === 'New Events');
			// A minute is long for a test.
			if (trigger) trigger.parameters.pollTimes = pollEvery(2) as never;
			change?.(template);
			const source: WorkflowSource = copyOf(template);
			return (await n8n.rest.createWorkflow(source)).id;
		},
		async until(what, reached) {
			for (const late = Date.now() + 60_000; !(await reached()); await sleep(200)) {
				if (Date.now() > late) {
					const failed = await n8n.rest.executions({ status: ['error'] });
					const errors = await Promise.all(
						failed.slice(0, 3).map(async ({ id }) => (await n8n.rest.execution(id)).error),
					);
					throw new Error(`Not in a minute: ${what}.\n${JSON.stringify(errors).slice(0, 3000)}`);
				}
			}
		},
		async failures(workflowId) {
			const failed = await n8n.rest.executions({ workflowId, status: ['error'] });
			const messages = failed.map(async ({ id }) => (await n8n.rest.execution(id)).error?.message);
			return (await Promise.all(messages)).map(String);
		},
		async close() {
			await n8n.discard();
			await keeper.close();
		},
	};
}

export { nodeOf };
