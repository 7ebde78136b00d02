import { startKeygenSandbox, type KeygenSandbox } from '../../sandbox/keygen/start.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { effort } from '../effort.mts';
import { retry, TRIGGER, workflowOf, type Output } from '../n8n/keygen-trigger-scene.mts';
import { HOST, startTlsProxy, type TlsProxy } from '../../sandbox/n8n/tls-proxy.mts';
import { startCluster, type Cluster } from './cluster.mts';
import { until } from '../until.mts';

const EVENTS = effort(100, 1000);
const BURST = 10;
jest.setTimeout(240_000 + EVENTS * 600);

describe('Keygen Trigger in queue mode, with two webhook processors and the main instance', () => {
	let cluster: Cluster;
	let keygen: KeygenSandbox;
	let proxy: TlsProxy;
	let workflowId: string;
	/** By execution. */
	const tokenOf = new Map<string, string>();

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
			const members = [...cluster.webhookProcessors, cluster.main];
			proxy.target = members[next++ % members.length].url;
			return passing;
		};
		proxy.target = cluster.main.url;
		const credential = await cluster.rest.createCredential('keygenApi', keygenCredential(keygen));
		workflowId = (await cluster.rest.createWorkflow(workflowOf(credential))).id;
		await cluster.rest.publish(workflowId);
	}, 400_000);
	afterAll(async () => {
		await keygen?.close();
		await cluster?.discard();
		await proxy?.close();
	}, 60_000);

	it(`${EVENTS} events, each delivered three times, through restarts, run once each`, async () => {
		const tokens: string[] = [];
		while (tokens.length < EVENTS) {
			tokens.push(...happening(BURST));
			await keygen.webhooksIdle();
		}
		// Processes that write in the same milliseconds write over each other, and each puts back what
		// it knows with its next event.
		for (let member = 0; member < 3; member += 1) {
			tokens.push(...happening(1));
			await keygen.webhooksIdle();
		}
		await until(async () => (await ran()).length >= tokens.length);
		const events = keygen.world.store.all('webhook-events').map(({ id }) => id);
		for (const round of ['a processor', 'the main instance']) {
			await (round === 'a processor' ? cluster.webhookProcessors[0] : cluster.main).restart();
			for (const id of events) {
				await retry(keygen, id);
				if (id.endsWith('0')) await keygen.webhooksIdle();
			}
			await keygen.webhooksIdle();
		}
		// Should one have run again, it would have been before these.
		const later = happening(1);
		await keygen.webhooksIdle();
		await until(async () => (await ran()).includes(later[0]));
		expect((await ran()).sort()).toEqual([...tokens, ...later].sort());
		const deliveries = keygen.world.store.all('webhook-events');
		expect(deliveries).toHaveLength(3 * tokens.length + 1);
		expect(new Set(deliveries.map(({ facts }) => facts.status))).toEqual(new Set(['DELIVERED']));
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
		await until(async () => keygen.world.store.all('webhook-endpoints').length === 0);
		expect(keygen.world.store.all('webhook-endpoints')).toEqual([]);
	});

	/** Lets so many events happen; their idempotency tokens. */
	const happening = (count: number): string[] =>
		keygen
			.emit({ event: 'license.updated', count })
			.map(({ facts }) => String(facts.idempotencyToken));

	/** The idempotency tokens of the events that the workflow has run for. */
	async function ran(): Promise<string[]> {
		const filter = { workflowId, status: ['success'] };
		const ids = (await cluster.rest.allExecutions(filter)).map(({ id }) => id);
		for (const id of ids)
			if (!tokenOf.has(id)) {
				const [output] = (await cluster.rest.execution(id)).json(TRIGGER);
				tokenOf.set(id, (output as unknown as Output).idempotencyToken);
			}
		return ids.map((id) => String(tokenOf.get(id)));
	}
});
