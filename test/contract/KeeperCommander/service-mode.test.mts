import { openWorkbench } from './workbench.mts';

const ben = 'ben@northfield.example';
const key = 'abcdefghijklmnopqrstuvwxyz012345';

describe('encrypted results', () => {
	test('are read with the right key, and plain errors too', async () => {
		const bench = await openWorkbench({ encryptionKey: key });
		const credential = { encryptionSecret: key };
		expect(await bench.get('user.lock', { email: ben }, { credential })).toMatchObject([
			{ outcome: 'done', status: 'Locked' },
		]);
		const parameters = { command: 'enterprise-user --lock nobody@x.org' };
		expect(await bench.fail('command.run', parameters, { credential })).toMatchObject({
			error: expect.stringContaining('No such user(s)'),
		});
	});

	test.each([
		['a wrong key', 'X'.repeat(32)],
		['no key', ''],
	])('are not read with %s, and nothing is changed', async (_, encryptionSecret) => {
		const bench = await openWorkbench({ encryptionKey: key });
		expect(
			await bench.fail('user.lock', { email: ben }, { credential: { encryptionSecret } }),
		).toMatchObject({
			outcome: 'notDone',
			error: 'The response from Service Mode cannot be read [item 0]',
			description: expect.stringContaining("'Encryption Key'"),
		});
		expect(bench.changed()).toEqual([]);
	});

	test('may be switched off while the credential still has a key', async () => {
		const bench = await openWorkbench();
		const credential = { encryptionSecret: key };
		expect(await bench.get('user.getAll', { limit: 1 }, { credential })).toHaveLength(1);
	});
});

describe('limits', () => {
	test('of calls a minute are waited for, and nothing is sent twice', async () => {
		const bench = await openWorkbench({ rateLimit: '3/minute' });
		// Time passes faster here: a minute for each call.
		const pass = setInterval(() => bench.sandbox.clock.advance(20_000), 300);
		const [done] = await bench.get('user.lock', { email: ben }).finally(() => clearInterval(pass));
		expect(done).toMatchObject({ outcome: 'done' });
		expect(bench.changed()).toHaveLength(1);
	});

	test('of the queue are waited for', async () => {
		const bench = await openWorkbench();
		bench.sandbox.fault({ on: 'submit', line: '--lock', kind: 'queue-full' });
		expect(await bench.get('user.lock', { email: ben })).toMatchObject([{ outcome: 'done' }]);
		expect(bench.changed()).toHaveLength(1);
	});
});

test('a passing failure while waiting for a result is passed over', async () => {
	const bench = await openWorkbench();
	bench.sandbox.fault({ on: 'result', line: '--lock', kind: 'reset-before' });
	bench.sandbox.fault({ on: 'result', line: '--lock', kind: 'html-502' });
	expect(await bench.get('user.lock', { email: ben })).toMatchObject([
		{ outcome: 'done', said: `${ben} is locked` },
	]);
});

test('a command that waited too long in the queue was dropped', async () => {
	const bench = await openWorkbench();
	bench.sandbox.service.queue.running = false;
	const running = bench.fail('user.lock', { email: ben });
	while (bench.sandbox.service.queue.size === 0)
		await new Promise((resolve) => setTimeout(resolve, 5));
	bench.sandbox.clock.advance(301_000);
	expect(await running).toMatchObject({
		error: 'The command waited too long in the queue and was dropped [item 0]',
		outcome: 'notDone',
	});
});

