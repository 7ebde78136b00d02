import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';

import { startKeygenSandbox, type KeygenSandbox } from '../../sandbox/keygen/start.mts';
import type { WebhookOptions } from '../../sandbox/keygen/state/options.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import { handedOver } from '../../sandbox/n8n/api/handed-over.mts';
import { packageTarballs, type N8nLine } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import type { WorkflowSource } from '../../sandbox/n8n/api/rest.mts';
import { HOST, OTHER_HOST, startTlsProxy, type TlsProxy } from '../../sandbox/n8n/tls-proxy.mts';

export const TRIGGER = 'Keygen Trigger';
export const TYPE = 'n8n-nodes-keygen.keygenTrigger';

/** Keygen, a proxy with a certificate for n8n's public name, and an n8n behind it. */
export interface Scene {
	keygen: KeygenSandbox;
	proxy: TlsProxy;
	n8n: StartedN8n;
	/** The credential's reference in a node. */
	credential: { id: string; name: string };
	/** Webhook endpoints that Keygen has. */
	endpoints(): Array<{ id: string; url: string; subscriptions: string[] }>;
	/** Waits until something is so; what does not become so fails with what n8n has logged. */
	until(what: string, isSo: () => boolean): Promise<void>;
	/** Waits until n8n has logged something, which comes a little later than what it is about. */
	untilLogged(text: string): Promise<void>;
	/** Waits until so many endpoints are left; one that is not wanted any more goes 15 seconds later. */
	untilEndpoints(count: number): Promise<void>;
	/** Waits until n8n has stored an execution for so many events of a workflow. */
	untilStored(workflowId: string, count: number): Promise<void>;
	/** Creates and publishes a workflow of the trigger; its ID. */
	publish(parameters?: INodeParameters, webhookId?: string): Promise<string>;
	unpublish(workflowId: string): Promise<void>;
	/** Ends what a test began, however it went: n8n runs, nothing is published, nothing registered. */
	reset(): Promise<void>;
	/** Presses "retry" for a webhook event. */
	retry(eventId: string): Promise<void>;
	/** Stops n8n in good order. */
	stop(): Promise<void>;
	/** Kills n8n; its proxy refuses connections until it is back. */
	kill(): Promise<void>;
	/** Starts n8n again, with a change of its environment if there is one, and its proxy. */
	restart(change?: Record<string, string>): Promise<void>;
	/** Deletes all endpoints, as somebody does in the dashboard. */
	removeEndpoints(): void;
	close(): Promise<void>;
}

