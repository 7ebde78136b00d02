type Json = Record<string, unknown>;
type Shape = {
	[field: string]: Shape | 'text' | 'texts' | 'ips' | 'port' | 'time' | 'any' | Shape[];
};

const USER: Shape = { userid: 'text', emailAddresses: 'texts', productObjectId: 'text' };
const RESOURCE: Shape = { name: 'text', productObjectId: 'text', resourceSubtype: 'text' };
const NOUN: Shape = {
	application: 'text',
	hostname: 'text',
	ip: 'ips',
	port: 'port',
	user: USER,
	resource: RESOURCE,
};

/** The fields that are used of Google's UDM field list, under their JSON names. */
const EVENT: Shape = {
	metadata: {
		eventTimestamp: 'time',
		eventType: 'text',
		vendorName: 'text',
		productName: 'text',
		productEventType: 'text',
		productLogId: 'text',
		productDeploymentId: 'text',
		description: 'text',
	},
	principal: NOUN,
	target: NOUN,
	about: [NOUN],
	network: { http: { userAgent: 'text' } },
	securityResult: [
		{ action: 'texts', category: 'texts', severity: 'text', summary: 'text', description: 'text' },
	],
	extensions: { auth: { type: 'text' } },
	additional: 'any',
};
const ACTIONS = ['ALLOW', 'BLOCK', 'ALLOW_WITH_MODIFICATION', 'QUARANTINE', 'FAIL', 'CHALLENGE'];
const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** What the usage guide requires of each event type: paths that must be there. */
const USER_EVENT = ['target.user.userid', 'target.application'];
const RESOURCE_EVENT = ['principal.user.userid', 'target.resource.name'];
const REQUIRED: Record<string, string[]> = {
	USER_LOGIN: [...USER_EVENT, 'extensions.auth.type'],
	USER_LOGOUT: [...USER_EVENT, 'extensions.auth.type'],
	USER_CREATION: USER_EVENT,
	USER_DELETION: USER_EVENT,
	USER_CHANGE_PASSWORD: USER_EVENT,
	USER_CHANGE_PERMISSIONS: USER_EVENT,
	USER_UNCATEGORIZED: USER_EVENT,
	USER_COMMUNICATION: ['principal.user.userid'],
	USER_RESOURCE_CREATION: RESOURCE_EVENT,
	USER_RESOURCE_ACCESS: RESOURCE_EVENT,
	USER_RESOURCE_UPDATE_CONTENT: RESOURCE_EVENT,
	USER_RESOURCE_UPDATE_PERMISSIONS: RESOURCE_EVENT,
	USER_RESOURCE_DELETION: RESOURCE_EVENT,
	GROUP_CREATION: ['target.application'],
	GROUP_DELETION: ['target.application'],
	GROUP_MODIFICATION: ['target.application'],
	GENERIC_EVENT: ['target.application'],
};

/** What Google's guide does not allow of an event; empty when all is well. */
export function udmProblems(event: Json): string[] {
	const { metadata, principal, securityResult } = event as {
		metadata: Json;
		principal?: { ip?: string[]; port?: number };
		securityResult: Array<{ action?: string[]; severity: string }>;
	};
	const type = String(metadata.eventType);
	const required = REQUIRED[type];
	const problems = misfits(event, EVENT, 'event');
	if (!required) problems.push(`${type} is no event type`);
	for (const path of required ?? []) {
		if (valueAt(event, path) === undefined) problems.push(`${type} requires ${path}`);
	}
	if (principal?.port !== undefined && principal.ip?.length !== 1) problems.push('port and ip');
	for (const { action = [], severity } of securityResult) {
		if (!SEVERITIES.includes(severity)) problems.push(`severity ${severity}`);
		if (action.some((word) => !ACTIONS.includes(word))) problems.push(`action ${action.join()}`);
		if (type === 'USER_LOGIN' && action.includes('FAIL'))
			problems.push('a login that is not blocked');
		if (type === 'USER_LOGIN' && action.includes('BLOCK') && !('category' in securityResult[0])) {
			problems.push('a failed login requires a category');
		}
	}
	return problems;
}

function valueAt(event: Json, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((object, name) => (object as Json | undefined)?.[name], event);
}

function misfits(value: unknown, shape: Shape[string], path: string): string[] {
	const isText = (entry: unknown) => typeof entry === 'string' && entry !== '';
	const list = (): unknown[] => (Array.isArray(value) && value.length > 0 ? value : [undefined]);
	const unless = (fits: boolean) => (fits ? [] : [`${path} does not fit`]);
	if (Array.isArray(shape)) return list().flatMap((entry) => misfits(entry, shape[0], `${path}[]`));
	switch (shape) {
		case 'any':
			return [];
		case 'text':
			return unless(isText(value));
		case 'texts':
		case 'ips':
			return unless(list().every(isText));
		case 'port':
			return unless(Number.isInteger(value));
		case 'time':
			return unless(new Date(String(value)).toISOString() === value);
		default:
			if (typeof value !== 'object' || value === null) return [`${path} is no object`];
			return Object.entries(value).flatMap(([name, member]) => {
				const inner = shape[name];
				return inner ? misfits(member, inner, `${path}.${name}`) : [`${path}.${name} is no field`];
			});
	}
}
