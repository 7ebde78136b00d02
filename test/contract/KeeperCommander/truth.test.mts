// What the service says is no proof of anything: what counts is what Keeper holds.
import { named, openWorkbench, type Workbench } from './workbench.mts';
import { present } from '../../present.mts';

let bench: Workbench;
beforeEach(async () => {
	bench = await openWorkbench();
});

const ben = 'ben@northfield.example';
const ann = 'ann.reserved@northfield.example';
const auditor = () => present(bench.sandbox.company.roles.find(({ name }) => name === 'Auditor'));
const userOf = (email: string) => bench.sandbox.company.users.find((user) => user.email === email);

describe('a success that is reported as a failure is a success', () => {
	test('400, because of a word in the address', async () => {
		expect(await bench.get('user.lock', { email: ann })).toMatchObject([
			{ email: ann, status: 'Locked', outcome: 'done', said: `${ann} is locked` },
		]);
	});

	test('207, because of a word in the address', async () => {
		expect(await bench.get('user.addToRole', { email: ann, role: named('Auditor') })).toMatchObject(
			[{ outcome: 'done', said: `${ann} added to role 'Auditor'` }],
		);
	});
});

describe('a failure that is reported as a success is a failure', () => {
	test('200 with the details of a user who has not accepted the invitation', async () => {
		const json = await bench.fail('user.lock', { email: 'eve@northfield.example' });
		expect(json).toMatchObject({
			outcome: 'notDone',
			error: "'Lock' did not take effect [item 0]",
			description: expect.stringContaining('has not accepted the invitation'),
			said: expect.stringContaining('User ID:'),
		});
		expect(userOf('eve@northfield.example')).toMatchObject({ lock: 'none' });
	});

	test('a transfer without consent', async () => {
		expect(
			await bench.fail('user.transferAccount', {
				email: 'finn@northfield.example',
				targetEmail: ben,
			}),
		).toMatchObject({
			outcome: 'notDone',
			error: expect.stringContaining('has not accepted account transfer'),
			description: expect.stringContaining('must have accepted account transfer'),
		});
	});
});

describe('nothing is sent', () => {
	afterEach(() => expect(bench.changed()).toEqual([]));

	test('for a role that does not exist', async () => {
		expect(
			await bench.fail('user.addToRole', { email: ben, role: named('auditor') }),
		).toMatchObject({
			outcome: 'notDone',
			error: "Role 'auditor' was not found [item 0]",
		});
	});

	test('for a name that two roles have', async () => {
		bench.sandbox.company.roles.push({ ...auditor(), id: 4711 });
		expect(
			await bench.fail('user.addToRole', { email: ben, role: named('Auditor') }),
		).toMatchObject({
			error: "'Role' 'Auditor' matches 2 records [item 0]",
			description: expect.stringContaining('4711'),
		});
	});

	test('for a user who is active already and is invited again', async () => {
		expect(await bench.get('user.invite', { email: 'Ben@Northfield.example' })).toMatchObject([
			{ email: ben, status: 'Active', outcome: 'alreadySo', said: null },
		]);
	});

	test('where what Keeper holds cannot be read first', async () => {
		bench.sandbox.fault({ on: 'result', line: 'enterprise-info', kind: 'strange-answer' });
		expect(await bench.fail('user.lock', { email: ben })).toMatchObject({ outcome: 'notDone' });
	});
});

test('two roles of one name are told apart by their ID', async () => {
	const { id } = auditor();
	bench.sandbox.company.roles.unshift({ ...auditor(), id: 4711 });
	await bench.get('user.addToRole', { email: ben, role: named(String(id)) });
	expect(bench.changed()).toEqual([`enterprise-user -f --add-role=${id} ${ben}`]);
	expect(userOf(ben)?.roleIds).toContain(id);
	expect(userOf(ben)?.roleIds).not.toContain(4711);
});

test('a record that is named is changed by its ID, whatever else has that name by then', async () => {
	await bench.get('user.addToTeam', { email: ben, team: named('Platform') });
	await bench.get('team.delete', { team: named('Platform') });
	expect(bench.changed()).toEqual([
		`enterprise-user -f --add-team=-mB1qRaA4zK6dYw2oS9tLx ${ben}`,
		'enterprise-team --delete -f -- -mB1qRaA4zK6dYw2oS9tLx',
	]);
});