export async function openScene(
	options: { version?: N8nLine; webhooks?: WebhookOptions; env?: Record<string, string> } = {},
): Promise<Scene> {
	const proxy = await startTlsProxy('http://127.0.0.1:1');
	const hosts = Object.fromEntries(
		[HOST, OTHER_HOST].map((host) => [host, `127.0.0.1:${proxy.port}`]),
	);
	const keygen = await startKeygenSandbox({
		webhooks: { ca: proxy.ca, hosts, retryDelay: () => 500, ...options.webhooks },
	});
	const env = { WEBHOOK_URL: `https://${HOST}/`, ...options.env };
	const version = options.version ?? 'v2';
	const n8n = await startN8n({ version, tarballs: packageTarballs(), env });
	proxy.target = n8n.url;
	const credential = await n8n.rest.createCredential('keygenApi', keygenCredential(keygen));
	const published = new Set<string>();
	let isUp = true;
	const scene: Scene = {
		keygen,
		proxy,
		n8n,
		credential,
		endpoints: () =>
			keygen.world.store
				.all('webhook-endpoints')
				.map(({ id, facts: { url, subscriptions = [] } }) => ({
					id,
					url: String(url),
					subscriptions,
				})),
		async until(what, isSo) {
			for (const late = Date.now() + 60_000; !isSo(); await sleep(50))
				if (Date.now() > late)
					throw new Error(`Not within a minute: ${what}\n${scene.n8n.log().slice(-3000)}`);
		},
		untilLogged: async (text) =>
			await scene.until(`"${text}" in the log`, () => scene.n8n.log().includes(text)),
		untilEndpoints: async (count) =>
			await scene.until(`${count} endpoints`, () => scene.endpoints().length === count),
		async untilStored(id, count) {
			const stored = () => storedEvents(scene.n8n.userFolder, id).length;
			await scene.until(`${count} events stored`, () => stored() >= count);
		},
		async publish(parameters, webhookId) {
			const { id } = await scene.n8n.rest.createWorkflow(
				workflowOf(credential, parameters, webhookId),
			);
			published.add(id);
			await scene.n8n.rest.publish(id);
			return id;
		},
		async unpublish(id) {
			await scene.n8n.rest.unpublish(id);
			published.delete(id);
		},
		async reset() {
			proxy.losing = undefined;
			proxy.rewrite = (passing) => passing;
			if (!isUp) await scene.restart();
			for (const id of published) await scene.unpublish(id);
			scene.removeEndpoints();
		},
		retry: async (eventId) => await retry(keygen, eventId),
		async stop() {
			isUp = false;
			await scene.n8n.stop();
		},
		async kill() {
			isUp = false;
			await Promise.all([scene.n8n.kill(), proxy.refuse()]);
		},
		removeEndpoints() {
			const { store } = keygen.world;
			for (const endpoint of store.all('webhook-endpoints')) store.remove(endpoint);
		},
		async restart(change = {}) {
			const { userFolder, port } = scene.n8n;
			const starting = startAgain(version, userFolder, port, { ...env, ...change });
			// A proxy is there before what it stands for.
			await proxy.accept();
			scene.n8n = await starting;
			isUp = true;
		},
		async close() {
			await keygen.close();
			await scene.n8n.discard();
			await proxy.close();
		},
	};
	return scene;
}

/** Has Keygen deliver a webhook event again, as its button "retry" does. */
export async function retry(keygen: KeygenSandbox, eventId: string): Promise<void> {
	const response = await fetch(`${keygen.baseUrl}/webhook-events/${eventId}/actions/retry`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${keygen.adminToken}`,
			'keygen-version': '1.8',
			accept: 'application/vnd.api+json',
		},
	});
	if (!response.ok) throw new Error(`Retrying was answered ${response.status}`);
}

/**
 * As a supervisor does. Killed between storing an execution and starting it, n8n 2.41 fails over
 * that execution while it starts up, once; the next start leaves it out.
 */
async function startAgain(
	version: N8nLine,
	userFolder: string,
	port: number,
	env: Record<string, string>,
): Promise<StartedN8n> {
	const start = async () => await startN8n({ version, userFolder, port, env });
	return await start().catch(async (error: unknown) => {
		if (!String(error).includes("reading 'getTime'")) throw error;
		return await start();
	});
}

/** A workflow that is nothing but the trigger, and a node that refers back to it. */
export function workflowOf(
	credential: { id: string; name: string },
	parameters: INodeParameters = { events: ['*'] },
	webhookId: string = randomUUID(),
): WorkflowSource {
	return {
		nodes: [
			{
				name: TRIGGER,
				type: TYPE,
				parameters,
				credentials: { keygenApi: credential },
				webhookId,
			},
			{
				name: 'Refer Back',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					mode: 'raw',
					jsonOutput: `={{ { "event": $('${TRIGGER}').item.json.event } }}`,
					options: {},
				},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Refer Back', type: 'main', index: 0 }]] } },
	};
}

/** An event as the trigger hands it to n8n. */
export interface Output {
	event: string;
	id: string;
	idempotencyToken: string;
	[field: string]: unknown;
}

/** The events that the trigger handed to n8n, from all executions that n8n has stored. */
export function storedEvents(userFolder: string, workflowId: string): Output[] {
	return handedOver(userFolder, workflowId, TRIGGER).flat() as unknown as Output[];
}
