import fc from 'fast-check';
import { FORMATS } from '../../../../nodes/KeeperAdminEvents/formats/formats';
import { toSentinel } from '../../../../nodes/KeeperAdminEvents/formats/sentinel/sentinel';
import { toSplunkHec } from '../../../../nodes/KeeperAdminEvents/formats/splunk/hec';
import { hecProblems } from '../../../../sandbox/siem-sinks/hec-envelope.mts';
import { sentinelProblems } from '../../../../sandbox/siem-sinks/sentinel-row.mts';
import { generatedEvent } from './generated-events.mts';

const RECEIVED = Date.parse('2026-03-02T09:20:00Z');

const transferred = {
	audit_event: 'vault_transferred',
	category: 'security',
	remote_address: '203.0.113.40',
	client_version: 'EMConsole.17.3.0',
	enterprise_id: 310_442,
	timestamp: '2026-03-02T10:15:30.123+01:00',
	username: 'petra@northfield.example',
	from_username: 20_365_479,
	to_username: 'rita@northfield.example',
	email: 'victor@northfield.example',
};

describe('an envelope for Splunk', () => {
	it('holds the event as it is, its time in seconds, and what data models look for', () => {
		expect(toSplunkHec(transferred, RECEIVED)).toEqual({
			time: 1772442930.123,
			host: 'keepersecurity.com',
			source: 'keeper',
			sourcetype: 'keeper:audit',
			event: transferred,
			fields: {
				vendor_product: 'Keeper Security Keeper',
				app: 'keeper',
				signature_id: 'vault_transferred',
				signature: 'Vault Transferred',
				status: 'success',
				severity: 'medium',
				user: 'petra@northfield.example',
				dest_user: 'rita@northfield.example',
				src: '203.0.113.40',
				http_user_agent: 'EMConsole.17.3.0',
				related_user: [
					'petra@northfield.example',
					'victor@northfield.example',
					'20365479',
					'rita@northfield.example',
				],
				related_ip: ['203.0.113.40'],
				risky: 'true',
			},
		});
	});

	it('names whose account changed as the user, and who changed it as the source', () => {
		const { fields } = toSplunkHec({
			audit_event: 'lock_user',
			username: 'petra@northfield.example',
			to_username: 'victor@northfield.example',
		});
		expect(fields).toMatchObject({
			user: 'victor@northfield.example',
			src_user: 'petra@northfield.example',
		});
	});

	it('is one that Splunk takes, whatever the event holds', () => {
		fc.assert(
			fc.property(generatedEvent, ({ event }) => {
				expect(hecProblems(toSplunkHec(event, RECEIVED))).toEqual([]);
			}),
		);
	});
});

describe('a row for Sentinel', () => {
	it("has the columns of Keeper's own stream, and all else in `data`", () => {
		expect(toSentinel(transferred, RECEIVED)).toEqual({
			TimeGenerated: '2026-03-02T09:15:30.123Z',
			audit_event: 'vault_transferred',
			remote_address: '203.0.113.40',
			category: 'security',
			client_version: 'EMConsole.17.3.0',
			enterprise_id: 310_442,
			username: 'petra@northfield.example',
			timestamp: '2026-03-02T09:15:30.123Z',
			data: {
				from_username: 20_365_479,
				to_username: 'rita@northfield.example',
				email: 'victor@northfield.example',
				normalized: {
					id: undefined,
					message:
						'Vault Transferred by petra@northfield.example for victor@northfield.example to rita@northfield.example from 203.0.113.40',
					outcome: 'success',
					severity: 'medium',
					risky: true,
					users: [
						'petra@northfield.example',
						'victor@northfield.example',
						'20365479',
						'rita@northfield.example',
					],
					addresses: ['203.0.113.40'],
					uids: [],
				},
			},
		});
	});

	it('keeps in `data` what does not fit into its column', () => {
		const { enterprise_id: column, data } = toSentinel({
			audit_event: 'login',
			enterprise_id: '18446744073709551615',
			timestamp: 'yesterday',
		});
		expect(column).toBeUndefined();
		expect(data).toMatchObject({
			enterprise_id: '18446744073709551615',
			timestamp: 'yesterday',
		});
	});

	it('is one that the stream takes, whatever the event holds', () => {
		fc.assert(
			fc.property(generatedEvent, ({ event }) => {
				expect(sentinelProblems(toSentinel(event, RECEIVED))).toEqual([]);
			}),
		);
	});
});

it('every format that adds an ID says where', () => {
	const without = Object.entries(FORMATS).filter(([, format]) => !('idAt' in format));
	expect(without.map(([name]) => name)).toEqual(['raw']);
});
