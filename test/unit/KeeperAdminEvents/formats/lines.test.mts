import fc from 'fast-check';
import { toCef } from '../../../../nodes/KeeperAdminEvents/formats/lines/cef';
import { toLeef } from '../../../../nodes/KeeperAdminEvents/formats/lines/leef';
import { toSyslog } from '../../../../nodes/KeeperAdminEvents/formats/lines/syslog';
import { generatedEvent } from './generated-events.mts';
import { parseCef } from './grammars/cef.mts';
import { parseLeef } from './grammars/leef.mts';
import { parseSyslog } from './grammars/syslog.mts';

const RECEIVED = Date.parse('2026-03-02T09:20:00Z');
/** All that formats use to separate and escape. */
const NASTY = 'a|b=c\\d]e"f\tg\nh\r\ni é😀 \u2028 suser=mallory |CEF:0|';

const shared = {
	audit_event: 'share',
	category: 'share',
	remote_address: '203.0.113.7:52110',
	client_version: 'Web App.17.2.2',
	timestamp: '2026-03-02T09:15:30.123Z',
	username: 'sam@northfield.example',
	to_username: 'tom@contractor.example',
	enterprise_id: 310_442,
	record_uid: 'rec-1',
	role_id: '310442/77',
	folder_uid: 'f-1',
	request_status: 'pending',
};

describe('a line of CEF', () => {
	it('has what the standard has a key for there, and all else under keys of its own', () => {
		const { header, extension } = parseCef(toCef(shared, RECEIVED, 'abcdefghijkl').line);
		expect(header).toEqual(['0', 'Keeper Security', 'Keeper', '1.0', 'share', 'Share', '1']);
		expect(extension).toEqual({
			rt: '1772442930123',
			externalId: 'abcdefghijkl',
			act: 'share',
			cat: 'share',
			outcome: 'success',
			suser: 'sam@northfield.example',
			duser: 'tom@contractor.example',
			src: '203.0.113.7',
			spt: '52110',
			dvchost: 'keepersecurity.com',
			requestClientApplication: 'Web App.17.2.2',
			msg: 'Share by sam@northfield.example for tom@contractor.example from 203.0.113.7:52110',
			cs1: '310442',
			cs1Label: 'Enterprise',
			cs2: 'rec-1',
			cs2Label: 'Record',
			cs4: '77',
			cs4Label: 'Role',
			KeeperSecurityKeeperRemoteAddress: '203.0.113.7:52110',
			KeeperSecurityKeeperRoleId: '310442/77',
			KeeperSecurityKeeperFolderUid: 'f-1',
			KeeperSecurityKeeperRequestStatus: 'pending',
		});
	});

	it('has IPv6 addresses where version 0 has a place for them', () => {
		const { extension } = parseCef(toCef({ ...shared, remote_address: '2001:db8::1' }).line);
		expect(extension).toMatchObject({ c6a2: '2001:db8::1', c6a2Label: 'Source IPv6 Address' });
		expect(extension).not.toHaveProperty('src');
	});

	it('grades as the standard does', () => {
		const severity = (audit_event: string) => parseCef(toCef({ audit_event }).line).header[6];
		expect(
			['open_record', 'login_failure', 'vault_transferred', 'bw_record_high_risk'].map(severity),
		).toEqual(['1', '3', '5', '8']);
		expect(severity('keeper_ai_critical_risk_level_detected')).toBe('10');
	});

	it('cuts what is too long for its key, but no character in halves', () => {
		const username = `${'x'.repeat(1022)}😀y`;
		const { extension } = parseCef(toCef({ audit_event: 'login', username }).line);
		expect(extension.suser).toBe('x'.repeat(1022));
	});
});