describe('a service that refuses is told in words', () => {
	test.each<[string, Parameters<typeof openWorkbench>[0], Record<string, unknown>, string, string]>(
		[
			[
				'an unknown key',
				{},
				{ apiKey: 'x' },
				'Service Mode does not know the API key',
				"'API Key'",
			],
			[
				'an expired key',
				{ keys: [{ key: 'old', commands: ['enterprise-down'], expires: 1 }] },
				{ apiKey: 'old' },
				'The API key has expired',
				'service-config-add',
			],
			[
				'a list without the command',
				{ commands: ['enterprise-down'] },
				{},
				"The API key may not run 'enterprise-info'",
				'enterprise-down, enterprise-info, enterprise-user',
			],
			['a queue that is off', { queue: false }, {}, 'The server responds, but not as', '-q y'],
			['a strange address', { allowed: ['192.0.2.1'] }, {}, 'does not let n8n in', '-aip'],
		],
	)('%s', async (_, options, credential, message, advice) => {
		const bench = await openWorkbench(options);
		expect(await bench.fail('user.lock', { email: ben }, { credential })).toMatchObject({
			error: expect.stringContaining(message),
			description: expect.stringContaining(advice),
			outcome: 'notDone',
		});
		expect(bench.changed()).toEqual([]);
	});

	test('an unknown key ends the calls of a run', async () => {
		const bench = await openWorkbench();
		const items = [{ json: {} }, { json: {} }];
		const { outputs } = await bench.run(
			'user.lock',
			{ email: ben },
			{ items, credential: { apiKey: 'x' }, settings: { onError: 'continueRegularOutput' } },
		);
		expect(outputs[0][1].json.error).toContain('did not accept the API key for an earlier item');
		expect(bench.sandbox.requests()).toHaveLength(1);
	});

	test('a redirect is not followed', async () => {
		const bench = await openWorkbench();
		bench.sandbox.fault({ on: 'submit', kind: 'redirect' });
		expect(await bench.fail('user.lock', { email: ben })).toMatchObject({
			error: 'The server redirects requests, and redirects are not followed [item 0]',
		});
	});

	test('rows that are a text', async () => {
		const bench = await openWorkbench();
		bench.sandbox.commander.isRootAdmin = false;
		expect(await bench.fail('apiToken.getAll')).toMatchObject({
			error: "Commander returned no rows for 'public-api-key': Invalid JSON response [item 0]",
			description: expect.stringContaining('Root Administrator'),
		});
	});

	test('a compliance report without what it needs', async () => {
		const bench = await openWorkbench();
		expect(await bench.fail('report.compliance', { complianceReport: 'report' })).toMatchObject({
			error: expect.stringContaining('Get record and sharing information'),
		});
	});
});

describe('input that cannot be sent names its field', () => {
	test.each<[string, object, string]>([
		['user.lock', { email: '={{ "" }}' }, "'Email' is empty"],
		['user.lock', { email: '@all' }, "'Email' is not an email address"],
		['user.lock', { email: 'a@b c' }, "'Email' is not an email address"],
		[
			'user.invite',
			{ email: ben, additionalFields: { fullName: 'a\nb' } },
			"'Full Name' contains a line break",
		],
		[
			'user.invite',
			{ email: ben, additionalFields: { fullName: '@file' } },
			"'Full Name' begins with '@'",
		],
		[
			'user.invite',
			{ email: ben, additionalFields: { fullName: { a: 1 } } },
			"'Full Name' must be text",
		],
		['team.create', { teamName: "={{ 'x'.repeat(4100) }}" }, 'The command is 4122 characters long'],
		['report.action', { actionTarget: '={{ "some" }}' }, "'Users' cannot be 'some'"],
		[
			'report.action',
			{ actionTarget: 'all', additionalFields: { days: 1.5 } },
			"'Days' is not a whole number",
		],
		['report.audit', { additionalFields: { from: 'soon' } }, "'From' is not a date"],
		[
			'report.audit',
			{ additionalFields: { from: '2026-02-02', to: '2026-02-01' } },
			"'From' is later than 'To'",
		],
		[
			'report.audit',
			{ additionalFields: { from: '2026-02-02', period: 'today' } },
			"'Period' cannot be used",
		],
		[
			'command.run',
			{ command: 'whoami', additionalFields: { fileData: '[' } },
			"'File Data' is not a JSON",
		],
		['command.run', { command: 'whoami\nversion' }, "'Command' contains a line break"],
		['user.fly', {}, "The node has no operation 'fly' for 'user'"],
	])('%s %j', async (operation, parameters, message) => {
		const bench = await openWorkbench();
		const { error } = await bench.run(operation, parameters as never);
		expect(error?.message).toContain(message);
		expect(bench.changed()).toEqual([]);
	});
});

