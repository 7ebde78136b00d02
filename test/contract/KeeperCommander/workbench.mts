import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import { KeeperCommander } from '../../../nodes/KeeperCommander/KeeperCommander.node';
import {
	startKeeperCommanderSandbox,
	type KeeperCommanderOptions,
	type KeeperCommanderSandbox,
} from '../../../sandbox/keeper-commander/server.mts';
import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../../sandbox/keeper-events/server.mts';
import { runNode, type NodeRunResult } from '../../../sandbox/n8n/engine.mts';

export interface RunSettings {
	items?: INodeExecutionData[];
	settings?: Partial<INode>;
	/** In place of parts of the credential. */
	credential?: Record<string, unknown>;
	/** What of the credential differs between items. */
	credentialOf?(itemIndex: number): Record<string, unknown>;
	/** The credential of the events nodes, where one is chosen. */
	admin?: Record<string, unknown>;
	signal?: AbortSignal;
}

/** Service Mode, Keeper's own API that knows the same tokens, and the node between them. */
export interface Workbench {
	sandbox: KeeperCommanderSandbox;
	keeper: KeeperEventsSandbox;
	/** Runs an operation, named `user.lock`, in n8n's engine. */
	run(
		operation: string,
		parameters?: INodeParameters,
		settings?: RunSettings,
	): Promise<NodeRunResult>;
	/** The same, for what must succeed; gives what comes out. */
	get(
		operation: string,
		parameters?: INodeParameters,
		settings?: RunSettings,
	): Promise<IDataObject[]>;
	/** The same, for what must not succeed; gives what comes out beside the error. */
	fail(
		operation: string,
		parameters?: INodeParameters,
		settings?: RunSettings,
	): Promise<IDataObject>;
	/** Commands that were run since the last time, without those that read. */
	changed(): string[];
}

const open: Array<{ close(): Promise<void> }> = [];
afterAll(() => Promise.all(open.map((service) => service.close())));

/** How the panel stores a record that was named. */
export const named = (value: string) => ({ __rl: true, mode: 'name', value });

const READING = ['enterprise-info', 'enterprise-down', 'public-api-key list'];

export async function openWorkbench(options: KeeperCommanderOptions = {}): Promise<Workbench> {
	const keeper = await startKeeperEventsSandbox({ tokens: [] });
	const sandbox = await startKeeperCommanderSandbox({
		rateLimit: '1000000/minute',
		tokens: {
			issued: ({ token }) => void keeper.service.tokens.add(token),
			revoked: ({ token }) => void keeper.service.tokens.delete(token),
		},
		...options,
	});
	open.push(keeper, sandbox);
	const run: Workbench['run'] = async (
		name,
		parameters = {},
		{ items = [{ json: {} }], settings, credential, credentialOf, admin, signal } = {},
	) => {
		const [resource, operation] = name.split('.');
		return await runNode({
			type: new KeeperCommander(),
			parameters: { resource, operation, ...parameters },
			items,
			credentials: {
				keeperCommanderApi: (itemIndex) =>
					({
						baseUrl: sandbox.url,
						apiKey: sandbox.apiKey,
						...credential,
						...credentialOf?.(itemIndex),
					}) as ICredentialDataDecryptedObject,
				...(admin && { keeperAdminApi: admin as ICredentialDataDecryptedObject }),
			},
			settings,
			signal,
		});
	};
	let seen = 0;
	return {
		sandbox,
		keeper,
		run,
		async get(name, parameters, settings) {
			const { outputs, error } = await run(name, parameters, settings);
			if (error) throw new Error(`${name}: ${error.message}\n${error.description}`);
			return outputs[0].map(({ json }) => json);
		},
		async fail(name, parameters, settings) {
			const { outputs, error } = await run(name, parameters, {
				...settings,
				settings: { onError: 'continueRegularOutput', ...settings?.settings },
			});
			if (error) throw new Error(`${name} stopped: ${error.message}`);
			const [{ json }] = outputs[0];
			if (!json.error) throw new Error(`${name} succeeded: ${JSON.stringify(json)}`);
			return json;
		},
		changed() {
			const fresh = sandbox.ran().slice(seen);
			seen = sandbox.ran().length;
			return fresh
				.filter(({ name }) => !READING.includes(name))
				.map(({ name, words }) => [name.split(' ')[0], ...words].join(' '));
		},
	};
}
