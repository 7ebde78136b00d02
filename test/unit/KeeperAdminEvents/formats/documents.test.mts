import { EVENT_CATALOGUE } from '../../../../nodes/KeeperAdminEvents/catalogue/event-catalogue';
import { toEcs } from '../../../../nodes/KeeperAdminEvents/formats/ecs/ecs';
import { ndjsonChunks } from '../../../../nodes/KeeperAdminEvents/formats/ndjson';
import { toOcsf } from '../../../../nodes/KeeperAdminEvents/formats/ocsf/ocsf';
import { Company } from '../../../../sandbox/keeper-events/company.mts';
import { EVENT_CODES } from '../../../../sandbox/keeper-events/event-codes.mts';
import { ecsProblems } from './schemas/ecs-check.mts';
import { ocsfProblems } from './schemas/ocsf-check.mts';

const CODES = EVENT_CODES.flatMap(({ codes }) => codes.trim().split(/\s+/));
const RECEIVED = Date.parse('2026-03-02T10:00:00Z');

const full = (code: string) => ({
	audit_event: code,
	category: 'usage',
	remote_address: '203.0.113.7',
	client_version: 'Web Vault 16.10.5',
	timestamp: '2026-03-02T09:15:30.123Z',
	username: 'ada@example.com',
	enterprise_id: 99376,
	record_uid: 'r1',
	team_uid: 't1',
	role_id: 4294967297,
	attachment_id: 'a1',
	to_username: 'bob@example.com',
	from_username: 'eve@example.com',
});

/** Events as they come in practice: incomplete, or not quite as documented. */
const ODD: Record<string, Record<string, unknown>> = {
	'a code and nothing else': {},
	'an IPv6 address': { remote_address: '2001:db8::1' },
	'an address that is no IP address': { remote_address: 'unknown host' },
	'a user that is no e-mail address': { username: 'wyattjuan' },
	'a timestamp with an offset': { timestamp: '2026-03-02T04:15:30-05:00' },
	'a timestamp without milliseconds': { timestamp: '2026-03-02T09:15:30Z' },
	'an unreadable timestamp': { timestamp: 'yesterday' },
	'an enterprise id as text beyond what numbers hold': { enterprise_id: '18446744073709551615' },
	'members of unexpected types': {
		username: 7,
		remote_address: null,
		client_version: ['x'],
		category: {},
	},
	'an id of its own': { id: 4711 },
	'an address with a port': { remote_address: '[2001:db8::1]:443' },
	'a list of addresses': { remote_address: '203.0.113.7, 198.51.100.2:8443, somewhere' },
	'the role as enterprise/ID': { role_id: '261822/1124516927373322' },
	'a number for the former owner': { from_username: 20365479, email: 'eve@example.com' },
	'a person in value': { value: 'eve@example.com' },
	'a result in value': { value: 'user-ignored' },
	'a device, a channel and a service': { device_name: 'PC 7', channel: 'SMS', service: 'agent' },
	'identifiers that nobody knows': { crater_uid: 'c1', moon_id: 7 },
	'nested data': { data: { b: [1, { c: null }] }, username_new: true },
};

/** Codes that Keeper may come to have. */
const UNKNOWN_CODES = Array.from({ length: 50 }, (_, n) => `brand_new_event_${n}`);

describe('every event of the catalogue', () => {
	it.each(CODES)('%s maps to valid ECS and OCSF documents', (code) => {
		expect(ecsProblems(toEcs(full(code)))).toEqual([]);
		expect(ocsfProblems(toOcsf(full(code)))).toEqual([]);
	});

	it.each(Object.entries(ODD))('maps to valid documents with %s', (_, odd) => {
		for (const code of [...CODES, ...UNKNOWN_CODES, '']) {
			const event = { audit_event: code, category: 'share', ...odd };
			expect([code, ...ecsProblems(toEcs(event, RECEIVED))]).toEqual([code]);
			expect([code, ...ocsfProblems(toOcsf(event, RECEIVED))]).toEqual([code]);
		}
	});

	it('keeps every field of the source in both formats', () => {
		for (const event of [
			...Object.values(ODD),
			...new Company().between(0, 1e10, 300).map((e) => e.event),
		]) {
			const source = JSON.stringify(event);
			const ecs = toEcs(event, RECEIVED) as { keeper: { audit: unknown } };
			expect(JSON.stringify(ecs.keeper.audit)).toBe(source);
			expect(JSON.stringify(toOcsf(event, RECEIVED).unmapped)).toBe(source);
		}
	});

	it('is filed in ECS under a category, and in OCSF under a class, of its own group', () => {
		const filed = (code: string) => {
			const { event } = toEcs(full(code)) as { event: { category: string[]; type: string[] } };
			const { class_uid: uid, activity_id: activity } = toOcsf(full(code));
			return [event.category.join(), event.type.join(), uid, activity];
		};
		expect(filed('login')).toEqual(['authentication', 'start', 3002, 1]);
		expect(filed('create_user')).toEqual(['iam', 'user,creation', 3001, 1]);
		expect(filed('set_two_factor_off')).toEqual(['iam', 'user,change', 3001, 11]);
		expect(filed('added_to_team')).toEqual(['iam', 'group,change', 3006, 3]);
		expect(filed('admin_permission_added')).toEqual(['iam', 'admin,change', 3005, 1]);
		expect(filed('open_record')).toEqual(['file', 'access', 6003, 2]);
		expect(filed('file_attachment_uploaded')).toEqual(['file', 'creation', 6006, 1]);
		expect(filed('policy_created')).toEqual(['configuration', 'creation', 3004, 1]);
		expect(filed('bw_record_high_risk')).toEqual(['vulnerability', 'info', 2004, 1]);
		expect(filed('pam_tunnel_started')).toEqual(['session', 'start', 6003, 99]);
	});
});

