// The template that ships the past to Elasticsearch, in an n8n that is killed at the worst places.
import { setTimeout as sleep } from 'node:timers/promises';

import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../../sandbox/keeper-events/server.mts';
import { packageTarballs } from '../../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../../sandbox/n8n/instance.mts';
import {
	copyOf,
	nodeOf,
	workflowTemplate,
} from '../../../sandbox/n8n/templates/workflow-template.mts';
import {
	startElasticsearch,
	type ElasticsearchSink,
} from '../../../sandbox/siem-sinks/elasticsearch.mts';
import { keeperStreamMapping } from '../../../sandbox/siem-sinks/keeper-stream.mts';
import { effort, SEED } from '../../effort.mts';
import { beyond, happened, TOKEN, type Event } from '../keeper-events-scene.mts';

jest.setTimeout(400_000);

const API_KEY = 'ApiKey c2llbS1rZXk6MTIzNA==';
const EVENTS = 6000;
const DAYS = 60;

let keeper: KeeperEventsSandbox;
let elastic: ElasticsearchSink;
let n8n: StartedN8n;

beforeAll(async () => {
	// Slow enough for a kill to hit a reading.
	keeper = await startKeeperEventsSandbox({
		tokens: [TOKEN],
		seed: SEED,
		latest: 0,
		latencyMs: 50,
		history: { count: EVENTS, days: DAYS },
	});
	elastic = await startElasticsearch({
		authorization: API_KEY,
		dataStream: 'logs-keeper.ecs-default',
		mapping: keeperStreamMapping(),
	});
	n8n = await startN8n({ tarballs: packageTarballs() });
});
afterAll(async () => {
	await n8n?.discard();
	await keeper?.close();
	elastic?.close();
});

/** Where n8n is killed, and how to know that it is there. */
interface Place {
	name: string;
	hold?: 'before storing' | 'after storing';
	reached(): boolean | Promise<boolean>;
}
const PLACES: Place[] = [
	{
		name: 'after Elasticsearch has stored a request and before n8n knows',
		hold: 'after storing',
		reached: () => elastic.holding > 0,
	},
	{
		name: 'while a request is with Elasticsearch',
		hold: 'before storing',
		reached: () => elastic.holding > 0,
	},
	{
		name: 'while a stretch is read',
		reached: () => keeper.service.requests > requestsBefore + 2,
	},
	{
		name: 'right after a response of Elasticsearch',
		reached: () => elastic.requests > sentBefore + 1,
	},
	{
		name: 'anywhere',
		reached: async () => await sleep(900 + ((SEED * 7919) % 1500), true),
	},
];
let requestsBefore = 0;
let sentBefore = 0;

it('ships every event of the range once, and says how far it is', async () => {
	const today = Date.now() - (Date.now() % 86_400_000);
	const day = (days: number) => new Date(today + days * 86_400_000).toISOString().slice(0, 10);
	const [from, to] = [day(-DAYS + 5), day(-5)];
	const wanted = happened(keeper).filter(({ timestamp }) => {
		const time = Date.parse(String(timestamp));
		return time >= Date.parse(from) && time < Date.parse(to);
	});
	expect(wanted.length).toBeGreaterThan(4000);
	const workflowId = await stored({ name: 'Everything', from, to, restMinutes: 0 });
	await n8n.rest.publish(workflowId);

	const percents: number[] = [];
	for (const { name, hold, reached } of PLACES.slice(0, effort(1, PLACES.length))) {
		[requestsBefore, sentBefore] = [keeper.service.requests, elastic.requests];
		if (hold) elastic.hold(hold);
		await until(name, reached);
		await n8n.kill();
		elastic.release();
		n8n = await startN8n({ userFolder: n8n.userFolder });
		percents.push((await progress('Everything'))?.percent ?? 0);
	}
	await until('all is shipped', async () => (await progress('Everything'))?.percent === 100);
	await n8n.rest.unpublish(workflowId);

	const shipped = elastic.documents().map(({ keeper: own }) => (own as { audit: Event }).audit);
	expect({ missed: beyond(wanted, shipped), more: beyond(shipped, wanted) }).toEqual({
		missed: 0,
		more: 0,
	});
	const row = await progress('Everything');
	expect(row?.events).toBe(wanted.length);
	// It went on from where it was, rather than from the start.
	expect(percents).toEqual([...percents].sort((one, other) => one - other));
	expect(elastic.conflicts).toBeGreaterThan(0);
	expect(elastic.conflicts).toBeLessThan(wanted.length / 2);
});

it('leaves a backfill to the run that is at work on it, until that shows no sign of life', async () => {
	const held = {
		name: 'Held',
		from_date: '2026-01-01T00:00:00.000Z',
		to_date: '2026-01-03T00:00:00.000Z',
		done_until: '2026-01-02T00:00:00.000Z',
		percent: 50,
		events: 7,
		run: 'another',
	};
	await n8n.rest.dataTables.insert(await tableId(), [held]);
	const settings = { name: 'Held', from: '2026-01-01', to: '2026-01-03' };
	const run = async (restMinutes: number) => {
		const id = await stored({ ...settings, restMinutes });
		const { error } = await n8n.rest.runWorkflow(id, {
			trigger: 'Every Minute',
			timeoutMs: 60_000,
		});
		expect(error).toBeUndefined();
		return await progress('Held');
	};
	expect(await run(5)).toMatchObject(held);
	expect(await run(0)).toMatchObject({ percent: 100, events: 7 });
});

/** The template as a user has it. */
async function stored(settings: Record<string, string | number>): Promise<string> {
	const template = workflowTemplate(
		'keeper-events/backfill',
		{
			...settings,
			hoursPerStretch: 48,
			eventsPerRun: 1000,
			elasticsearchUrl: elastic.url,
			eventsPerRequest: 100,
		},
		{
			keeperAdminApi: await n8n.rest.createCredential('keeperAdminApi', {
				apiToken: TOKEN,
				region: 'custom',
				baseUrl: keeper.url,
			}),
			httpHeaderAuth: await n8n.rest.createCredential('httpHeaderAuth', {
				name: 'Authorization',
				value: API_KEY,
			}),
		},
	);
	nodeOf(template, 'Every Minute').parameters.rule = {
		interval: [{ field: 'seconds', secondsInterval: 3 }],
	};
	// Dates are those of the workflow's time zone.
	template.settings = { ...template.settings, timezone: 'UTC' };
	const { id } = await n8n.rest.createWorkflow(copyOf(template));
	return id;
}

interface Progress {
	name: string;
	done_until: string;
	percent: number;
	events: number;
	run: string;
}

/** The row of a backfill in the data table. */
async function progress(backfill: string): Promise<Progress | undefined> {
	const id = await tableId();
	const rows = id === '' ? [] : await n8n.rest.dataTables.rows(id);
	return (rows as unknown as Progress[]).find(({ name }) => name === backfill);
}

async function tableId(): Promise<string> {
	const table = (await n8n.rest.dataTables.list()).find(({ name }) => name === 'Keeper backfill');
	return table?.id ?? '';
}

async function until(what: string, reached: () => boolean | Promise<boolean>): Promise<void> {
	for (const late = Date.now() + 120_000; !(await reached()); await sleep(20)) {
		if (Date.now() < late) continue;
		const failed = await n8n.rest.executions({ status: ['error'] });
		const [first] = await Promise.all(
			failed.slice(0, 1).map(async ({ id }) => (await n8n.rest.execution(id)).error),
		);
		throw new Error(
			`Not in two minutes: ${what}. ${JSON.stringify(await progress('Everything'))} ${JSON.stringify(first)}`,
		);
	}
}