test('a stopped workflow waits for nothing', async () => {
	const bench = await openWorkbench();
	const release = bench.sandbox.hold();
	const stop = new AbortController();
	const running = bench.run('user.getAll', {}, { signal: stop.signal });
	setTimeout(() => stop.abort(), 300);
	const start = Date.now();
	await running;
	expect(Date.now() - start).toBeLessThan(10_000);
	release();
});

describe('a command of the user', () => {
	test('gives out its JSON, one item a row', async () => {
		const bench = await openWorkbench();
		expect(
			await bench.get('command.run', { command: 'enterprise-info --users --format=json' }),
		).toHaveLength(7);
		expect(await bench.get('command.run', { command: 'whoami --format=json' })).toMatchObject([
			{ logged_in: true },
		]);
	});

	test('gives out its text', async () => {
		const bench = await openWorkbench();
		expect(await bench.get('command.run', { command: 'version' })).toEqual([
			{ message: 'Commander Version: 18.0.13', status: 'success', httpStatus: 200 },
		]);
		expect(
			await bench.get('command.run', { command: 'device-approve -r --format=json' }),
		).toMatchObject([{ message: 'There are no pending devices to approve' }]);
		expect(
			await bench.get('command.run', { command: "enterprise-team --add 'Field Sales'" }),
		).toMatchObject([{ status: 'warning', httpStatus: 409 }]);
	});

	test('that asks a question says what is missing', async () => {
		const bench = await openWorkbench();
		expect(
			await bench.fail('command.run', { command: `enterprise-user --delete ${ben}` }),
		).toMatchObject({
			outcome: 'unknown',
			description: expect.stringContaining('-f'),
		});
	});

	test('needs no other command in the list of the key', async () => {
		const bench = await openWorkbench({ commands: ['enterprise-info'] });
		const command = 'enterprise-info --users --format=json';
		expect(await bench.get('command.run', { command })).toHaveLength(7);
		expect(await bench.fail('command.run', { command: 'version' })).toMatchObject({
			outcome: 'notDone',
			description: expect.stringContaining('must include: version'),
		});
	});

	test('is sent once, whatever happens', async () => {
		const bench = await openWorkbench();
		bench.sandbox.fault({ on: 'submit', kind: 'reset-after' });
		expect(await bench.fail('command.run', { command: 'version' })).toMatchObject({
			outcome: 'unknown',
		});
		expect(bench.changed()).toEqual(['version']);
	});

	test('is not run again by n8n behind the back of the user', async () => {
		const bench = await openWorkbench();
		const settings = { retryOnFail: true, onError: 'continueRegularOutput' as const };
		expect(await bench.fail('command.run', { command: 'version' }, { settings })).toMatchObject({
			error: expect.stringContaining("'Retry On Fail'"),
		});
		expect(bench.sandbox.requests()).toEqual([]);
	});
});

describe('a credential that differs per item', () => {
	test('leads each item to its own service', async () => {
		const [bench, other] = await Promise.all([openWorkbench(), openWorkbench()]);
		const items = [0, 1, 0].map(() => ({ json: {} }));
		const command = 'enterprise-team --add Sales';
		const at = { baseUrl: other.sandbox.url, apiKey: other.sandbox.apiKey };
		await bench.get(
			'command.run',
			{ command: "={{ 'enterprise-team --add Sales' + $itemIndex }}" },
			{ items, credentialOf: (itemIndex) => (itemIndex === 1 ? at : {}) },
		);
		expect([bench.changed(), other.changed()]).toEqual([
			[`${command}0`, `${command}2`],
			[`${command}1`],
		]);
	});

	test('and is not accepted for one of them fails that one alone', async () => {
		const bench = await openWorkbench();
		const items = [0, 1, 2].map(() => ({ json: {} }));
		const { outputs } = await bench.run(
			'command.run',
			{ command: 'version' },
			{
				items,
				settings: { onError: 'continueRegularOutput' },
				credentialOf: (itemIndex) => [{ apiKey: 'wrong-key' }, {}, { apiKey: '' }][itemIndex],
			},
		);
		expect(outputs[0].map(({ json }) => json.status ?? json.outcome)).toEqual([
			'notDone',
			'success',
			'notDone',
		]);
	});
});
