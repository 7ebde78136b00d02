import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { selectionOf } from '../../../nodes/Keygen/table/place';
import { TABLE } from '../../../nodes/Keygen/table/table';
import { nodeWith } from '../../keygen-nodes.mts';
import {
	startKeygenSandbox,
	type KeygenSandbox,
	type KeygenSandboxOptions,
} from '../../../sandbox/keygen/start.mts';
import { runNode, type NodeRunResult } from '../../../sandbox/n8n/engine.mts';

export interface RunSettings {
	items?: INodeExecutionData[];
	settings?: Partial<INode>;
	/** In place of the administrator's token; null for a node without a credential. */
	credential?: Record<string, unknown> | null;
	/** What of the credential differs between items. */
	credentialOf?(itemIndex: number): Record<string, unknown>;
	signal?: AbortSignal;
	/** Runs as the tool of an agent. */
	asTool?: boolean;
}

/** A record as it came out; a test that reads more of it says what. */
export type Output = Record<string, unknown> & { id: string };

/** A sandbox and the node that speaks to it. */
export interface Workbench {
	sandbox: KeygenSandbox;
	/** Runs an operation, named `license.create`, in n8n's engine. */
	run(
		operation: string,
		parameters?: INodeParameters,
		settings?: RunSettings,
	): Promise<NodeRunResult>;
	/** The same, for what must succeed; gives the records that come out. */
	get<T = Output>(
		operation: string,
		parameters?: INodeParameters,
		settings?: RunSettings,
	): Promise<T[]>;
	/** Puts a record into the sandbox; gives its ID. */
	one(
		type: string,
		attributes?: Record<string, unknown>,
		relationships?: Record<string, string>,
	): string;
	/** Method and path, without the account, of what was sent since the last time. */
	sent(): string[];
}

const open: KeygenSandbox[] = [];
afterAll(() => Promise.all(open.map((sandbox) => sandbox.close())));

/** How the node's panel stores a record that was chosen. */
export const chosen = (value: string, mode = 'id') => ({ __rl: true, mode, value });

export async function openWorkbench(options: KeygenSandboxOptions = {}): Promise<Workbench> {
	const sandbox = await startKeygenSandbox(options);
	open.push(sandbox);
	const keygenApi = {
		host: 'selfHosted',
		baseUrl: sandbox.url,
		selfHostedAccount: options.mode === 'singleplayer' ? '' : sandbox.accountId,
		authentication: 'token',
		token: sandbox.adminToken,
		apiVersion: '1.8',
	};
	const run: Workbench['run'] = async (
		name,
		parameters = {},
		{ items = [{ json: {} }], settings, credential, credentialOf, signal, asTool } = {},
	) => {
		const [resource, operation] = name.split('.');
		const row = TABLE[resource]?.operations[operation];
		const selection = row ? { ...selectionOf({ operation, row }) } : { operation };
		return await runNode({
			type: nodeWith(resource),
			parameters: { resource, ...selection, ...parameters },
			items,
			credentials:
				credential === null
					? {}
					: {
							keygenApi: (itemIndex) =>
								({ ...keygenApi, ...credential, ...credentialOf?.(itemIndex) }) as never,
						},
			settings,
			signal,
			asTool,
		});
	};
	let seen = 0;
	return {
		sandbox,
		one: (type, attributes = {}, relationships = {}) =>
			sandbox.seed({ type, attributes, relationships })[0].id,
		run,
		async get<T>(name: string, parameters?: INodeParameters, settings?: RunSettings) {
			const { outputs, error } = await run(name, parameters, settings);
			if (error) throw new Error(`${name}: ${error.message}\n${error.description}`);
			return outputs[0].map(({ json }) => json as T);
		},
		sent() {
			const { entries, total } = sandbox.requests;
			const fresh = total > seen ? entries.slice(seen - total) : [];
			seen = total;
			return fresh.map(
				({ method, url }) =>
					`${method} ${decodeURIComponent(url.replace(/^\/v1(\/accounts\/[^/?]+)?/, ''))}`,
			);
		},
	};
}
