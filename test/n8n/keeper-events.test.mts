import { setTimeout as sleep } from 'node:timers/promises';

import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../sandbox/keeper-events/server.mts';
import { handedOver } from '../../sandbox/n8n/api/handed-over.mts';
import { packageTarballs, type N8nLine } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { beyond, happened, pollEvery, TOKEN, TRIGGER } from './keeper-events-scene.mts';
import { storedTexts } from '../../sandbox/n8n/api/stored-text.mts';

jest.setTimeout(120_000);

const WRONG_TOKEN = 'another-token-that-must-not-be-found-3c9d';
const GET_MANY = 'n8n-nodes-keeper-security.keeperAdminEvents';
const TRIGGER_TYPE = 'n8n-nodes-keeper-security.keeperAdminEventsTrigger';

describe.each<[N8nLine, string]>([
	['v2', '2.41.1'],
	['v1', '1.123.81'],
])('Keeper Admin Events in a real n8n (%s, %s)', (line, version) => {
	let keeper: KeeperEventsSandbox;
	let n8n: StartedN8n;

	beforeAll(async () => {
		keeper = await startKeeperEventsSandbox({
			tokens: [TOKEN],
			latest: 0,
			history: { count: 600, days: 1 },
		});
		n8n = await startN8n({ version: line, tarballs: packageTarballs() });
	}, 200_000);
	afterAll(async () => {
		await n8n?.discard();
		await keeper?.close();
	}, 60_000);
	afterEach(() => keeper.service.faults.clear());

	const credential = async (change: Record<string, unknown> = {}) =>
		await n8n.rest.createCredential('keeperAdminApi', {
			apiToken: TOKEN,
			region: 'custom',
			baseUrl: keeper.url,
			...change,
		});
	const tested = async (change: Record<string, unknown>) =>
		await n8n.rest.testCredential((await credential(change)).id);

	it('is the version that it says', () => expect(n8n.version).toBe(version));

	describe('the credential test', () => {
		it.each([
			['as it is', TOKEN],
			['with Bearer and white space around it', ` Bearer ${TOKEN}\n`],
		])('is green for a token pasted %s, with one small request', async (_, apiToken) => {
			const before = keeper.service.requests;
			expect(await tested({ apiToken })).toMatchObject({ status: 'OK' });
			expect(keeper.service.requests - before).toBe(1);
		});

		it('is red for a token that is not accepted, and names the likely causes', async () => {
			const { status, message } = await tested({ apiToken: WRONG_TOKEN });
			expect(status).toBe('Error');
			for (const cause of ['expired', 'revoked', 'another region', 'SIEM', 'ARAM']) {
				expect(message).toContain(cause);
			}
		});

		it.each([
			['a wrong path', () => `${keeper.url}/elsewhere`],
			['another service', () => n8n.url],
		])('is red for %s, and says so', async (_, baseUrl) => {
			expect(await tested({ baseUrl: baseUrl() })).toMatchObject({
				status: 'Error',
				message: expect.stringContaining("not as Keeper's Admin API"),
			});
		});

		it.each([
			['nobody listening', 'http://127.0.0.1:9'],
			['no https', 'http://keeper.example'],
		])('is red for %s', async (_, baseUrl) => {
			expect(await tested({ baseUrl })).toMatchObject({ status: 'Error' });
		});

		// n8n 1.x does not tell the test the status, so there it is the words of the answer that count.
		const NOT_KEEPER = "not as Keeper's Admin API";
		it.each([
			['error-500', 'cannot work at the moment'],
			['html-502', line === 'v1' ? NOT_KEEPER : 'cannot work at the moment'],
			['throttled-429', line === 'v1' ? NOT_KEEPER : 'too many requests'],
			['throttled-403', 'many requests'],
		] as const)('is red for %s, and says so', async (kind, words) => {
			keeper.service.faults.add([{ kind, times: 2 }]);
			expect(await tested({})).toMatchObject({
				status: 'Error',
				message: expect.stringContaining(words),
			});
		});
	});

	const getMany = async (parameters: Record<string, unknown>, timezone = 'UTC') => {
		const { id } = await n8n.rest.createWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'Get Many',
					type: GET_MANY,
					parameters: { returnAll: true, ...parameters } as never,
					credentials: { keeperAdminApi: await credential() },
				},
			],
			connections: { Start: { main: [[{ node: 'Get Many', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1', timezone },
		});
		return await n8n.rest.runWorkflow(id);
	};

	it('Get Many reads all events of the time range', async () => {
		const execution = await getMany({ timeRange: 'last7Days', options: { pageSize: 100 } });
		expect(execution.error).toBeUndefined();
		expect(beyond(happened(keeper), execution.json('Get Many'))).toBe(0);
		expect(beyond(execution.json('Get Many'), happened(keeper))).toBe(0);
	});

	it("Get Many takes times without a zone in the workflow's zone, across a change of clocks", async () => {
		// In Berlin clocks went back at 03:00 on 26 October 2025, so that day had 25 hours.
		const hours = Array.from(
			{ length: 30 },
			(_, hour) => Date.parse('2025-10-25T20:30:00Z') + hour * 3_600_000,
		);
		for (const [number, time] of hours.entries()) {
			keeper.service.append({
				event: { audit_event: 'login', number, timestamp: new Date(time).toISOString() },
			});
		}
		const range = { timeRange: 'custom', start: '2025-10-26', end: '2025-10-26' };
		const numbers = (await getMany(range, 'Europe/Berlin'))
			.json('Get Many')
			.map(({ number }) => number);
		expect(numbers).toHaveLength(25);
		// 22:30 UTC on the 25th is 00:30 in Berlin.
		expect(numbers[0]).toBe(2);
		expect((await getMany(range, 'UTC')).json('Get Many')).toHaveLength(24);
	});

	it('Get Many takes the dates that expressions give', async () => {
		const events = happened(keeper).filter(
			({ timestamp }) => Date.parse(String(timestamp)) > Date.now() - 3 * 3_600_000,
		);
		const execution = await getMany({
			timeRange: 'custom',
			start: '={{ $now.minus({ hours: 3 }) }}',
			end: '={{ $now.toISO() }}',
		});
		expect(execution.error).toBeUndefined();
		expect(Math.abs(execution.json('Get Many').length - events.length)).toBeLessThanOrEqual(1);
	});

	it('Get Many puts all into one file, kept where n8n keeps files', async () => {
		const execution = await getMany({
			timeRange: 'last24Hours',
			outputFormat: 'ecs',
			output: 'file',
			binaryPropertyName: 'data',
			fileName: 'night.ndjson',
		});
		const [{ json, binary }] = execution.items('Get Many');
		expect(json.count).toBeGreaterThan(500);
		expect(binary?.data).toMatchObject({
			fileName: 'night.ndjson',
			mimeType: 'application/x-ndjson',
		});
	});

	it('Get Many says what is wrong', async () => {
		keeper.service.faults.add([{ kind: 'error-500', times: 8 }]);
		const execution = await getMany({ timeRange: 'lastHour' });
		expect(execution.nodeError('Get Many')).toMatchObject({
			message: 'Keeper cannot answer at the moment (500) [item 0]',
			description: expect.stringContaining('Try again later'),
		});
	});

	const withTrigger = async (apiToken: string, parameters: Record<string, unknown> = {}) => {
		const { id } = await n8n.rest.createWorkflow({
			nodes: [
				{
					name: TRIGGER,
					type: TRIGGER_TYPE,
					parameters: { pollTimes: pollEvery(2), ...parameters } as never,
					credentials: { keeperAdminApi: await credential({ apiToken }) },
				},
				{ name: 'End', type: 'n8n-nodes-base.noOp', parameters: {} },
			],
			connections: { [TRIGGER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		});
		return id;
	};

	it('the trigger shows a sample when it is tested', async () => {
		const execution = await n8n.rest.runWorkflow(await withTrigger(TOKEN), { trigger: TRIGGER });
		expect(execution.json(TRIGGER)).toEqual(happened(keeper).slice(-10));
	});

	it('the trigger does not start with a token that is not accepted, and says so', async () => {
		const id = await withTrigger(WRONG_TOKEN);
		await expect(n8n.rest.publish(id)).rejects.toThrow('Keeper did not accept the API token (401)');
		await n8n.rest.unpublish(id).catch(() => undefined);
	});

	it('the trigger starts the workflow with new events, each once', async () => {
		const id = await withTrigger(TOKEN, { startWith: 'lookback', lookbackHours: 1 });
		const since = Date.now() - 3_600_000;
		await n8n.rest.publish(id);
		for (let round = 0; round < 4; round++) {
			keeper.service.generate(Date.now() - 1000, Date.now(), 25);
			await sleep(1000);
		}
		const expected = () =>
			happened(keeper).filter(({ timestamp }) => Date.parse(String(timestamp)) >= since);
		const emitted = () => handedOver(n8n.userFolder, id, TRIGGER).flat();
		for (const end = Date.now() + 40_000; Date.now() < end && beyond(expected(), emitted()) > 0; )
			await sleep(500);
		await sleep(4000);
		await n8n.rest.unpublish(id);
		// Events at the very start may or may not belong to the last hour as the node saw it.
		expect(beyond(expected(), emitted())).toBeLessThanOrEqual(1);
		expect(beyond(emitted(), expected())).toBeLessThanOrEqual(1);
		expect(new Set(emitted().map((event) => JSON.stringify(event))).size).toBe(emitted().length);
	});

	it('the trigger reports a failing poll as an execution that failed, and catches up', async () => {
		const id = await withTrigger(TOKEN);
		await n8n.rest.publish(id);
		keeper.service.tokens.clear();
		const added = keeper.service
			.generate(Date.now() - 500, Date.now(), 10)
			.map(({ event }) => event);
		const failed = async () => await n8n.rest.executions({ workflowId: id, status: ['error'] });
		for (const end = Date.now() + 40_000; Date.now() < end && (await failed()).length === 0; )
			await sleep(500);
		const [{ id: executionId }] = await failed();
		expect((await n8n.rest.execution(executionId)).error).toMatchObject({
			message: 'Keeper did not accept the API token (401)',
			description: expect.stringContaining('SIEM'),
		});
		keeper.service.tokens.add(TOKEN);
		const emitted = () => handedOver(n8n.userFolder, id, TRIGGER).flat();
		for (const end = Date.now() + 40_000; Date.now() < end && beyond(added, emitted()) > 0; )
			await sleep(500);
		await n8n.rest.unpublish(id);
		expect(beyond(added, emitted())).toBe(0);
	});

	it('the token is neither in the database nor in files nor in the log', () => {
		expect(storedTexts(n8n.userFolder, [TOKEN, WRONG_TOKEN])).toEqual([]);
		expect(n8n.log()).not.toContain(TOKEN);
		expect(n8n.log()).not.toContain(WRONG_TOKEN);
		// What is stored in clear is found.
		expect(storedTexts(n8n.userFolder, ['audit_event'])).toEqual(['audit_event']);
	});
});
