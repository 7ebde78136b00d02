import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../sandbox/keeper-events/server.mts';
import {
	startKeeperPartnerSandbox,
	type KeeperPartnerSandbox,
} from '../../sandbox/keeper-partner/server.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { pollEvery, TOKEN, TRIGGER } from '../n8n/keeper-events-scene.mts';
import { startCluster, type Cluster } from './cluster.mts';
import { until } from '../until.mts';

jest.setTimeout(180_000);

const PARTNER = { partnerName: 'northfield-university', partnerSecret: 'must-not-be-found-71ac9' };
const STALL_CHECK_MS = 2_000;

describe('in queue mode, on PostgreSQL and Redis', () => {
	let cluster: Cluster;
	let partner: KeeperPartnerSandbox;
	let events: KeeperEventsSandbox;

	beforeAll(async () => {
		partner = await startKeeperPartnerSandbox(PARTNER);
		events = await startKeeperEventsSandbox({ tokens: [TOKEN], latest: 0 });
		cluster = await startCluster({
			tarballs: packageTarballs(),
			workers: 2,
			webhookProcessors: 2,
			env: {
				QUEUE_WORKER_STALLED_INTERVAL: String(STALL_CHECK_MS),
				QUEUE_WORKER_LOCK_DURATION: '4000',
				QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
			},
		});
	}, 400_000);
	afterAll(async () => {
		await cluster?.discard();
		await partner?.close();
		await events?.close();
	}, 60_000);

	it("audit events that the main instance polls reach the workers' executions, each once", async () => {
		const { id, name } = await cluster.rest.createCredential('keeperAdminApi', {
			apiToken: TOKEN,
			region: 'custom',
			baseUrl: events.url,
		});
		const workflow = await cluster.rest.createWorkflow({
			nodes: [
				{
					name: TRIGGER,
					type: 'n8n-nodes-keeper-security.keeperAdminEventsTrigger',
					parameters: { pollTimes: pollEvery(2) },
					credentials: { keeperAdminApi: { id, name } },
				},
			],
			connections: {},
		});
		await cluster.rest.publish(workflow.id);
		const sent: string[] = [];
		for (let batch = 0; batch < 6; batch++) {
			const added = events.service.generate(Date.now() - 1_000, Date.now(), 200);
			sent.push(...added.map(({ event }) => JSON.stringify(event)));
			await sleep(1_500);
		}
		const received = async (): Promise<string[]> => {
			const filter = { workflowId: workflow.id, status: ['success'] };
			const executions = await cluster.rest.executions(filter);
			const outputs = await Promise.all(
				executions.map(async (one) => (await cluster.rest.execution(one.id)).json(TRIGGER)),
			);
			return outputs.flat().map((event) => JSON.stringify(event));
		};
		await until(async () => (await received()).length >= sent.length);
		// Two more polls, which find nothing new.
		await sleep(4_500);
		await cluster.rest.unpublish(workflow.id);
		expect((await received()).sort()).toEqual(sent.sort());
	});

	it('a batch whose worker is killed is not sent again by another worker', async () => {
		const workflow = await provisioning(400);
		partner.setFaults({ latencyMs: 200 });
		const { executionId } = await cluster.rest.startWorkflow(workflow);
		await partner.whenReceived(40);
		const busy = cluster.workers.find(({ log }) =>
			log().includes(`started execution ${executionId}`),
		);
		if (!busy) throw new Error('No worker says that it has the execution.');
		await busy.kill();
		// What was on its way when the worker died still arrives.
		await sleep(1_000);
		const received = partner.stats().created;
		expect(received).toBeLessThan(400);
		// Several of the checks by which the queue finds work that nobody does any more.
		await sleep(6 * STALL_CHECK_MS);
		expect(partner.stats()).toMatchObject({ created: received, duplicates: 0 });
		cluster.workers = cluster.workers.filter((worker) => worker !== busy);
		partner.reset();
	});

	it('a worker provisions a batch, each person once', async () => {
		const workflow = await provisioning(300);
		const execution = await cluster.rest.runWorkflow(workflow, { timeoutMs: 120_000 });
		expect(execution.status).toBe('success');
		expect(execution.json('Keeper Partner')).toHaveLength(300);
		expect(partner.stats()).toMatchObject({ created: 300, duplicates: 0 });
	});

	it('no secret is in the database or in a log', () => {
		const hashes = partner
			.requests()
			.flatMap(({ rawQuery }) => new URLSearchParams(rawQuery ?? '').get('hash') ?? []);
		expect(hashes.length).toBeGreaterThan(100);
		const database = dump(cluster.postgres.port);
		const { main, workers, webhookProcessors } = cluster;
		const logs = [main, ...workers, ...webhookProcessors].map(({ log }) => log());
		for (const secret of [TOKEN, PARTNER.partnerSecret, ...hashes.slice(0, 50)]) {
			expect(database.includes(secret)).toBe(false);
			expect(logs.some((log) => log.includes(secret))).toBe(false);
		}
		// The search does find what is stored in clear.
		expect(database.includes(PARTNER.partnerName)).toBe(false);
		expect(database.includes('person-1@students.northfield.example')).toBe(true);
	});

	/** A workflow that provisions so many people; its ID. */
	async function provisioning(count: number): Promise<string> {
		const { id, name } = await cluster.rest.createCredential('keeperPartnerApi', {
			...PARTNER,
			region: 'custom',
			baseUrl: partner.url,
		});
		const workflow = await cluster.rest.createWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'People',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: {
						jsCode: `return Array.from({ length: ${count} }, (_, i) => ({ json: { email: \`person-\${i}@students.northfield.example\`, first_name: 'Ada' } }));`,
					},
				},
				{
					name: 'Keeper Partner',
					type: 'n8n-nodes-keeper-security.keeperPartner',
					parameters: { mappingMode: 'mapAutomatically' },
					credentials: { keeperPartnerApi: { id, name } },
				},
			],
			connections: {
				Start: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
				People: { main: [[{ node: 'Keeper Partner', type: 'main', index: 0 }]] },
			},
		});
		return workflow.id;
	}
});

/** Everything that a database holds, as text. */
function dump(port: number): string {
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n'];
	return execFileSync('pg_dump', connection, { encoding: 'utf8', maxBuffer: 1 << 30 });
}
