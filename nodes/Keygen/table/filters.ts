import {
	choice,
	choices,
	dateTime,
	day,
	duration,
	flag,
	list,
	number,
	pairs,
	query,
	record,
	text,
	type Unplaced,
} from './fields';
import type { Field } from './field';
import { ENGINES, CHANNELS } from './release-values';

const period = (label: string, at: string, description: string) =>
	duration(label, { at: `query.${at}`, description });
const moment = (label: string, at: string) => dateTime(label, { at: `query.${at}` });
const count = (label: string, at: string) => number(label, { at: `query.${at}`, default: 1 });
const states = (values: Record<string, string>, description?: string) =>
	choice('Status', values, { at: 'query.status', ...(description && { description }) });

const BEARERS = ['environment', 'license', 'product', 'user'];
const LOGGED = [
	...BEARERS,
	'account',
	'artifact',
	'component',
	'entitlement',
	'group',
	'key',
	'machine',
	'package',
	'policy',
	'process',
	'release',
	'second-factor',
	'token',
];

const definitions = {
	activated: flag('Activated', 'the license has a machine'),
	activationsAbove: count('Activations More Than', 'activations[gt]'),
	activationsAtLeast: count('Activations at Least', 'activations[gte]'),
	activationsAtMost: count('Activations at Most', 'activations[lte]'),
	activationsBelow: count('Activations Fewer Than', 'activations[lt]'),
	activationsExactly: count('Activations Exactly', 'activations[eq]'),
	active: flag(
		'Active',
		"the user owns a license; an older name of Assigned, not the user's status",
	),
	activeAfter: moment('Active After', 'activity[after]'),
	activeBefore: moment('Active Before', 'activity[before]'),
	activeWithin: period(
		'Active Within',
		'activity[inside]',
		'Created, validated, checked in or checked out during this period up to now',
	),
	inactiveFor: period(
		'Inactive For',
		'activity[outside]',
		'Neither created, validated, checked in nor checked out during this period up to now',
	),
	arch: text('Arch', {
		placeholder: 'e.g. amd64',
		description: 'Key of the processor architecture',
	}),
	assigned: flag(
		'Assigned',
		'the license has an owner or users, or the user owns a license; to be one of its further users does not count',
	),
	unassigned: flag('Unassigned', 'the license has neither owner nor users'),
	bearerId: text('Bearer ID', {
		at: 'query.bearer[id]',
		description: 'ID of who or what holds the token',
	}),
	bearerRole: choices(
		'Bearer Roles',
		[
			'admin',
			'developer',
			'environment',
			'license',
			'product',
			'read-only',
			'sales-agent',
			'support-agent',
			'user',
		],
		{
			at: 'query.bearer[role]',
			description: 'Several roles need a server newer than 1.7.0',
		},
	),
	bearerType: choice('Bearer Type', ['environment', 'license', 'product', 'user'], {
		at: 'query.bearer[type]',
	}),
	channel: choice('Channel', CHANNELS, {
		default: 'stable',
		description:
			'Of this channel or a more stable one: Beta lists betas, release candidates and stable releases. Dev stands alone.',
	}),
	constraints: list('Constraints', {
		at: 'query.constraints[]',
		placeholder: 'e.g. PREMIUM',
		description:
			'Codes of entitlements: lists releases that need none, and those that need no others than these',
	}),
	dateEnd: day('To', {
		at: 'query.date[end]',
		description: "Last day, in UTC; goes with 'From', and is today when not given",
	}),
	dateStart: day('From', {
		at: 'query.date[start]',
		description: 'First day, in UTC; more than 32 days are fetched in several requests',
	}),
	engine: choice('Engine', ENGINES),
	entitlements: list('Entitlements', {
		at: 'query.entitlements[]',
		placeholder: 'e.g. PREMIUM',
		description: "The same as 'Constraints'; given with it, releases must fit both",
	}),
	event: text('Event', { placeholder: 'e.g. license.created' }),
	events: choices('Event Names or IDs', {}, { at: 'query.events[]', loadOptions: 'getEventNames' }),
	expired: flag('Expired', 'the license has expired'),
	expiredAfter: moment('Expired After', 'expired[after]'),
	expiredBefore: moment('Expired Before', 'expired[before]'),
	expiredOn: day('Expired On', { at: 'query.expired[on]' }),
	expiredWithin: period(
		'Expired Within',
		'expired[within]',
		'Expired during this period up to now',
	),
	expiresAfter: moment('Expires After', 'expires[after]'),
	expiresBefore: moment('Expires Before', 'expires[before]'),
	expiresOn: day('Expires On', { at: 'query.expires[on]' }),
	expiresWithin: period(
		'Expires Within',
		'expires[within]',
		'Expires during this period from now on',
	),
	expiring: flag('Expiring', 'the license expires within three days'),
	filetype: text('Filetype', { placeholder: 'e.g. dmg' }),
	fingerprint: text('Fingerprint'),
	group: record('Group', 'group'),
	hostname: text('Hostname'),
	ip: text('IP Address', { placeholder: 'e.g. 192.0.2.10' }),
	key: text('License Key', {
		secret: true,
		description: 'Key of the license that the machine belongs to',
	}),
	license: record('License', 'license'),
	licenseStatus: states(
		{
			ACTIVE: 'Active',
			BANNED: 'Banned',
			EXPIRED: 'Expired',
			EXPIRING: 'Expiring',
			INACTIVE: 'Inactive',
			SUSPENDED: 'Suspended',
		},
		'Active and Inactive go by use within 90 days alone, so that they include suspended, expiring and expired licenses',
	),
	machine: record('Machine', 'machine'),
	metadata: pairs('Metadata', { description: 'Values that its metadata must have' }),
	method: choice('Method', {
		DELETE: 'DELETE',
		GET: 'GET',
		PATCH: 'PATCH',
		POST: 'POST',
		PUT: 'PUT',
	}),
	owner: record('Owner', 'user'),
	package: record('Package', 'package'),
	platform: text('Platform', { placeholder: 'e.g. darwin', description: 'Key of the platform' }),
	policy: record('Policy', 'policy'),
	product: record('Product', 'product'),
	pulse: states({ ALIVE: 'Alive', DEAD: 'Dead' }),
	release: record('Release', 'release'),
	request: text('Request ID', { at: 'query.request' }),
	requestor: text('Requestor ID', {
		at: 'query.requestor',
		description: 'ID of who or what made the request',
	}),
	requestorType: choice('Requestor Type', BEARERS, {
		at: 'query.requestor[type]',
		default: 'user',
		description: "Of the record with the 'Requestor ID'",
	}),
	requestUrl: text('URL', { at: 'query.url', placeholder: 'e.g. /v1/accounts/demo/licenses' }),
	resource: text('Record ID', {
		at: 'query.resource',
		description: 'ID of the record that it is about',
	}),
	resourceType: choice('Record Type', LOGGED, {
		at: 'query.resource[type]',
		default: 'license',
		description: "Of the record with the 'Record ID'",
	}),
	responseStatus: number('Status Code', { at: 'query.status', min: 100, max: 599, default: 200 }),
	roles: choices(
		'Roles',
		['admin', 'developer', 'read-only', 'sales-agent', 'support-agent', 'user'],
		{
			at: 'query.roles[]',
			description: "Without it only users with the role 'User' are listed",
		},
	),
	artifactStatus: states({
		FAILED: 'Failed',
		PROCESSING: 'Processing',
		UPLOADED: 'Uploaded',
		WAITING: 'Waiting',
		YANKED: 'Yanked',
	}),
	releaseStatus: states({ DRAFT: 'Draft', PUBLISHED: 'Published', YANKED: 'Yanked' }),
	suspended: flag('Suspended', 'the license is suspended'),
	user: record('User', 'user'),
	userStatus: states(
		{ ACTIVE: 'Active', BANNED: 'Banned', INACTIVE: 'Inactive' },
		'Active: created within 90 days, or with a license that was used within 90 days',
	),
	whodunnit: text('Who', {
		at: 'query.whodunnit',
		description: 'ID of who or what caused the event',
	}),
	whodunnitType: choice('Who Type', BEARERS, {
		at: 'query.whodunnit[type]',
		default: 'user',
		description: "Of who or what has the ID in 'Who'",
	}),
	withoutOfArtifact: choices(
		'Without',
		{
			arch: 'Arch',
			engine: 'Engine',
			filetype: 'Filetype',
			package: 'Package',
			platform: 'Platform',
		},
		{ at: 'query.without', blanks: true, description: 'Artifacts that have none of these' },
	),
	withoutOfRelease: choices(
		'Without',
		{ engine: 'Engine', package: 'Package' },
		{ at: 'query.without', blanks: true, description: 'Releases that have none of these' },
	),
	yanked: flag('Yanked', 'the release is yanked'),
} satisfies Record<string, Unplaced>;

export type FilterName = keyof typeof definitions;

/** Every documented filter of the lists, with its type. A malformed value would list nothing. */
export const FILTERS: Readonly<Record<FilterName, Field>> = query(definitions);
