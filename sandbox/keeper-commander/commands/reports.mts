import { nodePath, statusOf, type User } from '../company/company.mts';
import { CommandError, FORMAT, type Command, type Session } from './command.mts';
import { eventsWithin } from './audit-period.mts';

const format = { ...FORMAT, names: ['--format'] as [string] };
const text = (name: string, ...more: string[]) => ({
	names: [name, ...more] as [string, ...string[]],
	value: 'text' as const,
});
const flag = (name: string, ...more: string[]) => ({
	names: [name, ...more] as [string, ...string[]],
});

const TARGETS: Record<string, (user: User) => boolean> = {
	all: () => true,
	'no-logon': ({ status }) => status === 'Active',
	'no-update': ({ status }) => status === 'Active',
	locked: ({ lock }) => lock !== 'none',
	invited: ({ status }) => status === 'Invited',
	'no-recovery': ({ status }) => status === 'Active',
};

const auditReport: Command = {
	syntax: {
		options: [
			format,
			{
				names: ['--report-type'],
				value: 'text',
				choices: ['raw', 'dim', 'hour', 'day', 'week', 'month', 'span'],
			},
			{ names: ['--report-format'], value: 'text', choices: ['message', 'fields'] },
			{ names: ['--limit'], value: 'number' },
			{ names: ['--order'], value: 'text', choices: ['asc', 'desc'] },
			text('--created'),
			text('--event-type'),
			text('--username'),
			text('--columns'),
			text('--aggregate'),
		],
	},
	run: (session, given) => {
		const { commander } = session;
		if (given.value('--report-type') === 'dim')
			return session.json([{ id: 1, name: 'login', category: 'login', syslog: 'User logged in' }]);
		const wanted = (option: string, actual: string) =>
			(given.values[option] ?? [actual]).includes(actual);
		const events = eventsWithin(
			commander.company.events,
			given.value('--created'),
			commander.clock.now(),
		)
			.filter(
				({ type, username }) => wanted('--event-type', type) && wanted('--username', username),
			)
			.sort((a, b) => (given.value('--order') === 'asc' ? 1 : -1) * (a.created - b.created));
		const limit = Number(given.value('--limit') ?? 50);
		const fields = given.value('--report-format') === 'fields';
		session.json(
			(limit < 0 ? events : events.slice(0, limit)).map(({ created, type, username }) => ({
				created: new Date(created).toISOString(),
				audit_event_type: type,
				username,
				ip_address: '203.0.113.7',
				keeper_version: 'Web App 17.2.2',
				...(fields ? { node: '', role_id: null } : { message: `${username} did ${type}` }),
			})),
		);
	},
};

const actionReport: Command = {
	syntax: {
		options: [
			format,
			{ names: ['--target', '-t'], value: 'text', choices: Object.keys(TARGETS) },
			{ names: ['--days-since', '-d'], value: 'number' },
			text('--columns'),
			{
				names: ['--apply-action', '-a'],
				value: 'text',
				choices: ['lock', 'delete', 'transfer', 'move', 'none'],
			},
			flag('-f', '--force'),
			flag('-n', '--dry-run'),
		],
	},
	run: (session, given) => {
		const company = session.commander.known;
		session.json(
			company.users
				.filter(TARGETS[given.value('--target') ?? 'no-logon'] as never)
				.map((user: User) => ({
					user_id: user.id,
					email: user.email,
					name: user.name,
					status: statusOf(user),
					transfer_status: user.transfer,
					node: nodePath(company, user.nodeId),
				})),
		);
	},
};

const securityAudit: Command = {
	syntax: {
		options: [format, flag('--breachwatch', '-b'), flag('--record-details'), flag('--save', '-s')],
	},
	run: (session, given) =>
		session.json(
			session.commander.known.users
				.filter(({ status }) => status === 'Active')
				.map(({ email, name, records }) => ({
					email,
					name,
					sync_pending: null,
					...(given.has('--breachwatch')
						? { at_risk: 1, passed: records - 1, ignored: 0 }
						: {
								weak: 1,
								fair: 2,
								medium: 0,
								strong: records - 3,
								reused: 0,
								unique: records,
								securityScore: 74,
								twoFactorChannel: 'Off',
							}),
				})),
		),
};