test('what changed elsewhere is seen: Commander is made to read again, once a run', async () => {
	bench.sandbox.company.users.push({
		...present(userOf(ben)),
		id: 9,
		email: 'new@northfield.example',
	});
	const items = [{ json: { email: 'new@northfield.example' } }, { json: { email: ben } }];
	expect(await bench.get('user.lock', { email: '={{ $json.email }}' }, { items })).toMatchObject([
		{ outcome: 'done' },
		{ outcome: 'done' },
	]);
	expect(bench.sandbox.ran().filter(({ name }) => name === 'enterprise-down')).toHaveLength(1);
});

test('somebody who is invited joins a team in its queue, which counts', async () => {
	expect(
		await bench.get('user.addToTeam', { email: 'eve@northfield.example', team: named('Platform') }),
	).toMatchObject([{ outcome: 'done', queued_users: ['eve@northfield.example'] }]);
});

test('somebody who is unknown gets no role, and the reason is told', async () => {
	expect(
		await bench.fail('user.addToRole', { email: 'nobody@x.org', role: named('Auditor') }),
	).toMatchObject({
		outcome: 'notDone',
		error: "'Add to Role' did not take effect: enterprise-user: No such user(s) [item 0]",
		description: expect.stringContaining('No user has this email address'),
	});
});

test('a node that is in use stays', async () => {
	expect(await bench.fail('node.delete', { targetNode: named('Sales') })).toMatchObject({
		outcome: 'notDone',
		description: expect.stringContaining('Move its users'),
	});
});

test('a node of the same name elsewhere is another one', async () => {
	await bench.get('node.create', { parent: named('Sales'), nodeName: 'East' });
	expect(
		await bench.get('node.create', { parent: named('Engineering'), nodeName: 'East' }),
	).toMatchObject([{ outcome: 'done', parent_node: 'Northfield\\Engineering' }]);
});

test('a role for administrators does not wait for an answer', async () => {
	const role = named('Keeper Administrator');
	expect(await bench.get('user.addToRole', { email: ben, role })).toMatchObject([
		{ outcome: 'done' },
	]);
});

test('hostile values stay values, all the way to the vault', async () => {
	const before = structuredClone(bench.sandbox.company.users);
	const hostile = [
		"'; enterprise-user --delete -f ben@northfield.example; '",
		'--delete',
		'-f --delete',
		"O'Neil \\",
		'"quoted" \\"',
		'${last_record_uid}',
		'x --format=json',
		'<b>&amp;</b>',
		'\u0421\u043e\u0444\u0438\u044f 🔑',
	];
	const items = hostile.map((name, index) => ({ json: { name, email: `o'n-${index}@x.org` } }));
	const parameters = {
		email: '={{ $json.email }}',
		additionalFields: { fullName: '={{ $json.name }}', jobTitle: '={{ $json.name }}' },
	};
	await bench.get('user.invite', parameters, { items });
	const users = bench.sandbox.company.users;
	expect(users.slice(0, before.length)).toEqual(before);
	expect(users.slice(before.length).map(({ name, jobTitle }) => [name, jobTitle])).toEqual(
		hostile.map((name) => [name, name]),
	);
}, 60_000);

test('deleting says so in the way of n8n', async () => {
	expect(await bench.get('user.delete', { email: ben })).toEqual([
		{
			deleted: true,
			email: ben,
			user_id: expect.any(Number),
			outcome: 'done',
			said: `${ben} user deleted`,
		},
	]);
});

