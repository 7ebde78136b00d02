import { KEEPER_REGIONS } from '../../shared/keeper-region';
import { createdFilter } from './created-filter';
import type { Choice, Field } from './field';

/** Options that Commander calls as the user does. */
function plain(...names: string[]): Record<string, Choice> {
	return Object.fromEntries(names.map((name) => [name, { name }]));
}

const REGIONS: Record<string, Choice> = {
	...Object.fromEntries(
		Object.entries(KEEPER_REGIONS).map(([value, { name }]) => [value, { name }]),
	),
	custom: { name: 'Custom Base URL' },
};

const columns = (description: string, usual: string[], ...more: string[]): Field => ({
	type: 'choices',
	label: 'Columns',
	description,
	options: plain(...[...usual, ...more].sort()),
	default: usual,
});

const onOff = (label: string, description: string): Field => ({
	type: 'choice',
	label,
	description,
	options: { on: { name: 'Yes' }, off: { name: 'No' } },
	default: 'on',
});

/** Every field of every operation, by the name that lines use. */
export const FIELDS = {
	email: {
		type: 'email',
		label: 'Email',
		description: 'The email address with which the user signs in to Keeper',
		placeholder: 'e.g. jane@example.com',
	},
	targetEmail: {
		type: 'email',
		label: 'Transfer To',
		description: 'The email address of the active user who receives the vault',
		placeholder: 'e.g. manager@example.com',
	},
	fullName: {
		type: 'text',
		label: 'Full Name',
		description: "The user's name as Keeper shows it",
		placeholder: 'e.g. Jane Smith',
	},
	jobTitle: {
		type: 'text',
		label: 'Job Title',
		description: "The user's job title",
		placeholder: 'e.g. Accountant',
	},
	node: {
		type: 'record',
		list: 'nodes',
		label: 'Node',
		description: 'The node of the organization; the root node if left out',
	},
	targetNode: {
		type: 'record',
		list: 'nodes',
		label: 'Node',
		description: 'The node of the organization',
	},
	parent: {
		type: 'record',
		list: 'nodes',
		label: 'Parent Node',
		description: 'The node that the new one belongs to',
	},
	role: {
		type: 'record',
		list: 'roles',
		label: 'Role',
		description: 'The role, by its ID or its exact name',
	},
	team: {
		type: 'record',
		list: 'teams',
		label: 'Team',
		description: 'The team, by its UID or its exact name',
	},
	token: {
		type: 'record',
		list: 'tokens',
		label: 'Token',
		description: 'The name of the token',
	},
	teamName: {
		type: 'text',
		label: 'Name',
		description: 'The name of the new team',
		placeholder: 'e.g. Field Sales',
	},
	roleName: {
		type: 'text',
		label: 'Name',
		description: 'The name of the new role',
		placeholder: 'e.g. Auditor',
	},
	nodeName: {
		type: 'text',
		label: 'Name',
		description: 'The name of the new node',
		placeholder: 'e.g. Engineering',
	},
	tokenName: {
		type: 'text',
		label: 'Name',
		description: 'The name of the new token, which no other token may have',
		placeholder: 'e.g. n8n SIEM',
	},
	restrictEdit: onOff('Restrict Editing', 'Whether members are kept from editing records'),
	restrictShare: onOff('Restrict Sharing', 'Whether members are kept from sharing records again'),
	restrictView: onOff('Restrict Viewing', 'Whether members are kept from viewing passwords'),
	newUsers: onOff('Assign to New Users', 'Whether every new user of the node gets the role'),
	integrations: {
		type: 'choices',
		label: 'Permissions',
		description: 'What the token may do; choose only what its user needs',
		options: {
			'BILLING:1': { name: 'Billing: Read', description: 'Usage of managed companies; MSPs only' },
			'BILLING:2': { name: 'Billing: Read and Write', description: 'The same, with changes' },
			'CSPM:1': { name: 'CSPM: Read', description: 'Risk management' },
			'CSPM:2': { name: 'CSPM: Read and Write', description: 'Risk management, with changes' },
			'SIEM:1': { name: 'SIEM: Read', description: 'Audit events; enough for Keeper Admin Events' },
			'SIEM:2': { name: 'SIEM: Read and Write', description: 'Audit events, with changes' },
		},
		default: ['SIEM:1'],
	},
	expires: {
		type: 'choice',
		label: 'Expires After',
		description: 'How long the token is good for',
		options: {
			'24h': { name: '24 Hours' },
			'7d': { name: '7 Days' },
			'30d': { name: '30 Days' },
			'1y': { name: '1 Year' },
			never: { name: 'Never' },
		},
		default: '30d',
	},
	rotationName: {
		type: 'text',
		label: 'Base Name',
		description:
			'What the names of this token and all its successors begin with; each gets the time it was made',
		placeholder: 'e.g. n8n SIEM',
	},
	newTokenName: {
		type: 'text',
		label: 'New Token Name',
		description: 'The name of the token that stays, from Start Rotation',
	},
	newToken: {
		type: 'secret',
		label: 'New Token',
		description: 'The token that stays, from Start Rotation',
	},
	oldTokenNames: {
		type: 'names',
		label: 'Old Token Names',
		description: 'The tokens to revoke, from Start Rotation: one name, or a list of names',
	},
	region: {
		type: 'choice',
		label: 'Region',
		description: 'The data region of your Keeper tenant, where the new token is tried out',
		options: REGIONS,
		default: 'US',
	},
	baseUrl: {
		type: 'text',
		label: 'Base URL',
		description: 'Where the Keeper Admin API answers; must start with https://',
		placeholder: 'e.g. https://keepersecurity.com',
		when: { region: 'custom' },
	},
	userColumns: columns(
		'What to show of each user besides ID and email',
		['name', 'status', 'transfer_status', 'node'],
		'2fa_enabled',
		'alias',
		'job_title',
		'role_count',
		'roles',
		'team_count',
		'teams',
	),
	teamColumns: columns(
		'What to show of each team besides UID and name',
		['restricts', 'node', 'user_count'],
		'queued_user_count',
		'queued_users',
		'role_count',
		'roles',
		'users',
	),
	roleColumns: columns(
		'What to show of each role besides ID and name',
		['default_role', 'admin', 'node', 'user_count'],
		'team_count',
		'teams',
		'users',
		'visible_below',
	),
	nodeColumns: columns(
		'What to show of each node besides ID and name',
		['parent_node', 'parent_id', 'user_count', 'team_count', 'role_count'],
		'isolated',
		'roles',
		'teams',
		'users',
	),
	search: {
		type: 'text',
		label: 'Search',
		description: 'Text that any of the columns shown must hold',
		placeholder: 'e.g. sales',
	},
	actionTarget: {
		type: 'choice',
		label: 'Users',
		description: 'Which users to report',
		options: {
			all: { name: 'All' },
			invited: { name: 'Invited', description: 'Have not accepted their invitation' },
			locked: { name: 'Locked' },
			'no-logon': { name: 'No Login', description: 'Have not signed in lately' },
			'no-recovery': { name: 'No Recovery', description: 'Have not set up account recovery' },
			'no-update': { name: 'No Update', description: 'Have not changed a record lately' },
		},
		default: 'no-logon',
	},
	days: {
		type: 'count',
		label: 'Days',
		description: 'For how many days that has been so',
		default: 30,
	},
	eventType: {
		type: 'text',
		label: 'Event',
		description: "The event's code in Keeper",
		placeholder: 'e.g. login_failure',
	},
	username: {
		type: 'text',
		label: 'User',
		description: 'The email address of the user concerned',
		placeholder: 'e.g. jane@example.com',
	},
	order: {
		type: 'choice',
		label: 'Order',
		description: 'Which events come first',
		options: { asc: { name: 'Oldest First' }, desc: { name: 'Newest First' } },
		default: 'desc',
	},
	period: {
		type: 'choice',
		label: 'Period',
		description: 'When the events happened, in the time zone of the machine that runs Commander',
		options: {
			last_30_days: { name: 'Last 30 Days' },
			last_7_days: { name: 'Last 7 Days' },
			last_month: { name: 'Last Month' },
			last_year: { name: 'Last Year' },
			month_to_date: { name: 'This Month' },
			today: { name: 'Today' },
			year_to_date: { name: 'This Year' },
			yesterday: { name: 'Yesterday' },
		},
		default: 'last_7_days',
	},
	from: {
		type: 'moment',
		label: 'From',
		description: 'The earliest events; in place of a period',
	},
	to: {
		type: 'moment',
		label: 'To',
		description: 'The latest events; in place of a period',
	},
	created: {
		type: 'made',
		label: 'Period',
		description: 'The filter that Commander reads times by',
		of: ['period', 'from', 'to'],
		value: createdFilter,
	},
	limit: {
		type: 'made',
		label: 'Limit',
		description: 'How many rows Commander reads; it takes -1 for all',
		of: [],
		value: ({ values }) => ({ value: values.limit ?? '-1' }),
	},
	complianceReport: {
		type: 'choice',
		label: 'Report',
		description: 'Which compliance report to run',
		options: {
			'record-access-report': { name: 'Record Access', description: 'Who opened which record' },
			report: {
				name: 'Records',
				description: "Who can see each record; needs 'Rebuild' or 'Node'",
			},
			'shared-folder-report': { name: 'Shared Folders', description: 'Shared folders and records' },
			'summary-report': { name: 'Summary', description: 'How many records each user holds' },
			'team-report': { name: 'Teams', description: 'Shared folders that teams have access to' },
		},
		default: 'summary-report',
	},
	rebuild: {
		type: 'flag',
		label: 'Rebuild',
		description:
			'Whether to collect the data anew, which can take minutes; otherwise it is up to a day old',
	},
	breachWatch: {
		type: 'flag',
		label: 'BreachWatch',
		description: 'Whether to count passwords that are known from breaches',
	},
	recordDetails: {
		type: 'flag',
		label: 'Record Details',
		description: 'Whether to show the scores of single records',
	},
	sharedWith: {
		type: 'text',
		label: 'Shared With',
		description: 'The email address of a user or the name of a team',
		placeholder: 'e.g. jane@example.com',
	},
	byRecord: {
		type: 'flag',
		label: 'By Record',
		description: 'Whether to list each record in place of a summary for each recipient',
	},
	byFolder: {
		type: 'flag',
		label: 'By Folder',
		description: 'Whether to list each shared folder in place of a summary for each recipient',
	},
	command: {
		type: 'text',
		label: 'Command',
		description:
			'The command line, as typed into Commander; quote values that hold blanks, and add -f where it would ask',
		placeholder: 'e.g. whoami --format=json',
	},
	fileData: {
		type: 'json',
		label: 'File Data',
		description:
			'JSON that Commander puts into a file; the word FILEDATA in the command is its path',
		placeholder: 'e.g. { "users": [] }',
	},
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

/** The same, by any name. */
export const fieldNamed: Readonly<Record<string, Field | undefined>> = FIELDS;
