// The workflow template that ships audit events to Elasticsearch, run as a user has it after filling
// in 'Settings' and choosing credentials.

import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';

import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../sandbox/keeper-events/server.mts';
import { startMailbox, type Mailbox } from '../../sandbox/mailbox/server.mts';
import { keeperStreamMapping } from '../../sandbox/siem-sinks/keeper-stream.mts';
import {
	startElasticsearch,
	type ElasticsearchSink,
} from '../../sandbox/siem-sinks/elasticsearch.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { beyond, happened, pollEvery, TOKEN, type Event } from './keeper-events-scene.mts';
import type { WorkflowSource } from '../../sandbox/n8n/api/rest.mts';
import {
	copyOf,
	nodeOf,
	workflowTemplate,
} from '../../sandbox/n8n/templates/workflow-template.mts';

jest.setTimeout(240_000);

const API_KEY = 'ApiKey c2llbS1rZXk6MTIzNA==';
const RISKY = ['exported_records', 'set_two_factor_off'];

let keeper: KeeperEventsSandbox;
let mailbox: Mailbox;
let elastic: ElasticsearchSink;
let n8n: StartedN8n;
let workflowId: string;

beforeAll(async () => {
	keeper = await startKeeperEventsSandbox({ tokens: [TOKEN], latest: 3000 });
	mailbox = await startMailbox();
	elastic = await startElasticsearch({
		authorization: API_KEY,
		dataStream: 'logs-keeper.ecs-default',
		mapping: keeperStreamMapping(),
	});
	n8n = await startN8n({ tarballs: packageTarballs() });
	workflowId = (await n8n.rest.createWorkflow(await filledIn())).id;
});
afterAll(async () => {
	await n8n?.discard();
	await keeper?.close();
	await mailbox?.close();
	elastic?.close();
});

it('ships every event once and mails the risky ones, while Elasticsearch fails now and then', async () => {
	await n8n.rest.publish(workflowId);
	elastic.failNext(2);
	for (let round = 0; round < 5; round++) {
		keeper.service.generate(Date.now() - 1000, Date.now(), 60);
		await sleep(1000);
	}
	keeper.service.append({ event: risky(1, '<b>mallory</b>@northfield.example') });
	keeper.service.append({ event: risky(2, 'trudy@northfield.example') });
	await until(() => shipped().length >= happened(keeper).length && alerted().includes('trudy'));
	await sleep(3000);
	expect(beyond(happened(keeper), shipped())).toBe(0);
	expect(beyond(shipped(), happened(keeper))).toBe(0);
	// Nothing came twice except what had failed, and that under the same id.
	expect(elastic.created).toBe(happened(keeper).length);
	expect(elastic.largest).toBeLessThanOrEqual(50);

	const alerts = mails();
	expect(alerts.every(({ to }) => to === 'soc@northfield.example')).toBe(true);
	expect(alerts.every(({ subject }) => /^Keeper: \d+ risky events?$/.test(subject))).toBe(true);
	expect(alerted()).toContain('exported_records');
	expect(alerted()).toContain('set_two_factor_off');
	expect(alerted()).toContain('<b>mallory</b>@northfield.example');
	// One line an event, and every line is of an event that the catalogue calls risky.
	const lines = alerted()
		.split('\n')
		.filter((line) => line.includes('('));
	expect(lines).toHaveLength(
		elastic.documents().filter(({ tags }) => (tags as string[] | undefined)?.includes('risky'))
			.length,
	);
	await n8n.rest.unpublish(workflowId);
});

it('at night adds what is missing and nothing else', async () => {
	const before = elastic.created;
	const lost = elastic
		.documents()
		.slice(0, 40)
		.map((document) => (document.event as { id: string }).id);
	elastic.forget(lost);
	const execution = await n8n.rest.runWorkflow(workflowId, {
		trigger: 'Every Night',
		timeoutMs: 90_000,
	});
	expect(execution.error).toBeUndefined();
	expect(elastic.created - before).toBe(40);
	expect(beyond(happened(keeper), shipped())).toBe(0);
	expect(beyond(shipped(), happened(keeper))).toBe(0);
});

it('ends as failed when Elasticsearch refuses a document, and says why', async () => {
	elastic.forget(
		elastic
			.documents()
			.slice(0, 1)
			.map((document) => (document.event as { id: string }).id),
	);
	elastic.refuseNext('mapper_parsing_exception: no such field');
	const execution = await n8n.rest.runWorkflow(workflowId, {
		trigger: 'Every Night',
		timeoutMs: 90_000,
	});
	expect(execution.status).toBe('error');
	expect(execution.error?.message).toContain(
		'Elasticsearch refused a document: mapper_parsing_exception',
	);
});

it('ships although the alert cannot be sent, and then ends as failed', async () => {
	const { nodes } = await filledIn({ smtpPort: 9 });
	await n8n.rest.updateWorkflow(workflowId, { nodes });
	keeper.service.append({ event: risky(3) });
	await n8n.rest.publish(workflowId);
	await until(() => shipped().some(({ record_uid: uid }) => uid === 'record-3'));
	const failed = async () => await n8n.rest.executions({ workflowId, status: ['error'] });
	await until(async () => (await failed()).length > 1);
	await n8n.rest.unpublish(workflowId);
	const messages = await Promise.all(
		(await failed()).map(async ({ id }) => (await n8n.rest.execution(id)).error?.message),
	);
	expect(messages.join()).toContain('The events were shipped, but the alert could not be sent');
});

const shipped = () => elastic.documents().map(({ keeper: own }) => (own as { audit: Event }).audit);
const mails = () =>
	mailbox.mails().map(({ to, subject, text }) => ({
		to: String(to),
		subject: String(subject),
		text: String(text),
	}));
const alerted = () =>
	mails()
		.map(({ text }) => text)
		.join('\n');

function risky(number: number, username = 'ada@northfield.example'): Event {
	return {
		audit_event: RISKY[number % RISKY.length],
		category: 'usage',
		username,
		remote_address: '203.0.113.9',
		timestamp: new Date().toISOString(),
		enterprise_id: 1,
		record_uid: `record-${number}`,
	};
}

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
	for (const late = Date.now() + 60_000; !(await reached()); await sleep(200)) {
		if (Date.now() > late)
			throw new Error(
				`It did not happen in a minute: ${shipped().length} of ${happened(keeper).length} shipped.\n${alerted()}\n${n8n.log().slice(-5000)}`,
			);
	}
}

/** The template with settings, credentials and, as a minute is long for a test, other poll times. */
async function filledIn({ smtpPort = mailbox.smtpPort } = {}): Promise<
	WorkflowSource & { nodes: INode[] }
> {
	const credential = async (type: string, data: Record<string, unknown>) =>
		await n8n.rest.createCredential(type, data);
	const template = workflowTemplate(
		'audit-events-to-siem',
		{ elasticsearchUrl: elastic.url, eventsPerRequest: 50 },
		{
			keeperAdminApi: await credential('keeperAdminApi', {
				apiToken: TOKEN,
				region: 'custom',
				baseUrl: keeper.url,
			}),
			httpHeaderAuth: await credential('httpHeaderAuth', { name: 'Authorization', value: API_KEY }),
			smtp: await credential('smtp', {
				user: '',
				password: '',
				host: '127.0.0.1',
				port: smtpPort,
				secure: false,
				disableStartTls: true,
				hostName: '',
			}),
		},
	);
	nodeOf(template, 'New Events').parameters.pollTimes = pollEvery(2) as never;
	return copyOf(template);
}
