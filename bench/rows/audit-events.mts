import type { Figure } from '../figures.mts';
import { inTurn, median, megabytes, seconds, timeOf } from '../medians.mts';
import { inARow, MeasuredN8n, type BenchNode } from '../n8n.mts';
import { inOwnProcess } from '../own-process.mts';
import type { Memory } from '../programs/live-memory.mts';
import type { Bench, Scene } from '../scene.mts';
import { startService, type Started } from '../services/process.mts';

const TOKEN = 'a-token-of-the-bench';
const DAYS = 20;
const PAGE_SIZE = 1_000;

type Events = Started<'keeperEvents'>;
type Way = 'node' | 'chain';

/** Get Many of audit events against the HTTP Request node with pagination and a Split Out node. */
export const auditEvents: Bench = {
	name: 'audit-events',
	async run(scene) {
		const count = scene.size(100_000, 3_000);
		const history = { count, days: DAYS };
		const options = { tokens: [TOKEN], latest: 0, history };
		const service = await startService('keeperEvents', { ...options, latencyMs: 50 });
		try {
			return [
				await time(scene, service, count),
				await peak(scene, service, count),
				...(await live(scene)),
			];
		} finally {
			service.stop();
		}
	},
};

async function time(scene: Scene, service: Events, count: number): Promise<Figure> {
	const { node, chain } = await hooks(await scene.n8n(), service);
	await inTurn(1, { node, chain });
	const times = await inTurn(scene.size(3, 1), {
		node: async () => await timeOf(node),
		chain: async () => await timeOf(chain),
	});
	await service.reset();
	await scene.profile('Get Many of audit events', node);
	await service.reset();
	await node();
	const { requests } = await service.counts();
	const [ours, theirs] = [median(times.node), median(times.chain)];
	return {
		what: `Get Many, ${count.toLocaleString('en')} audit events in pages of 1,000`,
		against: 'HTTP Request node with pagination + Split Out node',
		measured: theirs / ours,
		unit: 'times as fast',
		bound: { least: 1.5 },
		detail: `${seconds(ours)} against ${seconds(theirs)}; ${requests} requests against ${count / PAGE_SIZE}`,
	};
}

/** The most memory of the machine that n8n takes on top of what it takes after a small run; a new n8n each time. */
async function peak(scene: Scene, service: Events, count: number): Promise<Figure> {
	const growth = (way: Way) => async () => {
		const n8n = await MeasuredN8n.start(scene.tarballs);
		try {
			const small = (await hooks(n8n, service, 1))[way];
			const run = (await hooks(n8n, service))[way];
			// What n8n loads and compiles at the first run belongs to no run.
			await small();
			await n8n.collectGarbage();
			const before = n8n.resident;
			n8n.forgetPeak();
			await run();
			return n8n.peakResident - before;
		} finally {
			await n8n.stop();
		}
	};
	const { node, chain } = await inTurn(scene.size(3, 1), {
		node: growth('node'),
		chain: growth('chain'),
	});
	return {
		what: `the same: n8n's peak memory, beyond what it took before (${count.toLocaleString('en')} events)`,
		against: 'HTTP Request node with pagination + Split Out node',
		measured: median(node) / median(chain),
		unit: 'of its peak',
		bound: { most: 0.6 },
		detail: `${megabytes(median(node))} against ${megabytes(median(chain))}`,
	};
}

/**
 * The workflows as they would run at night: started by a webhook that answers at their end, nothing of
 * the execution stored.
 */
