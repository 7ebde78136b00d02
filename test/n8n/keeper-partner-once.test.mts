// What a user, an agent or n8n itself does twice: nobody may get a second license by it.
import { setTimeout as sleep } from 'node:timers/promises';
import { startChatModel, type ChatModel } from '../../sandbox/chat-model/server.mts';
import { chain, PartnerScene, people, person } from './keeper-partner-scene.mts';

jest.setTimeout(300_000);

let scene: PartnerScene;
let model: ChatModel;

beforeAll(async () => {
	model = await startChatModel();
	scene = await PartnerScene.open();
});
beforeEach(() => scene.keeper.reset());
afterAll(async () => {
	await scene?.close();
	await model?.close();
});

const bought = () => {
	const { created, duplicates } = scene.keeper.stats();
	return { created, duplicates };
};

describe('in one execution', () => {
	it('a loop of one buys once for each person, however often a person is in it', async () => {
		const id = await scene.workflow(
			[person(1), person(2), person(1), { ...person(2), email: person(2).email.toUpperCase() }],
			[
				{
					name: 'Loop',
					type: 'n8n-nodes-base.splitInBatches',
					typeVersion: 3,
					parameters: { batchSize: 1 },
				},
				scene.node('Keeper'),
			],
			{
				...chain('People', 'Loop'),
				Loop: { main: [[], [{ node: 'Keeper', type: 'main', index: 0 }]] },
				...chain('Keeper', 'Loop'),
			},
		);
		const execution = await scene.n8n.rest.runWorkflow(id);
		expect(bought()).toEqual({ created: 2, duplicates: 0 });
		const [first, , third] = execution.json('Keeper');
		expect(third).toEqual({ ...first, repeated: true });
	});

	it('a wait in between changes nothing: the memory is in the execution', async () => {
		const id = await scene.workflow(
			[person(1)],
			[
				scene.node('Keeper'),
				{
					name: 'Keep the Address',
					type: 'n8n-nodes-base.set',
					typeVersion: 3.4,
					parameters: {
						includeOtherFields: true,
						assignments: {
							assignments: [
								{ id: '1', name: 'resume', type: 'string', value: '={{ $execution.resumeUrl }}' },
							],
						},
						options: {},
					},
				},
				{
					name: 'Wait',
					type: 'n8n-nodes-base.wait',
					typeVersion: 1.1,
					webhookId: 'a7f0b0a4-3c0e-4c42-9d5c-0c4f2d1f1c11',
					parameters: { resume: 'webhook' },
				},
				scene.node('Keeper Again'),
			],
			chain('People', 'Keeper', 'Keep the Address', 'Wait', 'Keeper Again'),
		);
		const { executionId = '' } = await scene.n8n.rest.startWorkflow(id);
		await scene.n8n.rest.waitForExecution(executionId, { until: ['waiting'] });
		const waiting = await scene.n8n.rest.execution(executionId);
		expect(waiting.json('Keeper')[0].outcome).toBe('provisioned');
		const [{ resume }] = waiting.json('Keep the Address');
		expect((await fetch(String(resume))).status).toBe(200);
		const execution = await scene.n8n.rest.waitForExecution(executionId);
		expect(execution.json('Keeper Again')[0]).toMatchObject({
			outcome: 'provisioned',
			repeated: true,
		});
		expect(bought()).toEqual({ created: 1, duplicates: 0 });
	});
});

it("'Execute step' pressed twice buys once", async () => {
	const id = await scene.workflow(people(3), [scene.node('Keeper')], chain('People', 'Keeper'));
	const press = async () => await scene.n8n.rest.runWorkflow(id, { destinationNode: 'Keeper' });
	const first = (await press()).json('Keeper');
	const second = (await press()).json('Keeper');
	expect(bought()).toEqual({ created: 3, duplicates: 0 });
	expect(second).toEqual(first.map((record) => ({ ...record, repeated: true })));
});

it("'Most Licenses in One Run' refuses a list that is too long before the first call", async () => {
	const id = await scene.workflow(
		people(30),
		[scene.node('Keeper', { options: { mostLicenses: 20 } })],
		chain('People', 'Keeper'),
	);
	const execution = await scene.n8n.rest.runWorkflow(id);
	expect(new Set(execution.json('Keeper').map(({ reason }) => reason))).toEqual(
		new Set(['over_limit']),
	);
	expect(scene.keeper.stats().requests).toBe(0);
});