const COMPLIANCE_OPTIONS = [
	format,
	flag('--rebuild', '-r'),
	flag('--no-rebuild', '-nr'),
	flag('--no-cache', '-nc'),
	text('--node'),
];
const PATTERN = [{ name: 'pattern', rest: true as const }];

function privileged({ commander }: Session): void {
	if (!commander.hasCompliance)
		throw new CommandError('You do not have the required privilege to run this report');
}

const compliance: Command = {
	verbs: {
		report: {
			syntax: {
				options: [
					...COMPLIANCE_OPTIONS,
					text('--username', '-u'),
					text('--team'),
					flag('--shared'),
				],
				positionals: PATTERN,
			},
			run: (session, given) => {
				privileged(session);
				const asked = Object.keys(given.values).filter((name) => name !== '--format');
				if (asked.length === 0 && (given.positionals.pattern ?? []).length === 0)
					return session.log('Get record and sharing information from all vaults');
				session.json(
					session.commander.known.users.map(({ email }, index) => ({
						record_uid: `rec-${index}`,
						title: 'Login',
						type: 'login',
						username: email,
						permissions: 'owner',
						shared_folder_uid: [],
					})),
				);
			},
		},
		'team-report': {
			syntax: {
				options: [...COMPLIANCE_OPTIONS, flag('--show-team-users', '-tu')],
				positionals: PATTERN,
			},
			run: (session) => {
				privileged(session);
				session.json(
					session.commander.known.teams.map(({ name, uid }) => ({
						team_name: name,
						team_uid: uid,
						records: 3,
					})),
				);
			},
		},
		'record-access-report': {
			syntax: { options: [...COMPLIANCE_OPTIONS, text('--email', '-e')], positionals: PATTERN },
			run: (session, given) => {
				privileged(session);
				session.json([
					{
						vault_owner: given.value('--email') ?? 'all',
						record_uid: 'rec-1',
						record_title: 'Login',
					},
				]);
			},
		},
		'summary-report': {
			syntax: { options: COMPLIANCE_OPTIONS, positionals: PATTERN },
			run: (session) => {
				privileged(session);
				session.json(
					session.commander.known.users.map(({ email, records }) => ({
						email,
						total_items: records,
						total_owned: records,
						active_owned: records,
						deleted_owned: 0,
					})),
				);
			},
		},
		'shared-folder-report': {
			syntax: { options: COMPLIANCE_OPTIONS, positionals: PATTERN },
			run: (session) => {
				privileged(session);
				session.json([]);
			},
		},
	},
};

const shareReport: Command = {
	syntax: {
		options: [
			format,
			text('--record', '-r'),
			text('--email', '-e'),
			flag('--owner', '-o'),
			flag('-v', '--verbose'),
			flag('-f', '--folders'),
			flag('-sf', '--show-team-users'),
		],
	},
	run: (session, given) => {
		const email = given.value('--email') ?? 'ben@northfield.example';
		if (given.has('-f'))
			return session.json([{ 'Folder UID': 'sfA', 'Folder Name': 'Shared', 'Shared To': email }]);
		session.json(
			given.has('--owner')
				? [
						{
							record_owner: 'ada@northfield.example',
							record_uid: 'rec-1',
							record_title: 'Login',
							shared_with: email,
							folder_path: 'Shared',
						},
					]
				: [{ shared_to: email, records: 4, shared_folders: 1 }],
		);
	},
};

export const REPORTS: Record<string, Command> = {
	'audit-report': auditReport,
	'action-report': actionReport,
	'security-audit-report': securityAudit,
	compliance,
	'share-report': shareReport,
};
