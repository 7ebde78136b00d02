import { setTimeout as sleep } from 'node:timers/promises';

import { startKeygenSandbox, type KeygenSandbox } from '../../../../sandbox/keygen/start.mts';
import type { KeygenSandboxOptions } from '../../../../sandbox/keygen/state/options.mts';
import {
	HOST,
	OTHER_HOST,
	startTlsProxy,
	type TlsProxy,
} from '../../../../sandbox/n8n/tls-proxy.mts';
import {
	PublishedWorkflow,
	serveWebhooks,
	type Answer,
	type WorkflowOptions,
} from './published.mts';

/** Keygen, a proxy with TLS, and an n8n with one workflow. */
export interface Scene {
	keygen: KeygenSandbox;
	proxy: TlsProxy;
	/** The workflow that answers; may be exchanged for another. */
	workflow: PublishedWorkflow;
	answers: Answer[];
	/** The endpoints that Keygen has. */
	endpoints(): Array<Record<string, unknown>>;
	/** Webhook events at Keygen by status. */
	statuses(): string[];
	/** Lets something happen and waits until it is delivered or given up. */
	emit(event: string, count?: number): Promise<void>;
	/** Waits until endpoints that are no longer wanted are gone, which takes the trigger 15 seconds. */
	untilEndpoints(count: number): Promise<void>;
	close(): Promise<void>;
}

/** Starts a scene. Nothing is published yet. */
export async function openScene(
	options: WorkflowOptions = {},
	keygenOptions: KeygenSandboxOptions = {},
): Promise<Scene> {
	const proxy = await startTlsProxy('http://127.0.0.1:1');
	const keygen = await startKeygenSandbox({
		...keygenOptions,
		webhooks: {
			ca: proxy.ca,
			hosts: {
				[HOST]: `127.0.0.1:${proxy.port}`,
				[OTHER_HOST]: `127.0.0.1:${proxy.port}`,
			},
			retryDelay: () => 20,
			...keygenOptions.webhooks,
		},
	});
	const server = await serveWebhooks(() => scene.workflow);
	proxy.target = server.url;
	const scene: Scene = {
		keygen,
		proxy,
		workflow: new PublishedWorkflow(keygen, options),
		answers: server.answers,
		endpoints: () =>
			keygen.world.store.all('webhook-endpoints').map(({ id, facts, links, environment }) => ({
				id,
				...facts,
				product: links.product ?? null,
				environment: environment ?? null,
			})),
		statuses: () =>
			keygen.world.store.all('webhook-events').map(({ facts }) => String(facts.status)),
		async emit(event, count = 1) {
			keygen.emit({ event, count });
			await keygen.webhooksIdle();
		},
		async untilEndpoints(count) {
			const there = () => keygen.world.store.all('webhook-endpoints').length;
			for (const late = Date.now() + 25_000; there() !== count && Date.now() < late; )
				await sleep(50);
		},
		async close() {
			await keygen.close();
			await proxy.close();
			await server.close();
		},
	};
	return scene;
}
