import { startKeygenSandbox, type KeygenSandbox } from '../../sandbox/keygen/start.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { effort } from '../effort.mts';
import { retry, TRIGGER, workflowOf, type Output } from '../n8n/keygen-trigger-scene.mts';
import { HOST, startTlsProxy, type Exchange, type TlsProxy } from '../../sandbox/n8n/tls-proxy.mts';
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
		await untilRun(tokens);
		const events = keygen.world.store.all('webhook-events').map(({ id }) => id);
		for (const round of ['a processor', 'the main instance']) {
			await (round === 'a processor' ? cluster.webhookProcessors[0] : cluster.main).restart();
			for (const [index, id] of events.entries()) {
				await retry(keygen, id);
				if (index % BURST === 0) await keygen.webhooksIdle();
			}
			await keygen.webhooksIdle();
		}
		// Should one have run again, it would have been before these.
		const later = happening(1);
		await keygen.webhooksIdle();
		await untilRun(later);
		expect(repeats()).toEqual([]);
		expect(new Set(ran())).toEqual(new Set([...tokens, ...later]));
		const deliveries = keygen.world.store.all('webhook-events');
		expect(deliveries).toHaveLength(3 * tokens.length + 1);
		expect(new Set(deliveries.map(({ facts }) => facts.status))).toEqual(new Set(['DELIVERED']));
	});

	it('of many at once none is missing, and none runs twice', async () => {
		const tokens = happening(60);
		await keygen.webhooksIdle();
		await untilRun(tokens);
		expect(repeats()).toEqual([]);
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
	const ran = (): string[] =>
		(cluster.handedOver(workflowId, TRIGGER).flat() as unknown as Output[]).map(
			({ idempotencyToken }) => idempotencyToken,
		);

	const untilRun = async (tokens: string[]) => {
		const isMissing = () => {
			const known = new Set(ran());
			return tokens.filter((token) => !known.has(token));
		};
		await until(async () => isMissing().length === 0);
		expect(isMissing()).toEqual([]);
	};

	/**
	 * Events that ran more often than once, with what became of their deliveries, but for the two kinds
	 * that nothing can tell apart: at two processes in the same moment, and acknowledged to nobody.
	 */
	const repeats = () => {
		const counts = new Map<string, number>();
		for (const token of ran()) counts.set(token, (counts.get(token) ?? 0) + 1);
		const repeated = [...counts].filter(([, count]) => count > 1).map(([token]) => token);
		const found = repeated.map((token) => ({ token, exchanges: exchangesOf(token) }));
		const excused = found.filter(
			({ exchanges }) => overlap(exchanges) || exchanges.some(({ status }) => status !== 200),
		);
		console.log(
			`${counts.size} events in queue mode: ${repeated.length} ran again, of them ${excused.length} at two processes in the same moment or not acknowledged`,
		);
		return found.filter((one) => !excused.includes(one));
	};

	const exchangesOf = (token: string) =>
		proxy.exchanges
			.filter(({ body }) => body.includes(token))
			.map(({ target, from, to, status }) => ({ target, from, to, status }));
});

/** Whether two processes had an event at the same time. */
function overlap(exchanges: Array<Pick<Exchange, 'target' | 'from' | 'to'>>): boolean {
	return exchanges.some((one) =>
		exchanges.some(
			(other) => one.target !== other.target && one.from <= other.to && other.from <= one.to,
		),
	);
}
