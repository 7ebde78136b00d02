import { toEcs } from '../../../../nodes/KeeperAdminEvents/formats/ecs/ecs';
import { toOcsf } from '../../../../nodes/KeeperAdminEvents/formats/ocsf/ocsf';
import { ecsProblems } from './schemas/ecs-check.mts';
import { ocsfProblems } from './schemas/ocsf-check.mts';
import { TENANT_EVENTS } from './tenant-events.mts';

const RECEIVED = Date.parse('2026-03-02T09:20:00Z');
const at = (document: Record<string, unknown>, path: string) =>
	path
		.split('.')
		.reduce<unknown>((held, key) => (held as Record<string, unknown> | undefined)?.[key], document);

describe.each(TENANT_EVENTS)('$what', ({ event, ecs, ocsf, lacks = [] }) => {
	it('becomes the ECS document that its field reference calls for', () => {
		const document = toEcs(event, RECEIVED);
		expect(document).toMatchObject(ecs);
		expect(ecsProblems(document)).toEqual([]);
		// ECS names who acted in `user`, which is never false.
		const wrong = lacks.filter((path) => path !== 'user' && at(document, path) !== undefined);
		expect(wrong).toEqual([]);
	});

	it('becomes the OCSF document that the words of the schema call for', () => {
		const document = toOcsf(event, RECEIVED);
		expect(document).toMatchObject(ocsf);
		expect(ocsfProblems(document)).toEqual([]);
		expect(lacks.filter((path) => at(document, path) !== undefined)).toEqual([]);
	});
});

it('a whole ECS document, as it is stored', () => {
	const event = {
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
	expect(toEcs(event, RECEIVED)).toEqual({
		'@timestamp': '2026-03-02T09:15:30.123Z',
		ecs: { version: '9.4.0' },
		message:
			'Vault Transferred by petra@northfield.example for victor@northfield.example to rita@northfield.example from 203.0.113.40',
		event: {
			kind: 'event',
			category: ['iam'],
			type: ['user', 'change'],
			action: 'vault_transferred',
			outcome: 'success',
			severity: 47,
			ingested: '2026-03-02T09:20:00.000Z',
			module: 'keeper',
			dataset: 'keeper.audit',
			provider: 'Keeper Security',
		},
		user: {
			name: 'petra@northfield.example',
			email: 'petra@northfield.example',
			domain: 'northfield.example',
			target: {
				name: 'victor@northfield.example',
				email: 'victor@northfield.example',
				domain: 'northfield.example',
				id: '20365479',
			},
		},
		source: { address: '203.0.113.40', ip: '203.0.113.40' },
		organization: { id: '310442' },
		user_agent: { original: 'EMConsole.17.3.0', name: 'EMConsole', version: '17.3.0' },
		observer: { vendor: 'Keeper Security', product: 'Keeper', type: 'password-manager' },
		related: {
			user: [
				'petra@northfield.example',
				'victor@northfield.example',
				'20365479',
				'rita@northfield.example',
			],
			ip: ['203.0.113.40'],
		},
		labels: { keeper_category: 'security' },
		tags: ['risky'],
		keeper: { audit: event },
	});
});
