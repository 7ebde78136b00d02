// The workflow templates that ship audit events to Splunk, to Microsoft Sentinel and to a log
// collector, as a user has them, against sinks that refuse what the real ones refuse.
import { setTimeout as sleep } from 'node:timers/promises';

import { startCollector, type CollectorSink } from '../../../sandbox/siem-sinks/collector.mts';
import { startSentinel, type SentinelSink } from '../../../sandbox/siem-sinks/sentinel.mts';
import { startSplunk, type SplunkSink } from '../../../sandbox/siem-sinks/splunk.mts';
import { parseCef } from '../../unit/KeeperAdminEvents/formats/grammars/cef.mts';
import { parseSyslog } from '../../unit/KeeperAdminEvents/formats/grammars/syslog.mts';
import { beyond, happened, type Event } from '../keeper-events-scene.mts';
import { nodeOf, startScene, type SiemScene } from './scene.mts';

jest.setTimeout(240_000);

const HEC_TOKEN = '12345678-1234-1234-1234-1234567890ab';
const DCR = 'dcr-0123456789abcdef0123456789abcdef';
const STREAM = 'Custom-KeeperSecurityEventNewLogs';
const COLLECTOR_KEY = 'Bearer collector-key';

let scene: SiemScene;
beforeAll(async () => void (scene = await startScene()));
afterAll(async () => await scene?.close());

/** Lets a burst of events happen and waits until as many have arrived as have happened since. */
async function shipBurst(count: number, arrived: () => number): Promise<Event[]> {
	const before = happened(scene.keeper).length;
	for (let round = 0; round < 3; round++) {
		scene.keeper.service.generate(Date.now() - 1000, Date.now(), count / 3);
		await sleep(1500);
	}
	const events = happened(scene.keeper).slice(before);
	await scene.until(`${events.length} events arrived`, () => arrived() >= events.length);
	// Longer than a poll: what comes twice would have come by now.
	await sleep(3000);
	return events;
}

describe('Splunk', () => {
	let splunk: SplunkSink;
	let workflowId: string;

	beforeAll(async () => {
		splunk = await startSplunk(HEC_TOKEN);
		workflowId = await scene.workflow({
			template: 'splunk',
			settings: { splunkUrl: splunk.url, eventsPerRequest: 40 },
			credentials: {
				httpHeaderAuth: await scene.credential('httpHeaderAuth', {
					name: 'Authorization',
					value: `Splunk ${HEC_TOKEN}`,
				}),
			},
			change: (template) => {
				nodeOf(template, 'Wait').parameters.amount = 1;
			},
		});
		await scene.n8n.rest.publish(workflowId);
		await sleep(3000);
	});
	afterAll(async () => {
		await scene.n8n.rest.unpublish(workflowId);
		splunk?.close();
	});

	it('gets every event once, in batches, although it is busy now and then', async () => {
		splunk.busyFor(2);
		const events = await shipBurst(120, () => splunk.envelopes.length);
		const shipped = splunk.envelopes.map(({ event }) => event as Event);
		expect([beyond(events, shipped), beyond(shipped, events)]).toEqual([0, 0]);
		expect(Math.max(...splunk.sizes)).toBeLessThanOrEqual(40);
		expect(await scene.failures(workflowId)).toEqual([]);
	});

	it('gets all but the one that it refuses, and the run says so', async () => {
		const before = splunk.envelopes.length;
		splunk.refuse(({ event }) => (event as Event).record_uid === 'bad');
		const now = Date.now();
		for (let n = 0; n < 9; n++) {
			const record_uid = n === 4 ? 'bad' : `good-${n}`;
			scene.keeper.service.append({
				event: { audit_event: 'open_record', timestamp: new Date(now).toISOString(), record_uid },
			});
		}
		await scene.until('eight arrived', () => splunk.envelopes.length === before + 8);
		await scene.until('a failure', async () => (await scene.failures(workflowId)).length > 0);
		expect(await scene.failures(workflowId)).toEqual([
			expect.stringContaining('Splunk refused an event and took all others'),
		]);
		expect(splunk.envelopes).toHaveLength(before + 8);
		splunk.refuse(() => false);
	});
});

