import type { Figure } from '../figures.mts';
import { inTurn, median, seconds } from '../medians.mts';
import type { BenchNode, MeasuredN8n } from '../n8n.mts';
import type { Bench, Scene } from '../scene.mts';
import { startService, type Started } from '../services/process.mts';

type Keygen = Started<'keygen'>;

/** How the service's lists go on: by number, as before 1.7.0, or by cursor. */
const PAGINGS = {
	number: {
		release: '1.6.0',
		parameter: { name: 'page[number]', value: '={{ $pageCount + 1 }}' },
		what: 'whose pages can be fetched together',
		least: 5,
	},
	cursor: {
		release: '1.7.0',
		parameter: { name: 'page[cursor]', value: '={{ $response.body?.data?.at(-1).id ?? "" }}' },
		what: 'whose pages follow each other by cursor',
		least: 1,
	},
} as const;

/** Keygen's Get Many against the HTTP Request node with its pagination. */
export const keygenLists: Bench = {
	name: 'keygen-lists',
	run: async (scene) => [await measure(scene, 'number'), await measure(scene, 'cursor')],
};

async function measure(scene: Scene, paging: keyof typeof PAGINGS): Promise<Figure> {
	const { release, what, least } = PAGINGS[paging];
	const licenses = scene.size(10_000, 300);
	const service = await startService('keygen', { latencyMs: 50, licenses, release });
	try {
		const n8n = await scene.n8n();
		const ways = {
			node: await timing(n8n, service, await getMany(n8n, service), licenses),
			http: await timing(n8n, service, httpRequest(service, paging), licenses / 100),
		};
		await ways.node();
		const { requests, socketsAtOnce } = await service.counts();
		const { node, http } = await inTurn(scene.size(3, 1), ways);
		await scene.profile(`Keygen Get Many, ${what}`, ways.node);
		return {
			what: `Keygen Get Many, ${licenses.toLocaleString('en')} licenses ${what}`,
			against: 'HTTP Request node with pagination',
			measured: median(http) / median(node),
			unit: 'times as fast',
			bound: { least },
			detail: `${seconds(median(node))} against ${seconds(median(http))}; ${requests} requests, ${socketsAtOnce} at a time`,
		};
	} finally {
		service.stop();
	}
}

async function timing(n8n: MeasuredN8n, service: Keygen, node: BenchNode, items: number) {
	const workflow = await n8n.chain([node]);
	return async () => {
		await n8n.collectGarbage();
		await service.reset();
		const timed = await n8n.time(workflow, node.name, node.name);
		if (timed.items.length !== items) throw new Error(`${timed.items.length} items came out.`);
		return timed.milliseconds;
	};
}

async function getMany({ n8n }: MeasuredN8n, service: Keygen): Promise<BenchNode> {
	const credential = await n8n.rest.createCredential('keygenApi', {
		host: 'selfHosted',
		baseUrl: service.url,
		selfHostedAccount: service.accountId,
		authentication: 'token',
		token: service.token,
		apiVersion: '1.7',
	});
	return {
		name: 'Keygen',
		type: 'n8n-nodes-keygen.keygen',
		parameters: { resource: 'license', operation: 'getAll', returnAll: true },
		credentials: { keygenApi: credential },
	};
}

function httpRequest(service: Keygen, paging: keyof typeof PAGINGS): BenchNode {
	const { parameter } = PAGINGS[paging];
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			url: `${service.url}/v1/accounts/${service.accountId}/licenses`,
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'page[size]', value: '100' }] },
			sendHeaders: true,
			headerParameters: {
				parameters: [
					{ name: 'Authorization', value: `Bearer ${service.token}` },
					{ name: 'Accept', value: 'application/vnd.api+json' },
					{ name: 'Keygen-Version', value: '1.7' },
				],
			},
			options: {
				response: { response: { responseFormat: 'json' } },
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: { parameters: [{ type: 'qs', ...parameter }] },
						paginationCompleteWhen: 'other',
						completeExpression: '={{ !$response.body.links.next }}',
					},
				},
			},
		},
	};
}
