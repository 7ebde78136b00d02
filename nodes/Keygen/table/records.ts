/** Another name by which the service finds a record in a path. */
export interface Alias {
	/** Mode of the resource locator. */
	mode: string;
	label: string;
	placeholder: string;
	/** Holding it lets one act as the record's owner. */
	secret?: true;
	/** Several records may have it: the attribute that holds it. The service takes the oldest one. */
	sharedBy?: string;
}

/** What narrows an alias that several records may have. */
export interface Narrowing {
	/** Name of the option in the panel. */
	name: string;
	label: string;
	record: 'license' | 'product' | 'package' | 'release';
	/** Parameter of the list. */
	parameter: string;
}

/** A kind of record that a user can point at. */
export interface RecordKind {
	label: string;
	/** JSON:API type, and the path segment. */
	type: string;
	aliases?: Alias[];
	/** Attributes that make its name in lists, first filled one wins; the rest explain it. */
	title: string[];
	/** Where its list is, if not at `/type`; may hang on a record chosen before. */
	listedAt?: string;
	/** Sent with its list. */
	listQuery?: ReadonlyArray<[name: string, value: string]>;
	/** Relation to the record that a choice is explained by, or named by where it has no name. */
	explainedBy?: string;
	/** Attribute of which lists show no more than the end, since it lets one act as the owner. */
	hidden?: string;
	/** `meta.type` of a search, and the attributes that are searched. */
	search?: { type: string; keys: string[] };
	/** What is mistaken for its ID may be a secret, and is not shown. */
	confidential?: true;
	/** For aliases that several records may have. */
	narrowedBy?: readonly Narrowing[];
	/** Parameter by which its list is filtered for its alias, where there is one. */
	aliasFilter?: string;
	/** Whether the service takes no alias of it below another record, by the path. */
	lookedUpBelow?: (path: string) => boolean;
	/** Sent when it is only looked up. */
	headers?: Readonly<Record<string, string>>;
}

const code = (placeholder: string): Alias => ({ mode: 'code', label: 'By Code', placeholder });
const key = (placeholder: string): Alias => ({ mode: 'key', label: 'By Key', placeholder });

/** Without them the service lists users of the role `user` alone. */
const ROLES = ['admin', 'developer', 'read-only', 'sales-agent', 'support-agent', 'user'];

/**
 * Every kind of record that paths and bodies name. Only the aliases that the service's lookup
 * accepts are here; groups, policies and most others have none.
 */