describe('an agent', () => {
	const ann = { Email: 'ann@students.northfield.example', First_Name: 'Ann', Last_Name: 'Lee' };
	const call = { tool: 'Student_License', input: ann };

	const agent = async (parameters: Record<string, boolean | string>) => {
		const openAi = await scene.n8n.rest.createCredential('openAiApi', {
			apiKey: 'none',
			url: model.url,
		});
		return await scene.workflow(
			[{ email: 'the-user-who-asks@northfield.example', first_name: 'User' }],
			[
				{
					name: 'Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 3.1,
					parameters: { promptType: 'define', text: 'Get Ann a license.', options: {} },
				},
				{
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.2,
					parameters: { model: { __rl: true, mode: 'id', value: 'stand-in' }, options: {} },
					credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
				},
				scene.tool('Student License', parameters),
			],
			{
				...chain('People', 'Agent'),
				Model: {
					ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]],
				},
				'Student License': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		);
	};

	it('is told of the money, and buys nothing unless the builder of the workflow allows it', async () => {
		model.say([call], 'done');
		const execution = await scene.n8n.rest.runWorkflow(await agent({}));
		expect(execution.error).toBeUndefined();
		expect(scene.keeper.stats().requests).toBe(0);
		const [tool] = model.tools();
		expect(tool.description).toContain('buys a paid license that cannot be taken back');
		expect(Object.keys((tool.parameters as { properties: object }).properties)).toEqual([
			'Email',
			'First_Name',
			'Last_Name',
		]);
		expect(model.toolAnswers().join()).toContain('Nothing was bought, this is only a preview');
	});

	it('that repeats its call, in one turn and in the next, buys once', async () => {
		model.say([call, call], [call], 'done');
		const execution = await scene.n8n.rest.runWorkflow(await agent({ allowAgentToBuy: true }));
		expect(execution.error).toBeUndefined();
		expect(bought()).toEqual({ created: 1, duplicates: 0 });
		expect(scene.keeper.ledger()[0]).toMatchObject({ email: ann.Email, firstName: 'Ann' });
		const answers = model.toolAnswers();
		expect(answers).toHaveLength(3);
		const { orderNumber } = scene.keeper.ledger()[0];
		for (const answer of answers) expect(answer).toContain(orderNumber);
	});

	it('cannot buy for the data that it was started with', async () => {
		model.say([{ tool: 'Student_License', input: {} }], 'done');
		await scene.n8n.rest.runWorkflow(
			await agent({ allowAgentToBuy: true, mappingMode: 'mapAutomatically' }),
		);
		expect(scene.keeper.stats().requests).toBe(0);
		expect(model.toolAnswers().join()).toContain("'Mapping Mode' must be 'Map Each Field'");
	});
});

describe('an execution that is stopped', () => {
	const slow = async (settings: Record<string, unknown> = {}) => {
		scene.keeper.setFaults({ latencyMs: 300 });
		return await scene.workflow(
			people(100),
			[scene.node('Keeper', { options: { concurrency: 4 } })],
			chain('People', 'Keeper'),
			settings,
		);
	};

	it('leaves a line in the log for each call, done or under way, and no secret or address', async () => {
		const id = await slow();
		const { executionId = '' } = await scene.n8n.rest.startWorkflow(id);
		await scene.keeper.whenReceived(15);
		await scene.n8n.rest.stopExecution(executionId);
		const execution = await scene.n8n.rest.waitForExecution(executionId);
		expect(execution.json('Keeper')).toEqual([]);
		await sleep(1500);

		const licenses = scene.keeper.ledger();
		expect(licenses.length).toBeGreaterThan(10);
		expect(licenses.length).toBeLessThan(40);
		const lines = scene.n8n
			.log()
			.split('\n')
			.filter((line) => line.includes(`Execution ${executionId} was stopped in 'Keeper'`));
		for (const { transactionId, orderNumber } of licenses) {
			const [line] = lines.filter(
				(line) => line.includes(transactionId) && line.includes('order number'),
			);
			expect(line).toContain(`order number ${orderNumber}, provisioned`);
		}
		for (const secret of ['Ahorn', '@students', 'Given1', 'hash='])
			expect(lines.join()).not.toContain(secret);
	});

	it('by its time-out keeps the outcomes in its data, those of calls under way in the log', async () => {
		const id = await slow({ executionTimeout: 3 });
		const { executionId = '' } = await scene.n8n.rest.startWorkflow(id);
		const { status } = await scene.n8n.rest.waitForExecution(executionId);
		expect(status).toBe('canceled');
		await sleep(1500);
		const records = (await scene.n8n.rest.execution(executionId)).json('Keeper');
		const byId = new Map(records.map((record) => [record.transactionId, record]));
		const log = scene.n8n.log();
		let underWay = 0;
		for (const { transactionId, orderNumber } of scene.keeper.ledger()) {
			const record = byId.get(transactionId);
			expect(log).toContain(`"${transactionId}", order number ${orderNumber}, provisioned`);
			if (record?.outcome === 'unknown') underWay += 1;
			else expect(record).toMatchObject({ outcome: 'provisioned', orderNumber });
		}
		expect(underWay).toBeLessThanOrEqual(4);
		expect(records).toHaveLength(100);
	});

	it("is refused by the node when somebody presses 'Retry'", async () => {
		const id = await slow({ saveExecutionProgress: true });
		const { executionId = '' } = await scene.n8n.rest.startWorkflow(id);
		await scene.keeper.whenReceived(15);
		await scene.n8n.rest.stopExecution(executionId);
		await sleep(1500);
		const before = scene.keeper.stats().requests;
		const retried = await scene.n8n.rest.request<{ id?: string } | boolean>(
			'POST',
			`/rest/executions/${executionId}/retry`,
			{ loadWorkflow: false },
		);
		expect(retried).toBeTruthy();
		await sleep(2000);
		expect(scene.keeper.stats().requests).toBe(before);
		const [latest] = await scene.n8n.rest.executions({ workflowId: id });
		expect(latest.mode).toBe('retry');
		const answers = (await scene.n8n.rest.execution(latest.id)).json('Keeper');
		expect(String(answers[0]?.error)).toContain('This execution is a retry of an earlier one');
	});
});
