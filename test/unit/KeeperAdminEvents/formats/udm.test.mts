// Events of Google's Unified Data Model, by the words of its field list and usage guide.
import fc from 'fast-check';

import { EVENT_KINDS } from '../../../../nodes/KeeperAdminEvents/catalogue/event-kinds';
import { udmTypeOf } from '../../../../nodes/KeeperAdminEvents/formats/udm/event-types';
import { toUdm } from '../../../../nodes/KeeperAdminEvents/formats/udm/udm';
import { EVENT_CODES } from '../../../../sandbox/keeper-events/event-codes.mts';
import { generatedEvent } from './generated-events.mts';
import { udmProblems } from './schemas/udm-check.mts';

const RECEIVED = Date.parse('2026-03-02T09:20:00Z');
const who = { username: 'petra@northfield.example', remote_address: '203.0.113.40' };

it('is one that Google accepts, for every known event and fifty unknown ones', () => {
	const codes = EVENT_CODES.flatMap(({ codes: list }) => list.trim().split(/\s+/));
	for (let n = 0; n < 50; n++) codes.push(`unheard_of_${n}`);
	const problems = codes.flatMap((audit_event) =>
		[{ audit_event, ...who }, { audit_event }].flatMap((event) =>
			udmProblems(toUdm(event, RECEIVED)).map((problem) => `${audit_event}: ${problem}`),
		),
	);
	expect(problems).toEqual([]);
});

it('is one that Google accepts, whatever the event holds', () => {
	fc.assert(
		fc.property(generatedEvent, ({ event }) => {
			expect(udmProblems(toUdm(event, RECEIVED))).toEqual([]);
		}),
	);
});

it('names who acted, whom it happened to, who else is in it, and keeps the event', () => {
	const event = {
		audit_event: 'vault_transferred',
		timestamp: '2026-03-02T10:15:30.123+01:00',
		enterprise_id: 310_442,
		client_version: 'EMConsole.17.3.0',
		from_username: 20_365_479,
		to_username: 'rita@northfield.example',
		email: 'victor@northfield.example',
		...who,
	};
	expect(toUdm(event, RECEIVED)).toEqual({
		metadata: {
			eventTimestamp: '2026-03-02T09:15:30.123Z',
			eventType: 'USER_RESOURCE_UPDATE_PERMISSIONS',
			vendorName: 'Keeper Security',
			productName: 'Keeper',
			productEventType: 'vault_transferred',
			productDeploymentId: '310442',
			description:
				'Vault Transferred by petra@northfield.example for victor@northfield.example to rita@northfield.example from 203.0.113.40',
		},
		principal: {
			user: {
				userid: 'petra@northfield.example',
				emailAddresses: ['petra@northfield.example'],
			},
			ip: ['203.0.113.40'],
		},
		target: {
			application: 'Keeper',
			hostname: 'keepersecurity.com',
			user: {
				userid: 'victor@northfield.example',
				emailAddresses: ['victor@northfield.example'],
				productObjectId: '20365479',
			},
			resource: { name: 'Vault', resourceSubtype: 'Vault' },
		},
		about: [
			{ user: { userid: 'rita@northfield.example', emailAddresses: ['rita@northfield.example'] } },
		],
		network: { http: { userAgent: 'EMConsole.17.3.0' } },
		securityResult: [{ action: ['ALLOW'], severity: 'MEDIUM', summary: 'Vault Transferred' }],
		additional: { keeper: event },
	});
});

it('is a login of the one who logs in, and a violation when it fails', () => {
	expect(toUdm({ audit_event: 'login_failure', result_code: 'auth_failed', ...who })).toMatchObject(
		{
			metadata: { eventType: 'USER_LOGIN' },
			target: { user: { userid: 'petra@northfield.example' } },
			securityResult: [
				{ action: ['BLOCK'], category: ['AUTH_VIOLATION'], description: 'auth_failed' },
			],
		},
	);
});

it('has a type of its own for every kind but findings, services and scans', () => {
	const generic = Object.keys(EVENT_KINDS).filter(
		(kind) => udmTypeOf(kind as keyof typeof EVENT_KINDS) === 'GENERIC_EVENT',
	);
	expect(generic).toEqual([
		'notice',
		'serviceStart',
		'serviceStop',
		'scanStart',
		'scanEnd',
		'weakness',
		'weaknessIgnored',
		'weaknessResolved',
		'threat',
		'threatResolved',
		'benchmark',
	]);
});
