import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { KeeperPartner } from '../../../nodes/KeeperPartner/KeeperPartner.node';
import {
	startKeeperPartnerSandbox,
	type KeeperPartnerSandbox,
} from '../../../sandbox/keeper-partner/server.mts';
import { runNode, type NodeRun, type NodeRunResult } from '../../../sandbox/n8n/engine.mts';

export const PARTNER_NAME = 'northfield-university';
export const PARTNER_SECRET = 'pässword-zu-Keeper-7Q4';

/** A sandbox that lives as long as the tests of the file that asks for it. */
export function sandboxForTests(): { get: () => KeeperPartnerSandbox } {
	let sandbox: KeeperPartnerSandbox;
	beforeAll(async () => {
		sandbox = await startKeeperPartnerSandbox({
			partnerName: PARTNER_NAME,
			partnerSecret: PARTNER_SECRET,
		});
	});
	beforeEach(() => {
		sandbox.reset();
		sandbox.setFaults({});
	});
	afterAll(async () => await sandbox.close());
	return { get: () => sandbox };
}

export interface Provisioning {
	baseUrl: string;
	/** The items' json. */
	people: Array<Record<string, unknown>>;
	/** The items of further runs of the node in the same execution. */
	later?: Array<Array<Record<string, unknown>>>;
	parameters?: INodeParameters;
	credential?: Record<string, string | boolean>;
	settings?: Partial<INode>;
	signal?: AbortSignal;
	mode?: NodeRun['mode'];
	workflowId?: string;
	asTool?: boolean;
}

/** Runs Keeper Partner in Map Automatically mode, unless the parameters say otherwise. */
export async function provision(run: Provisioning): Promise<NodeRunResult> {
	return await runNode({
		type: new KeeperPartner(),
		parameters: {
			resource: 'license',
			operation: 'provisionStudentPlan',
			mappingMode: 'mapAutomatically',
			transactionIdSource: 'emailAndPlan',
			options: {},
			...run.parameters,
		},
		items: asItems(run.people),
		laterItems: run.later?.map(asItems),
		credentials: {
			keeperPartnerApi: {
				partnerName: PARTNER_NAME,
				partnerSecret: PARTNER_SECRET,
				region: 'custom',
				baseUrl: run.baseUrl,
				...run.credential,
			},
		},
		settings: run.settings ?? { onError: 'continueRegularOutput' },
		signal: run.signal,
		mode: run.mode,
		workflowId: run.workflowId,
		asTool: run.asTool,
	});
}

const asItems = (people: Array<Record<string, unknown>>) =>
	people.map((json) => ({ json }) as INodeExecutionData);

/** The json of all items of the first output. */
export function records(result: NodeRunResult): Array<Record<string, unknown>> {
	return (result.outputs[0] ?? []).map(({ json }) => json);
}

/** The json of all items, by run of the node. */
export function runsOf(result: NodeRunResult): Array<Array<Record<string, unknown>>> {
	return result.runs.map((items) => items.map(({ json }) => json));
}

/** A plain student by number. */
export function student(number: number): Record<string, string> {
	return {
		email: `student${number}@students.northfield.example`,
		first_name: `Given${number}`,
		last_name: `Family${number}`,
	};
}

export function students(count: number): Array<Record<string, string>> {
	return Array.from({ length: count }, (_, index) => student(index));
}
