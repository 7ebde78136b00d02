import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
const ids: Record<string, string> = {};

beforeAll(async () => {
	bench = await openWorkbench();
	ids.product = bench.one('products');
	ids.policy = bench.one('policies', {}, { product: ids.product });
	ids.license = bench.one('licenses', {}, { policy: ids.policy });
	ids.user = bench.one('users', { email: 'taken@example.com' });
	bench.one('entitlements', { code: 'TAKEN' });
});

const absent = '00000000-0000-4000-8000-000000000000';
const license = () => ({ license: chosen(ids.license) });
const policyWith = (fields: object) =>
	[
		'policy.create',
		() => ({ product: chosen(ids.product), name: 'P', additionalFields: fields }),
	] as const;
const updated = (fields: object) =>
	['license.update', () => ({ ...license(), updateFields: fields })] as const;

/** A value that somebody may enter, and what the node says to it. */
const WRONG: Array<
	[
		what: string,
		operation: string,
		parameters: () => object,
		message: RegExp | string,
		advice?: RegExp,
	]
> = [
	[
		'no license',
		'license.get',
		() => ({ license: '={{ "" }}' }),
		"'License' is empty",
		/Choose it from the list, or give its ID or key/,
	],
	[
		'a name in place of an ID',
		'group.get',
		() => ({ group: chosen('Sales') }),
		"'Group' is 'Sales', which is not an ID",
		/only be given by its ID/,
	],
	[
		'the ID of nothing',
		'license.suspend',
		() => ({ license: chosen(absent) }),
		`License '${absent}' was not found`,
		/Check the ID/,
	],
	[
		'the email of nobody',
		'license.changeOwner',
		() => ({ ...license(), newOwner: chosen('no@body.com', 'email') }),
		"User 'no@body.com' was not found",
	],
	[
		'words for a date',
		...updated({ expiry: 'next tuesday' }),
		"'Expiry' is 'next tuesday', which is not a date",
		/2027-01-31/,
	],
	[
		'a day that no month has',
		...updated({ expiry: '2027-02-30' }),
		"'Expiry' is '2027-02-30', which is not a date",
	],
	[
		'a word for a number',
		...updated({ maxMachines: 'many' }),
		"'Max Machines' is 'many', which is not a number",
	],
	[
		'half a machine',
		...updated({ maxMachines: 1.5 }),
		"'Max Machines' is '1.5', but must be a whole number",
	],
	[
		'a limit below one',
		...updated({ maxMachines: -3 }),
		"'Max Machines' is '-3', but must be at least 1",
	],
	['nothing to change', ...updated({}), 'There is nothing to change', /'Update Fields'/],
	[
		'a field that is set and cleared',
		...updated({ expiry: '2027-01-31', clear: ['expiry'] }),
		"'Expiry' has a value and is under 'Clear Fields' as well",
	],
	[
		'a duration under a day',
		...policyWith({ duration: 60 }),
		"'Duration (Seconds)' is '60', but must be at least 86400",
	],
	[
		'an option that there is not',
		...policyWith({ scheme: '={{ "RSA" }}' }),
		/^'Scheme' is 'RSA', which is not one of .*ED25519_SIGN/,
	],
	[
		'several machines for a policy of one',
		...policyWith({ floating: false, maxMachines: 5 }),
		/^'Max Machines' must be/,
		/code MAX_MACHINES_INVALID/,
	],
	[
		'text that is no JSON',
		...policyWith({ metadataJson: '{oops' }),
		"'Metadata' must be an object",
	],
	[
		'an email that is none',
		'user.create',
		() => ({ email: 'jane' }),
		"'Email' is not an email address, or belongs to no user",
	],
	[
		'an email that is taken',
		'user.create',
		() => ({ email: 'taken@example.com' }),
		"'Email' is taken already",
		/Enter another value/,
	],
	[
		'a password of three letters',
		'user.create',
		() => ({ email: 'x@example.com', additionalFields: { password: 'abc' } }),
		"'Password' is too short (minimum is 6 characters)",
	],
	[
		'a code that is taken',
		'entitlement.create',
		() => ({ name: 'E', code: 'TAKEN' }),
		"'Code' is taken already",
	],
	[
		'an address without https',
		'webhookEndpoint.create',
		() => ({ url: 'http://example.com/hook' }),
		"'URL' must be a web address that starts with https://",
	],
	[
		'an address of this machine',
		'webhookEndpoint.create',
		() => ({ url: 'https://localhost/hook' }),
		"'URL' must name a public host",
		/tunnel/,
	],
	[
		'an event that there is not',
		'webhookEndpoint.create',
		() => ({
			url: 'https://example.com/hook',
			additionalFields: { subscriptions: ['license.born'] },
		}),
		"'Event Names or IDs' holds an event that this server does not know",
	],
	[
		'a period in words',
		'license.getAll',
		() => ({ returnAll: true, filters: { expiresWithin: 'a month' } }),
		"'Expires Within' is 'a month', which is not a period",
		/P30D/,
	],
	[
		'a version that is none',
		'release.create',
		() => ({ product: chosen(ids.product), version: 'one', channel: 'stable' }),
		"'Version' is not a semantic version",
		/1\.0\.0/,
	],
	[
		'a channel that does not fit the version',
		'release.create',
		() => ({ product: chosen(ids.product), version: '1.0.0-beta.1', channel: 'stable' }),
		'Version and channel do not fit',
	],
];