async function hooks(
	n8n: MeasuredN8n,
	service: Events,
	days = DAYS + 1,
): Promise<Record<Way, () => Promise<unknown>>> {
	const credential = await n8n.n8n.rest.createCredential('keeperAdminApi', {
		apiToken: TOKEN,
		region: 'custom',
		baseUrl: service.url,
	});
	const nodes: Record<Way, BenchNode[]> = {
		node: [
			{
				name: 'Keeper Admin Events',
				type: 'n8n-nodes-keeper-security.keeperAdminEvents',
				parameters: {
					timeRange: 'custom',
					start: day(-days),
					end: day(1),
					returnAll: true,
					options: { pageSize: PAGE_SIZE },
				},
				credentials: { keeperAdminApi: credential },
			},
		],
		chain: chain(service, days),
	};
	const started = async (way: Way) => {
		const path = `${way}-${days}-${service.port}`;
		const workflow = await n8n.n8n.rest.createWorkflow(
			inARow(
				[
					{
						name: 'Webhook',
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2,
						webhookId: path,
						parameters: { path, responseMode: 'lastNode', responseData: 'noData', options: {} },
					},
					...nodes[way],
				],
				{ saveDataSuccessExecution: 'none' },
			),
		);
		await n8n.n8n.rest.publish(workflow.id);
		return async () => {
			await n8n.collectGarbage();
			const { ok, status } = await fetch(`${n8n.n8n.url}/webhook/${path}`);
			if (!ok) throw new Error(`The workflow ended with status ${status}.`);
		};
	};
	return { node: await started('node'), chain: await started('chain') };
}

/** Midnight, so many days from today. */
const day = (offset: number): string =>
	`${new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;

function chain({ url }: Events, days: number): BenchNode[] {
	const pair = (name: string, value: string) => ({ name, value });
	return [
		{
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.5,
			parameters: {
				url: `${url}/api/rest/public/events`,
				sendQuery: true,
				queryParameters: {
					parameters: [
						pair('start_date', day(-days)),
						pair('end_date', day(1)),
						pair('limit', String(PAGE_SIZE)),
					],
				},
				sendHeaders: true,
				headerParameters: { parameters: [pair('x-api-token', `Bearer ${TOKEN}`)] },
				options: {
					pagination: {
						pagination: {
							paginationMode: 'updateAParameterInEachRequest',
							parameters: {
								parameters: [
									{
										type: 'qs',
										name: 'continuation_token',
										value: '={{ $response.body.continuation_token }}',
									},
								],
							},
							paginationCompleteWhen: 'other',
							completeExpression: '={{ !$response.body.has_more }}',
						},
					},
				},
			},
		},
		{
			name: 'Split Out',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'events', options: {} },
		},
	];
}

/** What is held on top of the output, always right after garbage collection, by form of output. */
async function live(scene: Scene): Promise<Figure[]> {
	const forms = [
		{ name: 'items, raw', parameters: { output: 'events', outputFormat: 'raw' } },
		{ name: 'items, ECS', parameters: { output: 'events', outputFormat: 'ecs' } },
		{
			name: 'one file, ECS',
			parameters: {
				output: 'file',
				outputFormat: 'ecs',
				binaryPropertyName: 'data',
				fileName: 'f',
			},
		},
	];
	const figures: Figure[] = [];
	const counts = [scene.size(25_000, 1_000), scene.size(100_000, 3_000)];
	const measured: Array<{ form: string; count: number; memory: Memory & { output: number } }> = [];
	for (const count of counts) {
		const service = await startService('keeperEvents', {
			tokens: [TOKEN],
			latest: 0,
			history: { count, days: DAYS },
		});
		try {
			for (const { name, parameters } of forms) {
				const told = { url: service.url, token: TOKEN, parameters };
				const memory = await inOwnProcess<Memory & { output: number; events: number }>(
					'events-memory.mts',
					told,
					['--expose-gc'],
				);
				if (memory.events !== count) throw new Error(`${memory.events} of ${count} were read.`);
				measured.push({ form: name, count, memory });
			}
		} finally {
			service.stop();
		}
	}
	for (const { form, count, memory } of measured) {
		if (count !== counts[1]) continue;
		const few = measured.find((one) => one.form === form && one.count === counts[0]);
		const held = ({ held, before }: Memory) => megabytes(held - before);
		const top = ({ live, held }: Memory) => megabytes(Math.max(live - held, 0));
		figures.push({
			what: `Get Many, ${count.toLocaleString('en')} events as ${form}: live memory at most (in n8n-core's engine)`,
			against: 'the output alone',
			measured: (memory.live - memory.before) / (memory.held - memory.before),
			unit: 'of the output',
			bound: { most: form.startsWith('items') ? 1.5 : 2.5 },
			detail: `${megabytes(memory.output)} of JSON: ${held(memory)} held at the end, ${top(memory)} on top while reading; for ${counts[0].toLocaleString('en')} events ${few ? `${held(few.memory)} and ${top(few.memory)}` : ''}`,
		});
	}
	return figures;
}
