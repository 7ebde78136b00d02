import {
	attributes,
	byteLimit,
	choice,
	environment,
	flag,
	limit,
	linkages,
	metadata,
	number,
	records,
	relationships,
	record,
	text,
} from '../fields';
import { resource } from '../resource';
import { members, owners } from '../parts/members';

const UNIQUENESS = [
	'UNIQUE_PER_ACCOUNT',
	'UNIQUE_PER_LICENSE',
	'UNIQUE_PER_POLICY',
	'UNIQUE_PER_PRODUCT',
];
const MATCHING = ['MATCH_ALL', 'MATCH_ANY', 'MATCH_MOST', 'MATCH_TWO'];
const requires = (label: string, what: string) =>
	flag(label, `a validation must name ${what} in its scope`);

const limits = attributes({
	maxMachines: limit('Max Machines', { description: 'Must be 1 unless Floating is on' }),
	maxProcesses: limit('Max Processes'),
	maxUsers: limit('Max Users'),
	maxCores: limit('Max Cores'),
	maxMemory: byteLimit('Max Memory'),
	maxDisk: byteLimit('Max Disk'),
	maxUses: limit('Max Uses', { min: 0, description: '0 allows no use at all' }),
});

const strategies = attributes({
	machineUniquenessStrategy: choice('Machine Uniqueness Strategy', UNIQUENESS, {
		default: 'UNIQUE_PER_LICENSE',
	}),
	machineMatchingStrategy: choice('Machine Matching Strategy', MATCHING, { default: 'MATCH_ANY' }),
	componentUniquenessStrategy: choice(
		'Component Uniqueness Strategy',
		[...UNIQUENESS, 'UNIQUE_PER_MACHINE'],
		{ default: 'UNIQUE_PER_MACHINE' },
	),
	componentMatchingStrategy: choice('Component Matching Strategy', MATCHING, {
		default: 'MATCH_ANY',
	}),
	expirationStrategy: choice(
		'Expiration Strategy',
		['ALLOW_ACCESS', 'MAINTAIN_ACCESS', 'RESTRICT_ACCESS', 'REVOKE_ACCESS'],
		{ default: 'RESTRICT_ACCESS' },
	),
	expirationBasis: choice(
		'Expiration Basis',
		[
			'FROM_CREATION',
			'FROM_FIRST_ACTIVATION',
			'FROM_FIRST_DOWNLOAD',
			'FROM_FIRST_USE',
			'FROM_FIRST_VALIDATION',
		],
		{ default: 'FROM_CREATION' },
	),
	renewalBasis: choice('Renewal Basis', ['FROM_EXPIRY', 'FROM_NOW', 'FROM_NOW_IF_EXPIRED'], {
		default: 'FROM_EXPIRY',
	}),
	transferStrategy: choice('Transfer Strategy', ['KEEP_EXPIRY', 'RESET_EXPIRY'], {
		default: 'KEEP_EXPIRY',
	}),
	authenticationStrategy: choice(
		'Authentication Strategy',
		['LICENSE', 'MIXED', 'NONE', 'SESSION', 'TOKEN'],
		{ default: 'TOKEN' },
	),
	processLeasingStrategy: choice(
		'Process Leasing Strategy',
		['PER_LICENSE', 'PER_MACHINE', 'PER_USER'],
		{ default: 'PER_MACHINE' },
	),
	machineLeasingStrategy: choice('Machine Leasing Strategy', ['PER_LICENSE', 'PER_USER'], {
		default: 'PER_LICENSE',
	}),
	overageStrategy: choice(
		'Overage Strategy',
		{
			ALLOW_1_25X_OVERAGE: 'Allow 1.25x',
			ALLOW_1_5X_OVERAGE: 'Allow 1.5x',
			ALLOW_2X_OVERAGE: 'Allow 2x',
			ALWAYS_ALLOW_OVERAGE: 'Always Allow',
			NO_OVERAGE: 'No Overage',
		},
		{ default: 'NO_OVERAGE', description: 'How far limits may be exceeded' },
	),
});

const scopes = attributes({
	requireProductScope: requires('Require Product Scope', 'the product'),
	requirePolicyScope: requires('Require Policy Scope', 'the policy'),
	requireMachineScope: requires('Require Machine Scope', 'the machine'),
	requireFingerprintScope: requires('Require Fingerprint Scope', 'the fingerprint of a machine'),
	requireComponentsScope: requires('Require Components Scope', 'components of the machine'),
	requireUserScope: requires('Require User Scope', 'the user'),
	requireChecksumScope: requires('Require Checksum Scope', 'the checksum of an artifact'),
	requireVersionScope: requires('Require Version Scope', 'the version of a release'),
});