describe('a line of LEEF', () => {
	it('has what QRadar has a key for there, and all else under its own name', () => {
		const { header, attributes } = parseLeef(toLeef(shared, RECEIVED, 'abcdefghijkl').line);
		expect(header).toEqual(['Keeper Security', 'Keeper', '1.0', 'share']);
		expect(attributes).toEqual({
			devTime: '1772442930123',
			cat: 'share',
			sev: '1',
			usrName: 'sam@northfield.example',
			accountName: 'tom@contractor.example',
			src: '203.0.113.7',
			srcPort: '52110',
			role: '77',
			resource: 'rec-1',
			outcome: 'success',
			enterpriseId: '310442',
			clientVersion: 'Web App.17.2.2',
			eventId: 'abcdefghijkl',
			remote_address: '203.0.113.7:52110',
			role_id: '310442/77',
			folder_uid: 'f-1',
			request_status: 'pending',
		});
	});

	it('marks logins and logouts for QRadar', () => {
		const of = (audit_event: string) => parseLeef(toLeef({ audit_event }).line).attributes;
		expect(of('login')).toMatchObject({ isLoginEvent: 'true' });
		expect(of('login_failure')).not.toHaveProperty('isLoginEvent');
		expect(of('device_user_loggedout')).toMatchObject({ isLogoutEvent: 'true' });
	});
});

describe('a line of syslog', () => {
	it('is of the shape that Keeper itself sends', () => {
		const { message, ...header } = parseSyslog(toSyslog(shared, RECEIVED, 'abcdefghijkl').line);
		expect(header).toEqual({
			facility: 20,
			severity: 6,
			timestamp: '2026-03-02T09:15:30.123Z',
			hostname: 'keepersecurity.com',
			appName: 'keeper',
			procId: '-',
			msgId: 'share',
			structuredData: '-',
		});
		const { timestamp: inHeader, ...event } = shared;
		expect(inHeader).toBe(header.timestamp);
		expect(JSON.parse(message)).toEqual({
			...event,
			normalized: {
				id: 'abcdefghijkl',
				outcome: 'success',
				users: ['sam@northfield.example', 'tom@contractor.example'],
				addresses: ['203.0.113.7'],
				uids: ['rec-1', 'f-1', '77'],
			},
		});
	});

	it('is read by the rule by which Datadog takes such lines apart', () => {
		// <%{integer}>%{integer} %{date} %{notSpace} %{notSpace} %{notSpace} %{notSpace} - %{data::json}
		const { line } = toSyslog({ ...shared, audit_event: 'a new event' }, RECEIVED);
		const json = /^<\d+>\d+ \S+Z \S+ \S+ \S+ \S+ - (\{.*\})$/su.exec(line)?.[1] ?? '';
		expect(JSON.parse(json)).toMatchObject({ audit_event: 'a new event', record_uid: 'rec-1' });
	});

	it('keeps a time that the header cannot carry', () => {
		const { timestamp, message } = parseSyslog(toSyslog({ timestamp: 'yesterday' }, RECEIVED).line);
		expect(timestamp).toBe('2026-03-02T09:20:00.000Z');
		expect(JSON.parse(message)).toMatchObject({ timestamp: 'yesterday' });
	});
});

describe('whatever an event holds', () => {
	const nasty = {
		audit_event: NASTY,
		category: NASTY,
		username: NASTY,
		to_username: `to ${NASTY}`,
		client_version: NASTY,
		device_name: NASTY,
		remote_address: NASTY,
		record_uid: NASTY,
		team_uid: NASTY,
		result_code: NASTY,
		[NASTY]: NASTY,
		nested: { [NASTY]: [NASTY] },
	};

	it('it stays one line that forges nothing', () => {
		const cef = parseCef(toCef(nasty, RECEIVED).line);
		expect(cef.extension.suser).toBe(NASTY.replace('\t', ' ').replace('\u2028', ' '));
		expect(cef.extension.duser).toContain('suser=mallory');
		expect(cef.header[4]).toContain('|CEF:0|');
		expect(parseLeef(toLeef(nasty, RECEIVED).line).attributes.usrName).toBe(
			NASTY.replace(/[\t\n\r\u2028]/gu, ' '),
		);
		const { message } = parseSyslog(toSyslog(nasty, RECEIVED).line);
		expect(JSON.parse(message)).toMatchObject(nasty);
	});

	it('it is read by the grammar of each format', () => {
		fc.assert(
			fc.property(generatedEvent, ({ event }) => {
				parseCef(toCef(event, RECEIVED, 'id').line);
				parseLeef(toLeef(event, RECEIVED, 'id').line);
				parseSyslog(toSyslog(event, RECEIVED, 'id').line);
			}),
			{ numRuns: 1000 },
		);
	});
});