describe('the outcome', () => {
	const outcomes = (event: Record<string, unknown>) => {
		const ecs = toEcs(event) as { event: { outcome: string } };
		return [ecs.event.outcome, toOcsf(event).status_id];
	};

	// The failures that the reference names.
	const failures = `login_failure login_failed_console login_failed_ip_whitelist chat_login_failed
		two_factor_code_invalid app_client_access_denied agent_authentication_failed
		deployment_authentication_failed record_rotation_on_demand_fail
		record_rotation_scheduled_fail scim_access_failure gradient_sync_fail audit_sync_failed
		reauthentication_reprompt_throttle`.split(/\s+/);

	it('is a failure for exactly the events that report one', () => {
		const failed = CODES.filter((code) => outcomes(full(code))[0] === 'failure');
		expect(failed.sort()).toEqual([...failures].sort());
	});

	it('agrees in both formats', () => {
		expect(outcomes(full('login_failure'))).toEqual(['failure', 2]);
		expect(outcomes(full('login'))).toEqual(['success', 1]);
		expect(outcomes(full('brand_new_event'))).toEqual(['unknown', 0]);
		expect(outcomes(full('brand_new_event_failed'))).toEqual(['failure', 2]);
	});

	it.each([
		['LOGIN_FAILURE', 'failure'],
		['loginFailed', 'failure'],
		['brand_new_access_denied', 'failure'],
		['user_unlocked', 'unknown'],
		['user_locked', 'unknown'],
		['ticket_expired', 'unknown'],
		['sync_no_error', 'unknown'],
		['failover_started', 'unknown'],
		['terror_alert', 'unknown'],
	])('of %s, which is no known code, is told by whole words: %s', (code, outcome) => {
		expect(outcomes({ audit_event: code })[0]).toBe(outcome);
	});

	it('follows a failing result code of an event that normally succeeds', () => {
		expect(outcomes({ ...full('login'), result_code: 'auth_failed' })).toEqual(['failure', 2]);
		expect(outcomes({ ...full('login'), result_code: 'success' })).toEqual(['success', 1]);
		expect(outcomes({ ...full('login'), result_code: 'no_error' })).toEqual(['success', 1]);
		expect(outcomes({ ...full('login'), result_code: 'unlocked' })).toEqual(['success', 1]);
	});
});