test.each(WRONG.map((row) => [row[0], row] as const))(
	'%s',
	async (_, [, operation, parameters, message, advice]) => {
		const { error } = await bench.run(operation, parameters() as never);
		if (typeof message === 'string') expect(error?.message).toBe(`${message} [item 0]`);
		else expect(error?.message).toMatch(message);
		if (advice) expect(error?.description).toMatch(advice);
		// No words of the API's inside, and none that only say that something is wrong.
		expect(error?.message).not.toMatch(
			/\/data|attributes|relationships|unprocessable|undefined|\berror\b|\bproblem\b/i,
		);
	},
);

test('all that is wrong is told at once', async () => {
	const { error } = await bench.run('license.update', {
		...license(),
		updateFields: { maxMachines: 'many', expiry: 'soon' },
	});
	expect(`${error?.message} ${error?.description}`).toMatch(
		/'Max Machines'.*'Expiry'|'Expiry'.*'Max Machines'/s,
	);
	const refused = await bench.run('policy.create', {
		product: chosen(ids.product),
		name: 'P',
		additionalFields: {
			floating: false,
			maxMachines: 5,
			heartbeatResurrectionStrategy: 'ALWAYS_REVIVE',
		},
	});
	expect(refused.error?.description).toMatch(
		/MAX_MACHINES_INVALID.*HEARTBEAT_|HEARTBEAT_.*MAX_MACHINES_INVALID/s,
	);
});

test.each([
	[
		'a token that is none',
		{ token: 'admin-nonsense-v3' },
		'Keygen does not know the token [item 0]',
	],
	[
		'an ID in place of a token',
		{ token: absent },
		'What was given as the token is not one [item 0]',
	],
	['no token', { token: ' ' }, "'Token' of the credential is empty [item 0]"],
	[
		'an account that is none',
		{ selfHostedAccount: 'nobody' },
		'Keygen does not know the account of the credential [item 0]',
	],
	[
		'an address that is none',
		{ baseUrl: 'keygen' },
		"'Base URL' of the credential is not a web address. Enter it with https:// in front [item 0]",
	],
	[
		'an address without https',
		{ baseUrl: 'http://keygen.example.com' },
		"'Base URL' of the credential must start with https://, because each request carries a secret [item 0]",
	],
	[
		'a server that is not there',
		{ baseUrl: 'http://127.0.0.1:9' },
		'Keygen cannot be reached [item 0]',
	],
	[
		'an environment that is none',
		{ environment: 'nowhere' },
		'Keygen does not know the environment [item 0]',
	],
	[
		'a version that the server does not know',
		{ apiVersion: '9.9' },
		'This Keygen server does not know the API version [item 0]',
	],
])(
	'a credential with %s',
	async (_, credential, message) => {
		const { error } = await bench.run('license.get', license(), { credential });
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/credential/i);
	},
	30_000,
);
