import type { Figure } from '../figures.mts';
import { inTurn, median, seconds } from '../medians.mts';
import type { BenchNode, MeasuredN8n, Timed } from '../n8n.mts';
import type { Bench, Scene } from '../scene.mts';
import { startService, type Counts, type Started } from '../services/process.mts';

export const NAME = 'northfield-university';
export const SECRET = 'a-secret-of-the-bench';
const CHAIN = 'Crypto node + HTTP Request node doing the same';

/** How long a run took, and what the service saw of it. */
interface Run extends Counts {
	milliseconds: number;
}

/** Provisioning in a real n8n, by the node and by the chain of nodes that a user would build. */
export const provisioning: Bench = {
	name: 'provisioning',
	async run(scene) {
		const service = await startService('keeperPartner', {
			latencyMs: 50,
			name: NAME,
			secret: SECRET,
		});
		try {
			return await measure(scene, service);
		} finally {
			service.stop();
		}
	},
};

async function measure(scene: Scene, service: Started<'keeperPartner'>): Promise<Figure[]> {
	const n8n = await scene.n8n();
	const count = scene.size(5_000, 200);
	const credential = await n8n.n8n.rest.createCredential('keeperPartnerApi', {
		partnerName: NAME,
		partnerSecret: SECRET,
		region: 'custom',
		baseUrl: service.url,
	});
	const node = (parameters: BenchNode['parameters']): BenchNode => ({
		name: 'Last',
		type: 'n8n-nodes-keeper-security.keeperPartner',
		parameters: {
			operation: 'provisionStudentPlan',
			options: { concurrency: 100, againInEditor: true },
			...parameters,
		},
		credentials: { keeperPartnerApi: credential },
	});
	const flows: Record<Way, BenchNode[]> = {
		automatic: [node({ mappingMode: 'mapAutomatically' })],
		plain: [node(eachField(PLAIN))],
		real: [node({ ...eachField(REAL), ...transactionId(REAL) })],
		chain: chain(service.url, PLAIN),
		chainReal: chain(service.url, REAL),
	};
	const ways = {} as Record<Way, () => Promise<Run>>;
	for (const way of Object.keys(flows) as Way[]) {
		const nodes = flows[way];
		await runOf(n8n, service, await n8n.chain([students(100), ...nodes]), nodes[0].name, 100)();
		const workflow = await n8n.chain([students(count), ...nodes]);
		ways[way] = runOf(n8n, service, workflow, nodes[0].name, count);
	}
	const runs = await inTurn(scene.size(3, 1), ways);
	await scene.profile('Provisioning, Map Automatically', ways.automatic);
	await scene.profile('Provisioning, Map Each Field, real expressions', ways.real);
	return figures(runs, count);
}

type Way = 'automatic' | 'plain' | 'real' | 'chain' | 'chainReal';

function figures(runs: Record<Way, Run[]>, count: number): Figure[] {
	const time = (way: Way) => median(runs[way].map(({ milliseconds }) => milliseconds));
	const most = (way: Way) => Math.max(...runs[way].map(({ socketsAtOnce }) => socketsAtOnce));
	const faster = (way: Way, chainWay: Way, what: string, least: number): Figure => ({
		what: `provision ${count.toLocaleString('en')} students, ${what}, 100 requests at a time`,
		against: CHAIN,
		measured: time(chainWay) / time(way),
		unit: 'times as fast',
		bound: { least },
		detail: `${seconds(time(way))} against ${seconds(time(chainWay))}; ${runs[way][0].requests} requests each`,
	});
	return [
		faster('automatic', 'chain', 'Map Automatically', 4),
		{
			what: 'the same: connections in use at one moment',
			against: CHAIN,
			measured: most('automatic'),
			unit: 'sockets',
			bound: { most: 100 },
			detail: `the chain: ${most('chain')}`,
		},
		faster('plain', 'chain', 'Map Each Field with fields dragged from the input', 3),
		faster('real', 'chainReal', 'Map Each Field with four real expressions', 1),
	];
}

function runOf(
	n8n: MeasuredN8n,
	service: Started<'keeperPartner'>,
	workflow: Parameters<MeasuredN8n['time']>[0],
	first: string,
	count: number,
): () => Promise<Run> {
	return async () => {
		await n8n.collectGarbage();
		await service.reset();
		const timed = await n8n.time(workflow, first, 'Last');
		const counts = await service.counts();
		checkAll(timed, counts, count);
		return { milliseconds: timed.milliseconds, ...counts };
	};
}

/** A run that left anybody out would be fast for the wrong reason. */
function checkAll({ items }: Timed, { requests }: Counts, count: number): void {
	const done = items.filter(({ json }) => json.outcome === 'provisioned' || json.success === true);
	if (done.length !== count || requests !== count)
		throw new Error(`${done.length} of ${count} were provisioned with ${requests} requests.`);
}

/** Students as an export has them, made where n8n runs. */
export function students(count: number): BenchNode {
	const json =
		"{ student_id: 'S' + n, first_name: 'Ann' + n, last_name: 'Lee' + n, email: 'ann' + n + '@students.northfield.example' }";
	return {
		name: 'Students',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: {
			jsCode: `return Array.from({ length: ${count} }, (_, n) => ({ json: ${json} }));`,
		},
	};
}

type Fields = Record<'email' | 'firstName' | 'lastName' | 'id', string>;

/** What dragging a field from the input gives. */
const PLAIN: Fields = {
	email: '$json.email',
	firstName: '$json.first_name',
	lastName: '$json.last_name',
	id: "'student-' + $json.student_id",
};

/** What people write who know their data. */
const REAL: Fields = {
	email: '$json.email.trim().toLowerCase()',
	firstName: '$json.first_name.trim()',
	lastName: '$json.last_name.trim()',
	id: "'student-' + $json.student_id",
};

function eachField({ email, firstName, lastName }: Fields): BenchNode['parameters'] {
	return {
		mappingMode: 'mapEachField',
		email: `={{ ${email} }}`,
		firstName: `={{ ${firstName} }}`,
		lastName: `={{ ${lastName} }}`,
	};
}

const transactionId = ({ id }: Fields): BenchNode['parameters'] => ({
	transactionIdSource: 'value',
	transactionId: `={{ ${id} }}`,
});

/** The hash by one node, the call by the next, with their settings as they come. */
function chain(url: string, { email, firstName, lastName, id }: Fields): BenchNode[] {
	const query = {
		product_type: '4',
		transaction_id: `={{ ${id} }}`,
		first_name: `={{ ${firstName} }}`,
		last_name: `={{ ${lastName} }}`,
		email: `={{ ${email} }}`,
		hash: '={{ $json.hash }}',
		partner_name: NAME,
	};
	return [
		{
			name: 'Crypto',
			type: 'n8n-nodes-base.crypto',
			parameters: {
				action: 'hash',
				type: 'SHA256',
				value: `={{ ${email} }}${SECRET}`,
				dataPropertyName: 'hash',
			},
		},
		{
			name: 'Last',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.5,
			parameters: {
				url: `${url}/bi_api/v1/services/partner/create-license`,
				sendQuery: true,
				queryParameters: {
					parameters: Object.entries(query).map(([name, value]) => ({ name, value })),
				},
				options: {},
			},
		},
	];
}
