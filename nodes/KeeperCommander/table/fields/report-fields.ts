import { createdFilter } from './created-filter';
import type { Field } from './field';

/** The fields of reports. */
export const REPORT_FIELDS = {
	actionTarget: {
		type: 'choice',
		label: 'Users',
		description: 'Which users to report',
		options: {
			all: { name: 'All', description: 'Every user' },
			invited: { name: 'Invited', description: 'Have not accepted their invitation' },
			locked: { name: 'Locked', description: 'Users who are locked' },
			'no-logon': { name: 'No Login', description: 'Have not signed in lately' },
			'no-recovery': { name: 'No Recovery', description: 'Have not set up account recovery' },
			'no-update': { name: 'No Update', description: 'Have not changed a record lately' },
		},
		default: 'no-logon',
	},
	days: {
		type: 'count',
		label: 'Days',
		description: 'The number of days to which this applies',
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
		options: {
			asc: { name: 'Oldest First', description: 'The earliest event comes first' },
			desc: { name: 'Newest First', description: 'The latest event comes first' },
		},
		default: 'desc',
	},
	period: {
		type: 'choice',
		label: 'Period',
		description: 'When the events happened, in the time zone of the machine that runs Commander',
		options: {
			last_30_days: { name: 'Last 30 Days', description: 'The 30 days up to now' },
			last_7_days: { name: 'Last 7 Days', description: 'The seven days up to now' },
			last_month: { name: 'Last Month', description: 'The calendar month before this one' },
			last_year: { name: 'Last Year', description: 'The calendar year before this one' },
			month_to_date: { name: 'This Month', description: 'Since the first day of this month' },
			today: { name: 'Today', description: 'Since midnight' },
			year_to_date: { name: 'This Year', description: 'Since the first day of this year' },
			yesterday: { name: 'Yesterday', description: 'From midnight to midnight' },
		},
		default: 'last_7_days',
	},
	from: {
		type: 'moment',
		label: 'From',
		description: 'Start of the time range; replaces the period',
	},
	to: {
		type: 'moment',
		label: 'To',
		description: 'End of the time range; replaces the period',
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
			'Whether to fetch fresh data, which can take minutes; cached data can be up to a day old',
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
} as const satisfies Record<string, Field>;