const checks = attributes({
	requireCheckIn: flag('Require Check-In', 'licenses must be checked in regularly'),
	checkInInterval: choice('Check-In Interval', ['day', 'month', 'week', 'year'], {
		nullable: true,
	}),
	checkInIntervalCount: number('Check-In Interval Count', {
		min: 1,
		max: 365,
		default: 1,
		nullable: true,
		description: 'How many of the intervals',
	}),
	requireHeartbeat: flag('Require Heartbeat', 'machines must send heartbeats'),
	heartbeatDuration: number('Heartbeat Duration (Seconds)', {
		min: 60,
		default: 600,
		nullable: true,
		description: 'A machine without a heartbeat for longer is dead',
	}),
	heartbeatCullStrategy: choice('Heartbeat Cull Strategy', ['DEACTIVATE_DEAD', 'KEEP_DEAD'], {
		default: 'DEACTIVATE_DEAD',
	}),
	heartbeatResurrectionStrategy: choice(
		'Heartbeat Resurrection Strategy',
		{
			ALWAYS_REVIVE: 'Always',
			NO_REVIVE: 'Never',
			'10_MINUTE_REVIVE': 'Within 10 Minutes',
			'15_MINUTE_REVIVE': 'Within 15 Minutes',
			'1_MINUTE_REVIVE': 'Within 1 Minute',
			'2_MINUTE_REVIVE': 'Within 2 Minutes',
			'5_MINUTE_REVIVE': 'Within 5 Minutes',
		},
		{
			default: 'NO_REVIVE',
			description:
				"When a dead machine's heartbeat revives it. 'Always' needs the cull strategy Keep Dead.",
		},
	),
	heartbeatBasis: choice('Heartbeat Basis', ['FROM_CREATION', 'FROM_FIRST_PING'], {
		default: 'FROM_FIRST_PING',
		description: 'From Creation is usual where heartbeats are required',
	}),
});

const general = attributes({
	duration: number('Duration (Seconds)', {
		min: 86400,
		default: 31556952,
		nullable: 'Never Expires',
		description:
			'How long licenses are good. 31556952 is one year and 2629746 one month of the calendar, 2592000 is 30 days. Keygen takes other numbers apart into calendar years, months, weeks and days, so that 31536000 (365 days) ends about 19 hours early.',
	}),
	strict: flag('Strict', 'a license over its limits is invalid'),
	floating: flag('Floating', 'a license can be used on several machines'),
	protected: flag('Protected', 'only those who may manage licenses can create and use them'),
	metadata,
});

const fixed = attributes({
	scheme: choice(
		'Scheme',
		[
			'ECDSA_P256_SIGN',
			'ED25519_SIGN',
			'LEGACY_ENCRYPT',
			'RSA_2048_JWT_RS256',
			'RSA_2048_PKCS1_ENCRYPT',
			'RSA_2048_PKCS1_PSS_SIGN',
			'RSA_2048_PKCS1_PSS_SIGN_V2',
			'RSA_2048_PKCS1_SIGN',
			'RSA_2048_PKCS1_SIGN_V2',
		],
		{
			default: 'ED25519_SIGN',
			description: 'How keys are signed, so that they can be verified offline',
		},
	),
	encrypted: flag(
		'Encrypted',
		'keys are stored hashed, by the scheme Legacy Encrypt; that scheme cannot be used without it',
	),
	usePool: flag('Use Pool', 'licenses take their keys from a pool'),
});

const names = <F extends object>(fields: F) => Object.keys(fields) as Array<keyof F & string>;
const changeable = [
	...names(general),
	...names(limits),
	...names(strategies),
	...names(scopes),
	...names(checks),
];

export const policy = resource({
	label: 'Policy',
	type: 'policies',
	docs: 'policies',
	fields: {
		...attributes({ name: text('Name', { placeholder: 'e.g. Yearly' }) }),
		...general,
		...limits,
		...strategies,
		...scopes,
		...checks,
		...fixed,
		...relationships({ product: record('Product', 'product'), environment }),
		...linkages({ entitlements: records('Entitlement', 'entitlement') }),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create policy',
			request: 'POST /policies',
			required: ['product', 'name'],
			optional: [...names(fixed), ...changeable, 'environment'],
		},
		get: {
			name: 'Get',
			action: 'Get policy',
			request: 'GET /policies/{policy}',
			include: ['entitlements', 'product'],
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many policies',
			request: 'GET /policies',
			answer: 'list',
			filters: ['product'],
			include: ['entitlements', 'product'],
		},
		update: {
			name: 'Update',
			action: 'Update policy',
			request: 'PATCH /policies/{policy}',
			optional: ['name', ...changeable],
		},
		delete: {
			name: 'Delete',
			action: 'Delete policy',
			request: 'DELETE /policies/{policy}',
			notice:
				'Deletes the licenses of the policy with their machines as well. This cannot be undone.',
		},
		...owners('policy', ['product']),
		...members('policy', {
			path: 'licenses',
			record: 'license',
			one: 'license',
			many: 'licenses',
			filters: ['product', 'user', 'suspended'],
		}),
		...members('policy', { path: 'pool', record: 'poolKey', one: 'pool key', many: 'pool keys' }),
		popKey: {
			name: 'Pop Pool Key',
			action: 'Pop policy pool key',
			description: 'Take a key out of the pool; it comes back only this once',
			request: 'DELETE /policies/{policy}/pool',
			answer: 'record',
			repeatable: false,
		},
		...members('policy', {
			path: 'entitlements',
			record: 'entitlement',
			one: 'entitlement',
			many: 'entitlements',
		}),
		attachEntitlements: {
			name: 'Attach Entitlements',
			action: 'Attach entitlements to policy',
			request: 'POST /policies/{policy}/entitlements',
			link: 'entitlements',
			answer: 'records',
		},
		detachEntitlements: {
			name: 'Detach Entitlements',
			action: 'Detach entitlements from policy',
			request: 'DELETE /policies/{policy}/entitlements',
			link: 'entitlements',
			answer: 'done',
			repeatable: false,
		},
	},
});