describe('an ECS document', () => {
	it('tells who did what from where, in the fields that dashboards look at', () => {
		expect(toEcs(full('record_share_outside_user'))).toMatchObject({
			'@timestamp': '2026-03-02T09:15:30.123Z',
			message: 'Record Share Outside User by ada@example.com for bob@example.com from 203.0.113.7',
			event: {
				kind: 'event',
				action: 'record_share_outside_user',
				dataset: 'keeper.audit',
				module: 'keeper',
				provider: 'Keeper Security',
			},
			user: {
				name: 'ada@example.com',
				email: 'ada@example.com',
				domain: 'example.com',
				target: { name: 'bob@example.com', domain: 'example.com' },
			},
			source: { ip: '203.0.113.7', address: '203.0.113.7' },
			organization: { id: '99376' },
			user_agent: { original: 'Web Vault 16.10.5', name: 'Web Vault', version: '16.10.5' },
			related: {
				ip: ['203.0.113.7'],
				user: ['ada@example.com', 'bob@example.com', 'eve@example.com'],
			},
			tags: ['risky'],
		});
	});

	it('leaves source.ip out where the address is none, as Elasticsearch would refuse it', () => {
		const { source } = toEcs({ remote_address: 'unknown host' });
		expect(source).toEqual({ address: 'unknown host' });
	});

	it('gives the time in UTC, and the time of receipt where the event has none', () => {
		expect(toEcs({ timestamp: '2026-03-02T04:15:30-05:00' })['@timestamp']).toBe(
			'2026-03-02T09:15:30.000Z',
		);
		expect(toEcs({}, RECEIVED)['@timestamp']).toBe('2026-03-02T10:00:00.000Z');
		expect(toEcs({})).not.toHaveProperty('@timestamp');
	});

	it('raises findings as alerts', () => {
		expect(toEcs(full('keeper_ai_high_risk_level_detected'))).toMatchObject({
			event: { kind: 'alert' },
		});
		expect(toEcs(full('bw_record_resolved'))).toMatchObject({ event: { kind: 'event' } });
	});

	it('files an unknown event by the category it names, and under none if that is unknown too', () => {
		const filed = (category: unknown) =>
			toEcs({ ...full('brand_new_event'), category }).event as Record<string, unknown>;
		expect(filed('usage')).toMatchObject({
			action: 'brand_new_event',
			outcome: 'unknown',
			category: ['file'],
			type: ['info'],
		});
		expect(filed('Login')).toMatchObject({ category: ['authentication'], type: ['info'] });
		expect(filed('moon_base')).not.toHaveProperty('category');
		expect(filed(undefined)).not.toHaveProperty('category');
	});
});

describe('an OCSF document', () => {
	it('tells who did what from where', () => {
		expect(toOcsf(full('open_record'))).toMatchObject({
			time: 1772442930123,
			actor: {
				user: { name: 'ada@example.com', email_addr: 'ada@example.com' },
				app_name: 'Web Vault',
			},
			src_endpoint: { ip: '203.0.113.7' },
			api: { operation: 'open_record' },
			resources: expect.arrayContaining([{ type: 'Record', uid: 'r1' }]),
			metadata: {
				version: '1.7.0',
				tenant_uid: '99376',
				event_code: 'open_record',
				original_time: '2026-03-02T09:15:30.123Z',
			},
		});
	});

	it('names the affected user, not the acting one, where there is one', () => {
		expect(toOcsf(full('lock_user')).user).toMatchObject({ name: 'bob@example.com' });
	});

	it('grades what is risky, and what was detected, above the rest', () => {
		const severity = (code: string) => toOcsf(full(code)).severity;
		expect(severity('open_record')).toBe('Informational');
		expect(severity('login_failure')).toBe('Low');
		expect(severity('set_two_factor_off')).toBe('Medium');
		expect(severity('bw_record_high_risk')).toBe('High');
		expect(severity('keeper_ai_critical_risk_level_detected')).toBe('Critical');
	});

	it('closes a finding that was resolved', () => {
		expect(toOcsf(full('bw_record_resolved'))).toMatchObject({
			activity_name: 'Close',
			status: 'Resolved',
		});
	});
});

describe('newline-delimited JSON', () => {
	it('is one line per document whatever the texts hold', () => {
		const documents = [{ a: 'two\nlines\r\n' }, { b: '\u2028' }, full('login')];
		const text = [...ndjsonChunks(documents)].join('');
		expect(text.endsWith('\n')).toBe(true);
		expect(
			text
				.trimEnd()
				.split('\n')
				.map((line) => JSON.parse(line)),
		).toEqual(documents);
	});

	it('comes in pieces of about the size asked for', () => {
		const documents = Array.from({ length: 1_000 }, (_, n) => ({ n }));
		const chunks = [...ndjsonChunks(documents, 500)];
		expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(520);
		expect(chunks.join('').split('\n')).toHaveLength(1_001);
	});

	it('is nothing for no documents', () => {
		expect([...ndjsonChunks([])]).toEqual([]);
	});
});

describe('the checks themselves', () => {
	it('notice what the schemas do not allow', () => {
		const ecs = toEcs(full('login')) as { event: Record<string, unknown> };
		expect(ecsProblems({ ...ecs, surprise: 1 })).toEqual(['surprise is no field']);
		expect(ecsProblems({ ...ecs, event: { ...ecs.event, type: ['creation'] } })).toHaveLength(1);
		const ocsf = toOcsf(full('login'));
		expect(ocsfProblems({ ...ocsf, service: undefined, surprise: 1 })).toHaveLength(3);
		expect(ocsfProblems({ ...ocsf, type_uid: 1 })).toHaveLength(1);
	});

	it('cover the whole catalogue', () => {
		expect(CODES).toHaveLength(319);
		expect([...EVENT_CATALOGUE.keys()].sort()).toEqual([...CODES].sort());
	});
});