export const RECORDS = {
	arch: { label: 'Arch', type: 'arches', title: ['name', 'key'] },
	artifact: {
		label: 'Artifact',
		type: 'artifacts',
		title: ['filename'],
		aliases: [
			{
				mode: 'filename',
				label: 'By Filename',
				placeholder: 'e.g. App-1.0.0.dmg',
				sharedBy: 'filename',
			},
		],
		narrowedBy: [
			{
				name: 'artifactRelease',
				label: 'Release of Artifact',
				record: 'release',
				parameter: 'release',
			},
			{
				name: 'artifactProduct',
				label: 'Product of Artifact',
				record: 'product',
				parameter: 'product',
			},
		],
		headers: { Prefer: 'no-download' },
	},
	channel: { label: 'Channel', type: 'channels', title: ['name', 'key'] },
	component: { label: 'Component', type: 'components', title: ['name', 'fingerprint'] },
	constraint: {
		label: 'Constraint',
		type: 'constraints',
		title: [],
		explainedBy: 'entitlement',
		listedAt: '/releases/{release}/constraints',
	},
	engine: {
		label: 'Engine',
		type: 'engines',
		title: ['name', 'key'],
		aliases: [key('e.g. npm')],
		lookedUpBelow: () => true,
	},
	entitlement: {
		label: 'Entitlement',
		type: 'entitlements',
		title: ['name', 'code'],
		aliases: [code('e.g. PREMIUM_SUPPORT')],
		lookedUpBelow: () => true,
		search: { type: 'entitlement', keys: ['name', 'code'] },
	},
	environment: {
		label: 'Environment',
		type: 'environments',
		title: ['name', 'code'],
		aliases: [code('e.g. sandbox')],
	},
	eventLog: { label: 'Event Log', type: 'event-logs', title: ['event', 'created'] },
	group: {
		label: 'Group',
		type: 'groups',
		title: ['name'],
		search: { type: 'group', keys: ['name'] },
	},
	groupOwner: {
		label: 'Owner',
		type: 'owners',
		title: [],
		explainedBy: 'user',
		listedAt: '/groups/{group}/owners',
	},
	key: { label: 'Key', type: 'keys', title: [], hidden: 'key', confidential: true },
	license: {
		label: 'License',
		type: 'licenses',
		title: ['name'],
		hidden: 'key',
		aliases: [
			{
				mode: 'key',
				label: 'By Key',
				placeholder: 'e.g. C1B6DE-39A6E3-DE1529-8559A0-4AF593-V3',
				secret: true,
			},
		],
		search: { type: 'license', keys: ['name', 'key'] },
	},
	machine: {
		label: 'Machine',
		type: 'machines',
		title: ['name', 'fingerprint'],
		aliases: [
			{
				mode: 'fingerprint',
				label: 'By Fingerprint',
				placeholder: 'e.g. 4d:Eq:UV:D3:XZ:tL:WN:Bz',
				sharedBy: 'fingerprint',
			},
		],
		narrowedBy: [
			{
				name: 'machineLicense',
				label: 'License of Machine',
				record: 'license',
				parameter: 'license',
			},
		],
		aliasFilter: 'fingerprint',
		search: { type: 'machine', keys: ['name', 'fingerprint'] },
	},
	package: {
		label: 'Package',
		type: 'packages',
		title: ['name', 'key'],
		aliases: [{ ...key('e.g. my-package'), sharedBy: 'key' }],
		lookedUpBelow: (path) => path.startsWith('/products/'),
		narrowedBy: [
			{
				name: 'packageProduct',
				label: 'Product of Package',
				record: 'product',
				parameter: 'product',
			},
		],
	},
	plan: { label: 'Plan', type: 'plans', title: ['name'], listedAt: '/v1/plans' },
	platform: { label: 'Platform', type: 'platforms', title: ['name', 'key'] },
	policy: {
		label: 'Policy',
		type: 'policies',
		title: ['name'],
		explainedBy: 'product',
		search: { type: 'policy', keys: ['name'] },
	},
	poolKey: {
		label: 'Key',
		type: 'keys',
		title: [],
		hidden: 'key',
		listedAt: '/policies/{policy}/pool',
		confidential: true,
	},
	process: { label: 'Process', type: 'processes', title: ['pid', 'status'] },
	product: {
		label: 'Product',
		type: 'products',
		title: ['name', 'code'],
		aliases: [code('e.g. my-app')],
		lookedUpBelow: (path) => path.startsWith('/users/'),
		search: { type: 'product', keys: ['name'] },
	},
	release: {
		label: 'Release',
		type: 'releases',
		title: ['name', 'version'],
		aliases: [
			{
				mode: 'version',
				label: 'By Version',
				placeholder: 'e.g. 1.0.0',
				sharedBy: 'version',
			},
			{ mode: 'tag', label: 'By Tag', placeholder: 'e.g. latest', sharedBy: 'tag' },
		],
		narrowedBy: [
			{
				name: 'releaseProduct',
				label: 'Product of Release',
				record: 'product',
				parameter: 'product',
			},
			{
				name: 'releasePackage',
				label: 'Package of Release',
				record: 'package',
				parameter: 'package',
			},
		],
		search: { type: 'release', keys: ['version', 'tag'] },
	},
	requestLog: { label: 'Request Log', type: 'request-logs', title: ['method', 'url', 'created'] },
	secondFactor: {
		label: 'Second Factor',
		type: 'second-factors',
		title: ['created'],
		listedAt: '/users/{user}/second-factors',
	},
	setting: {
		label: 'Setting',
		type: 'settings',
		title: ['key'],
		listedAt: '/v1/accounts/{account}/settings',
		aliases: [key('e.g. default_license_permissions')],
	},
	token: { label: 'Token', type: 'tokens', title: ['name', 'kind', 'created'], confidential: true },
	user: {
		label: 'User',
		type: 'users',
		title: ['email', 'fullName'],
		aliases: [{ mode: 'email', label: 'By Email', placeholder: 'e.g. jane@example.com' }],
		lookedUpBelow: (path) => /^\/(groups|products)\//.test(path),
		listQuery: ROLES.map((role) => ['roles[]', role]),
		search: { type: 'user', keys: ['email', 'name'] },
	},
	webhookEndpoint: { label: 'Webhook Endpoint', type: 'webhook-endpoints', title: ['url'] },
	webhookEvent: {
		label: 'Webhook Event',
		type: 'webhook-events',
		title: ['event', 'status', 'created'],
	},
} as const satisfies Record<string, RecordKind>;

export type RecordName = keyof typeof RECORDS;

export const isRecordName = (name: string): name is RecordName => Object.hasOwn(RECORDS, name);

/** The kind of a record by its name in paths and fields. */
export function recordKind(name: string): RecordKind {
	return RECORDS[name as RecordName];
}

/** Whether several records of a kind may have the same alias. */
export function isShared(name: string): boolean {
	return recordKind(name).narrowedBy !== undefined;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is an ID as the service makes them. */
export function isUuid(value: string): boolean {
	return UUID.test(value);
}
