// What happens between publishing and the first scheduled poll, and what a new name of the node does,
// with and without n8n's durable poll cursors.
import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../sandbox/keeper-events/server.mts';
import { handedOver } from '../../sandbox/n8n/api/handed-over.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { until } from '../until.mts';
import { beyond, pollEvery, TOKEN, TRIGGER, type Event } from './keeper-events-scene.mts';

jest.setTimeout(180_000);

const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '1',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
};
const NEW_NAME = 'Audit Events';

describe.each<[string, Record<string, string>]>([
	['by itself', {}],
	['with durable poll cursors', DURABLE],
])('Keeper Admin Events Trigger in n8n %s', (_, env) => {
	let keeper: KeeperEventsSandbox;
	let n8n: StartedN8n;
	let workflowId: string;
	let expected: Event[];

	beforeAll(async () => {
		keeper = await startKeeperEventsSandbox({
			tokens: [TOKEN],
			latest: 0,
			history: { count: 50, days: 0.01 },
		});
		n8n = await startN8n({ tarballs: packageTarballs(), env });
		const { id, name } = await n8n.rest.createCredential('keeperAdminApi', {
			apiToken: TOKEN,
			region: 'custom',
			baseUrl: keeper.url,
		});
		const workflow = await n8n.rest.createWorkflow({
			nodes: [
				{
					name: TRIGGER,
					type: 'n8n-nodes-keeper-security.keeperAdminEventsTrigger',
					parameters: { pollTimes: pollEvery(5) },
					credentials: { keeperAdminApi: { id, name } },
				},
			],
			connections: {},
		});
		workflowId = workflow.id;
	}, 300_000);
	afterAll(async () => {
		await n8n?.discard();
		await keeper?.close();
	}, 60_000);

	const happen = (): Event[] =>
		keeper.service.generate(Date.now() - 1_000, Date.now(), 7).map(({ event }) => event);
	const received = (): Event[] =>
		[TRIGGER, NEW_NAME].flatMap((name) => handedOver(n8n.userFolder, workflowId, name).flat());
	const untilReceived = async () => {
		await until(async () => beyond(expected, received()) === 0);
		expect([beyond(expected, received()), beyond(received(), expected)]).toEqual([0, 0]);
	};

	it('emits what happens after publishing, before the first scheduled poll', async () => {
		await n8n.rest.publish(workflowId);
		expected = happen();
		await untilReceived();
	});

	it('goes on where it was when the node is renamed', async () => {
		const { nodes } = await n8n.rest.workflow(workflowId);
		await n8n.rest.unpublish(workflowId);
		expected.push(...happen());
		await n8n.rest.updateWorkflow(workflowId, {
			nodes: nodes.map((node) => ({ ...node, name: NEW_NAME })),
		});
		await n8n.rest.publish(workflowId);
		await untilReceived();
		expected.push(...happen());
		await untilReceived();
	});
});