describe('a command whose end nobody sees', () => {
	test('is sent once, and is done if Keeper shows it', async () => {
		bench.sandbox.fault({ on: 'submit', line: '--lock', kind: 'reset-after' });
		expect(await bench.get('user.lock', { email: ben })).toMatchObject([
			{ outcome: 'done', said: 'The connection to Service Mode was lost' },
		]);
		expect(bench.changed()).toEqual([`enterprise-user -f --lock ${ben}`]);
	});

	test('is unknown if Keeper does not show it, and is not sent again', async () => {
		bench.sandbox.fault({ on: 'submit', line: '--lock', kind: 'reset-before' });
		const json = await bench.fail('user.lock', { email: ben });
		expect(json).toMatchObject({
			outcome: 'unknown',
			error:
				"It is unknown whether 'Lock' took effect: the connection to Service Mode was lost [item 0]",
			description: expect.stringContaining('Check in Keeper before you run it again'),
		});
		expect(bench.changed()).toEqual([]);
		expect(bench.sandbox.service.log.join()).not.toContain('--lock');
	});

	test.each(['strange-answer', 'html-502'] as const)(
		'as %s came back, is not sent again',
		async (kind) => {
			bench.sandbox.fault({ on: 'submit', line: '--lock', kind });
			const { outputs } = await bench.run(
				'user.lock',
				{ email: ben },
				{ settings: { onError: 'continueRegularOutput' } },
			);
			expect(outputs[0][0].json.outcome).toBe(kind === 'html-502' ? 'unknown' : 'done');
			expect(bench.changed().length).toBeLessThanOrEqual(1);
		},
	);

	test('because the service was restarted, is done if Keeper shows it', async () => {
		bench.sandbox.fault({ on: 'result', line: '--lock', kind: 'reset-after' });
		const running = bench.get('user.lock', { email: ben });
		while (!bench.sandbox.ran().some(({ words }) => words.includes('--lock')))
			await new Promise((resolve) => setTimeout(resolve, 5));
		bench.sandbox.restart();
		expect(await running).toMatchObject([
			{ outcome: 'done', said: 'Service Mode no longer knows the command' },
		]);
	});

	test('is looked for once more in a renewed copy', async () => {
		bench.sandbox.fault({ on: 'submit', line: '--lock', kind: 'reset-before' });
		// Somebody else does it in the meantime, and Commander does not know.
		const { submit } = bench.sandbox.service.queue;
		let reads = 0;
		bench.sandbox.service.queue.submit = (line, key) => {
			if (line.includes('enterprise-info') && ++reads === 2) present(userOf(ben)).lock = 'admin';
			return submit.call(bench.sandbox.service.queue, line, key);
		};
		expect(await bench.get('user.lock', { email: ben })).toMatchObject([{ outcome: 'done' }]);
		expect(reads).toBe(3);
	});

	test('because it takes too long, names the request', async () => {
		// The reads before it pass; then the worker stands still until the wait is over.
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			const submitted = setInterval(() => {
				if (!bench.sandbox.service.log.some((line) => line.includes('--lock'))) return;
				clearInterval(submitted);
				resolve();
			}, 1);
		});
		const open = bench.sandbox.service.queue.submit.bind(bench.sandbox.service.queue);
		bench.sandbox.service.queue.submit = (line, key) => {
			if (line.includes('--lock')) release = bench.sandbox.hold();
			return open(line, key);
		};
		const running = bench.fail('user.lock', { email: ben, options: { timeoutSeconds: 1 } });
		await held;
		expect(await running).toMatchObject({
			outcome: 'unknown',
			requestId: expect.any(String),
			description: expect.stringContaining("Set a longer 'Timeout'"),
		});
		release();
	});
});

describe('a batch', () => {
	const items = [
		{ json: { email: ben } },
		{ json: { email: 'nobody@x.org' } },
		{ json: { email: 'cleo@northfield.example' } },
	];
	const lock = { email: '={{ $json.email }}' };

	test('that stops keeps the record of what was done', async () => {
		const { outputs, error, hints } = await bench.run('user.lock', lock, { items });
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			['done', { item: 0 }],
			['notDone', { item: 1 }],
			['done', { item: 2 }],
		]);
		expect(outputs[0][1].json.error).toBe("User 'nobody@x.org' was not found [item 1]");
		expect(hints).toHaveLength(1);
	});

	test('that did nothing stops', async () => {
		const { error } = await bench.run('user.lock', lock, { items: items.slice(1, 2) });
		expect(error).toMatchObject({
			message: "User 'nobody@x.org' was not found [item 0]",
			description: expect.stringContaining("Check 'Email'"),
		});
	});

	test('branches off what was not done, merged with what came in', async () => {
		const { outputs } = await bench.run('user.lock', lock, {
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(outputs.map((output) => output.map(({ json }) => json.email))).toEqual([
			[ben, 'cleo@northfield.example'],
			['nobody@x.org'],
		]);
	});

	test('runs again without doing anything twice', async () => {
		await bench.run('user.lock', lock, { items });
		bench.changed();
		const { outputs } = await bench.run('user.lock', lock, {
			items,
			settings: { onError: 'continueRegularOutput', retryOnFail: true },
		});
		expect(outputs[0].map(({ json }) => json.outcome)).toEqual([
			'alreadySo',
			'notDone',
			'alreadySo',
		]);
		expect(bench.changed()).toEqual([]);
	});
});
