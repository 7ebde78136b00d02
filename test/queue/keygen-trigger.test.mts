import { setTimeout as sleep } from 'node:timers/promises';

import { startKeygenSandbox, type KeygenSandbox } from '../../sandbox/keygen/start.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { TRIGGER, workflowOf, type Output } from '../n8n/keygen-trigger-scene.mts';
import { HOST, startTlsProxy, type TlsProxy } from '../../sandbox/n8n/tls-proxy.mts';
import { startCluster, type Cluster } from './cluster.mts';
import { until } from './until.mts';

jest.setTimeout(180_000);

describe('Keygen Trigger in queue mode, with two webhook processors', () => {
	let cluster: Cluster;
	let keygen: KeygenSandbox;
	let proxy: TlsProxy;
	let workflowId: string;

	beforeAll(async () => {
		proxy = await startTlsProxy('http://127.0.0.1:1');
		keygen = await startKeygenSandbox({
			webhooks: {
				ca: proxy.ca,
				hosts: { [HOST]: `127.0.0.1:${proxy.port}` },
				retryDelay: () => 500,
			},
		});
		cluster = await startCluster({
			tarballs: packageTarballs(),
			workers: 1,
			webhookProcessors: 2,
			env: { WEBHOOK_URL: `https://${HOST}/` },
		});
		// In turn, as a load balancer does it.
		let next = 0;
		proxy.rewrite = (passing) => {
			proxy.target = cluster.webhookProcessors[next++ % 2].url;
			return passing;
		};
		proxy.target = cluster.webhookProcessors[1].url;
		const credential = await cluster.rest.createCredential('keygenApi', keygenCredential(keygen));
		workflowId = (await cluster.rest.createWorkflow(workflowOf(credential))).id;
		await cluster.rest.publish(workflowId);
	}, 400_000);
	afterAll(async () => {
		await keygen?.close();
		await cluster?.discard();
		await proxy?.close();
	}, 60_000);

	it('events run once for each delivery at most, and each runs', async () => {
		const tokens: string[] = [];
		for (let count = 0; count < 10; count++) {
			tokens.push(...happening(1));
			await keygen.webhooksIdle();
		}
		await until(async () => (await ran()).length >= tokens.length);
		for (const { id } of keygen.world.store.all('webhook-events')) {
			await retry(id);
			await keygen.webhooksIdle();
		}
		await sleep(3_000);
		const runs = await ran();
		expect(new Set(runs)).toEqual(new Set(tokens));
		// Each was delivered once, and once more by hand.
		for (const token of tokens)
			expect(runs.filter((one) => one === token).length).toBeLessThanOrEqual(2);
	});

	it('of many at once none is missing', async () => {
		const before = await ran();
		const tokens = happening(60);
		await keygen.webhooksIdle();
		await until(async () => (await ran()).length >= before.length + tokens.length);
		expect((await ran()).sort()).toEqual([...before, ...tokens].sort());
	});

	it('leaves no endpoint when it is unpublished', async () => {
		expect(keygen.world.store.all('webhook-endpoints')).toHaveLength(1);
		await cluster.rest.unpublish(workflowId);
		expect(keygen.world.store.all('webhook-endpoints')).toEqual([]);
	});

	/** Lets so many events happen; their idempotency tokens. */
	const happening = (count: number): string[] =>
		keygen
			.emit({ event: 'license.updated', count })
			.map(({ facts }) => String(facts.idempotencyToken));

	/** The idempotency tokens of the events that the workflow has run for. */
	async function ran(): Promise<string[]> {
		const executions = await cluster.rest.executions({ workflowId, status: ['success'] });
		const outputs = await Promise.all(
			executions.map(async ({ id }) => (await cluster.rest.execution(id)).json(TRIGGER)),
		);
		return outputs.flat().map((output) => (output as unknown as Output).idempotencyToken);
	}

	async function retry(eventId: string): Promise<void> {
		const response = await fetch(`${keygen.baseUrl}/webhook-events/${eventId}/actions/retry`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${keygen.adminToken}`,
				'keygen-version': '1.8',
				accept: 'application/vnd.api+json',
			},
		});
		expect(response.ok).toBe(true);
	}
});