describe('Microsoft Sentinel', () => {
	let sentinel: SentinelSink;
	let workflowId: string;

	beforeAll(async () => {
		sentinel = await startSentinel({
			clientId: 'app-1',
			clientSecret: 'app-secret-1',
			dcr: DCR,
			stream: STREAM,
		});
		const oAuth2Api = await scene.credential('oAuth2Api', {
			grantType: 'clientCredentials',
			accessTokenUrl: `${sentinel.url}/tenant/oauth2/v2.0/token`,
			clientId: 'app-1',
			clientSecret: 'app-secret-1',
			scope: 'https://monitor.azure.com/.default',
			authentication: 'body',
			useDynamicClientRegistration: false,
			sendAdditionalBodyProperties: false,
			additionalBodyProperties: '{}',
		});
		workflowId = await scene.workflow({
			template: 'sentinel',
			settings: {
				logsIngestionEndpoint: sentinel.url,
				dcrImmutableId: DCR,
				eventsPerRequest: 400,
			},
			credentials: { oAuth2Api },
			change: (template) => {
				nodeOf(template, 'Wait').parameters.amount = 1;
			},
		});
		await scene.n8n.rest.publish(workflowId);
		await sleep(3000);
	});
	afterAll(async () => {
		await scene.n8n.rest.unpublish(workflowId);
		sentinel?.close();
	});

	it("gets every event once, in the columns of Keeper's solution", async () => {
		sentinel.busyFor(1);
		const events = await shipBurst(120, () => sentinel.rows.length);
		expect(sentinel.rows).toHaveLength(events.length);
		const codes = (list: Event[]) => list.map(({ audit_event: code }) => String(code)).sort();
		expect(codes(sentinel.rows)).toEqual(codes(events));
		const ids = sentinel.rows.map(({ data }) => ((data as Event).normalized as { id: string }).id);
		expect(new Set(ids).size).toBe(events.length);
		expect(sentinel.tokens).toBeGreaterThan(0);
		expect(await scene.failures(workflowId)).toEqual([]);
	});

	it('gets events after the access token has expired', async () => {
		const [rows, { tokens }] = [sentinel.rows.length, sentinel];
		sentinel.expireTokens();
		const events = await shipBurst(30, () => sentinel.rows.length - rows);
		expect(sentinel.rows).toHaveLength(rows + events.length);
		expect(sentinel.tokens).toBeGreaterThan(tokens);
		expect(await scene.failures(workflowId)).toEqual([]);
	});

	it('gets a batch of more than a megabyte in parts', async () => {
		const before = sentinel.rows.length;
		const now = new Date().toISOString();
		for (let n = 0; n < 40; n++) {
			scene.keeper.service.append({
				event: {
					audit_event: 'open_record',
					timestamp: now,
					record_uid: `big-${n}`,
					note: 'x'.repeat(50_000),
				},
			});
		}
		await scene.until('40 arrived', () => sentinel.rows.length >= before + 40);
		const uids = sentinel.rows.slice(before).map(({ data }) => (data as Event).record_uid);
		expect(new Set(uids).size).toBe(40);
		expect(sentinel.rows).toHaveLength(before + 40);
		expect(Math.max(...sentinel.sizes)).toBeLessThanOrEqual(1_048_576);
	});
});

describe('a log collector', () => {
	let collector: CollectorSink;
	beforeAll(async () => void (collector = await startCollector(COLLECTOR_KEY)));
	afterAll(() => collector?.close());

	it.each<[string, (line: string) => string]>([
		['syslog', (line) => parseSyslog(line).msgId],
		['cef', (line) => parseCef(line).extension.act],
	])('gets every event once as a line of %s', async (format, codeOf) => {
		collector.lines.length = 0;
		const workflowId = await scene.workflow({
			template: 'collector',
			settings: { collectorUrl: `${collector.url}/keeper` },
			credentials: {
				httpHeaderAuth: await scene.credential('httpHeaderAuth', {
					name: 'Authorization',
					value: COLLECTOR_KEY,
				}),
			},
			change: (template) => {
				nodeOf(template, 'New Events').parameters.outputFormat = format;
				nodeOf(template, 'Wait').parameters.amount = 1;
			},
		});
		await scene.n8n.rest.publish(workflowId);
		await sleep(3000);
		collector.busyFor(1);
		const events = await shipBurst(60, () => collector.lines.length);
		const codes = events.map(({ audit_event: code }) => String(code).slice(0, 32)).sort();
		expect(collector.lines.map((line) => codeOf(line).slice(0, 32)).sort()).toEqual(codes);
		expect(await scene.failures(workflowId)).toEqual([]);
		await scene.n8n.rest.unpublish(workflowId);
	});
});
