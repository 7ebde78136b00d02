// Provisioning in n8n's engine: the node, and a bare loop over the request helper that it uses.
import { createHash } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { inTurn, timeOf } from '../medians.mts';
import { watched } from './live-memory.mts';
import { loaded, runNode, tell, told } from './loaded.mts';

const { KeeperPartner } = loaded<typeof import('../../nodes/KeeperPartner/KeeperPartner.node')>(
	'nodes/KeeperPartner/KeeperPartner.node.ts',
);

const { url, name, secret, count, atATime, rounds, memory } = told<{
	url: string;
	name: string;
	secret: string;
	count: number;
	atATime: number;
	rounds: number;
	memory: boolean;
}>();

/** No more than it takes to make the calls and to put the answers in the items' order. */
const bareLoop: INodeType = {
	description: {
		displayName: 'Bare Loop',
		name: 'bareLoop',
		group: ['input'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		const results = new Array<INodeExecutionData>(items.length);
		let next = 0;
		const lane = async () => {
			while (next < items.length) {
				const index = next++;
				const { json } = items[index];
				const answer = (await this.helpers.httpRequest({
					url: callOf(json as Record<string, string>),
					json: true,
				})) as object;
				results[index] = { json: { ...json, ...answer }, pairedItem: { item: index } };
			}
		};
		await Promise.all(Array.from({ length: atATime }, lane));
		return [results];
	},
};

function callOf(student: Record<string, string>): string {
	const query = new URLSearchParams({
		product_type: '4',
		transaction_id: student.student_id,
		first_name: student.first_name,
		last_name: student.last_name,
		email: student.email,
		hash: createHash('sha256')
			.update(student.email + secret)
			.digest('hex'),
		partner_name: name,
	});
	return `${url}/bi_api/v1/services/partner/create-license?${query}`;
}

const studentsOf = (many: number): INodeExecutionData[] =>
	Array.from({ length: many }, (_, index) => ({
		json: {
			student_id: `S${index}`,
			first_name: `Ann${index}`,
			last_name: `Lee${index}`,
			email: `ann${index}@students.northfield.example`,
		},
	}));

async function run(type: INodeType, many: number): Promise<number> {
	const { outputs, error } = await runNode({
		type,
		parameters: {
			resource: 'license',
			operation: 'provisionStudentPlan',
			mappingMode: 'mapAutomatically',
			transactionIdSource: 'emailAndPlan',
			options: { concurrency: atATime, againInEditor: true },
		},
		items: studentsOf(many),
		credentials: {
			keeperPartnerApi: {
				partnerName: name,
				partnerSecret: secret,
				region: 'custom',
				baseUrl: url,
			},
		},
	});
	if (error || outputs[0].length !== many) throw new Error(error?.message ?? 'Items are missing.');
	kept = outputs;
	return many;
}

/** What the last run gave, so that it is held when memory is looked at. */
let kept: unknown;

await run(new KeeperPartner(), 200);
await run(bareLoop, 200);
if (memory) {
	kept = undefined;
	const result = await watched(async () => await run(new KeeperPartner(), count), 400);
	tell({ ...result.memory, items: (kept as unknown[][])[0].length });
}
tell(
	await inTurn(rounds, {
		node: async () => await timeOf(async () => await run(new KeeperPartner(), count)),
		bare: async () => await timeOf(async () => await run(bareLoop, count)),
	}),
);
