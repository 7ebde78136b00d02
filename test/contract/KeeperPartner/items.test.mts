import { provision, records, sandboxForTests, student, students } from './provision.mts';

const sandbox = sandboxForTests();
const forbidden = { forbiddenDomains: 'northfield.example, @staff.example;*.old.example' };

const check = async (
	people: Array<Record<string, unknown>>,
	extra: Partial<Parameters<typeof provision>[0]> = {},
) => records(await provision({ baseUrl: sandbox.get().url, people, ...extra }));

describe('the check before the first call', () => {
	it.each([
		[{ first_name: 'A' }, "'Email' is missing"],
		[{ email: '', first_name: 'A' }, "'Email' is missing"],
		[{ email: 'a@b.example' }, "'First Name' is missing"],
		[{ email: 'a@b.example', first_name: '  ' }, "'First Name' is missing"],
		[
			{ email: 'no-at.example', first_name: 'A' },
			"'Email' is not an email address: 'no-at.example'",
		],
		[{ email: 'a b@c.example', first_name: 'A' }, "'Email' is not an email address"],
		[{ email: 'a@nodot', first_name: 'A' }, "'Email' is not an email address"],
		[{ email: 'a@b..example', first_name: 'A' }, "'Email' is not an email address"],
		[{ email: 'a@b.example,c@d.example', first_name: 'A' }, "'Email' is not an email address"],
		[{ email: ['a@b.example'], first_name: 'A' }, "'Email' is neither text nor a number"],
		[{ email: { x: 1 }, first_name: 'A' }, "'Email' is neither text nor a number"],
		[{ email: 'a@b.example', first_name: 'A\nB' }, "'First Name' holds a line break"],
		[
			{ email: 'a@b.example', first_name: 'A\u0000' },
			"'First Name' holds a line break or another control character",
		],
		[{ email: 'a@b.example', first_name: 'half \ud83d' }, "'First Name' holds half of a character"],
		[
			{ email: 'a@b.example', first_name: 'A', last_name: 'x'.repeat(400) },
			"'Last Name' is longer than 320 characters",
		],
	])('refuses %j alone, by name and number', async (bad, message) => {
		const result = await check([student(1), bad, student(2)]);
		expect(result.map(({ outcome }) => outcome)).toEqual(['provisioned', 'failed', 'provisioned']);
		expect(result[1]).toMatchObject({ reason: 'invalid_input', safeToRetry: true });
		expect(result[1].error).toContain(message);
		expect(result[1].error).toMatch(/\[item 1\]$/);
		expect(sandbox.get().ledger()).toHaveLength(2);
	});

	it('refuses the second of two equal addresses, whatever their case, and names the first', async () => {
		const result = await check([
			student(1),
			student(2),
			{ ...student(1), email: 'STUDENT1@Students.Northfield.EXAMPLE' },
		]);
		expect(result[2]).toMatchObject({ outcome: 'failed', reason: 'duplicate_email' });
		expect(result[2].error).toContain('is already in this batch, at item 0 [item 2]');
		expect(sandbox.get().ledger()).toHaveLength(2);
	});

	it('counts an address as used only by an item that is sent', async () => {
		const result = await check([{ ...student(1), first_name: '' }, student(1)]);
		expect(result.map(({ outcome }) => outcome)).toEqual(['failed', 'provisioned']);
	});

	it('happens for all items before any call', async () => {
		const seen: number[] = [];
		await check([student(1), { email: 'bad' }], { parameters: { options: { preview: true } } });
		seen.push(sandbox.get().requests().length);
		expect(seen).toEqual([0]);
	});
});

describe('the forbidden domains of a Student plan', () => {
	it.each([
		['jane@northfield.example', 'forbidden'],
		['jane@NORTHFIELD.example', 'forbidden'],
		['jane@northfield.example.', 'forbidden'],
		['jane@staff.example', 'forbidden'],
		['jane@old.example', 'forbidden'],
		['jane@students.northfield.example', 'allowed'],
		['jane@notnorthfield.example', 'allowed'],
		['jane@northfield.example.org', 'allowed'],
		['northfield.example@elsewhere.example', 'allowed'],
	])('%s is %s', async (email, verdict) => {
		const [result] = await check([{ email, first_name: 'Jane' }], { credential: forbidden });
		expect(result.outcome).toBe(verdict === 'allowed' ? 'provisioned' : 'failed');
		if (verdict === 'forbidden') {
			expect(result.reason).toBe('forbidden_domain');
			expect(result.error).toMatch(/which students must not use \[item 0\]$/);
			expect(sandbox.get().requests()).toHaveLength(0);
		}
	});

	it('cover sub-domains where the credential says so, by whole labels', async () => {
		const result = await check(
			[
				{ email: 'a@students.northfield.example', first_name: 'A' },
				{ email: 'b@a.b.northfield.example', first_name: 'B' },
				{ email: 'c@notnorthfield.example', first_name: 'C' },
			],
			{ credential: { ...forbidden, forbidSubdomains: true } },
		);
		expect(result.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'provisioned']);
	});

	it('know international names in both spellings', async () => {
		const result = await check(
			[
				{ email: 'a@xn--mnchen-3ya.example', first_name: 'A' },
				{ email: 'b@münchen.example', first_name: 'B' },
			],
			{ credential: { forbiddenDomains: 'München.example' } },
		);
		expect(result.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
	});

	it('do not apply to a Family plan', async () => {
		const [result] = await check([{ email: 'jane@northfield.example', first_name: 'Jane' }], {
			credential: forbidden,
			parameters: { operation: 'provisionFamilyPlan' },
		});
		expect(result.outcome).toBe('provisioned');
	});
});

describe('On Error', () => {
	const mixed = [student(1), { email: 'bad', first_name: 'Bad', note: 'keep me' }, student(2)];

	it('Continue (using error output): failed items leave by the error branch with all that came in', async () => {
		const { outputs } = await provision({
			baseUrl: sandbox.get().url,
			people: mixed,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(outputs[0].map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			['provisioned', { item: 0 }],
			['provisioned', { item: 2 }],
		]);
		expect(outputs[1]).toHaveLength(1);
		expect(outputs[1][0]).toMatchObject({
			json: {
				email: 'bad',
				note: 'keep me',
				error: {
					message: expect.stringContaining("'Email' is not an email address"),
					outcome: 'failed',
					reason: 'invalid_input',
					description: expect.any(String),
				},
			},
			pairedItem: { item: 1 },
		});
	});

	it('Continue: all items stay in order, the failed with error and outcome', async () => {
		const { outputs } = await provision({ baseUrl: sandbox.get().url, people: mixed });
		expect(outputs).toHaveLength(1);
		expect(outputs[0].map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			['provisioned', { item: 0 }],
			['failed', { item: 1 }],
			['provisioned', { item: 2 }],
		]);
	});

	it('Stop Workflow: stops when nothing was created, and names every item', async () => {
		const { error, outputs } = await provision({
			baseUrl: sandbox.get().url,
			people: [{ email: 'bad', first_name: 'B' }, { first_name: 'C' }],
			settings: { onError: 'stopWorkflow' },
		});
		expect(outputs.flat()).toEqual([]);
		expect(error?.message).toBe(
			"'Email' is not an email address: 'bad' [item 0] (2 of 2 items did not succeed)",
		);
		expect(error?.description).toContain("'Email' is missing [item 1]");
	});

	it('Stop Workflow: does not throw away the record of a license that was created', async () => {
		const { error, outputs, hints } = await provision({
			baseUrl: sandbox.get().url,
			people: mixed,
			settings: { onError: 'stopWorkflow' },
		});
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ json }) => json.outcome)).toEqual([
			'provisioned',
			'failed',
			'provisioned',
		]);
		expect(hints.map(({ message }) => message).join()).toContain('1 of 3 items did not succeed');
	});

	it('Stop Workflow: does not throw away the record of an unknown outcome', async () => {
		sandbox.get().setFaults({ rules: [{ kind: '500-after' }] });
		const { error, outputs } = await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			settings: { onError: 'stopWorkflow' },
		});
		expect(error).toBeUndefined();
		expect(outputs[0][0].json.outcome).toBe('unknown');
	});

	it.each([
		[{ region: 'custom', baseUrl: 'http://keeper.example' }, "'Base URL' must start with https://"],
		[{ region: 'custom', baseUrl: '' }, "'Base URL' is empty"],
		[
			{ region: 'custom', baseUrl: 'https://me:pw@keeper.example' },
			"'Base URL' must not hold a user name",
		],
		[{ region: 'MARS' }, "'Region' is 'MARS'"],
		[{ partnerSecret: ' \n' }, "'Partner Secret' of the credential is empty"],
		[{ partnerName: '' }, "'Partner Name' of the credential is empty"],
	])(
		'a credential that cannot work (%j) fails every item instead of passing it off as provisioned',
		async (credential, message) => {
			const failing = await provision({
				baseUrl: sandbox.get().url,
				people: students(2),
				credential,
				settings: { onError: 'continueErrorOutput' },
			});
			expect(failing.outputs[0]).toEqual([]);
			expect(
				failing.outputs[1].map(({ json }) => (json.error as { message: string }).message),
			).toEqual([expect.stringContaining(message), expect.stringContaining(message)]);
			const stopping = await provision({
				baseUrl: sandbox.get().url,
				people: students(2),
				credential,
				settings: { onError: 'stopWorkflow' },
			});
			expect(stopping.error?.message).toContain(message);
		},
	);

	it('an expression that cannot be evaluated fails its item alone', async () => {
		const result = await check([{ ...student(1), n: { first: 'A' } }, student(2)], {
			parameters: {
				mappingMode: 'mapEachField',
				email: '={{ $json.email }}',
				firstName:
					'={{ (() => { if (!$json.n) throw new Error("no n here"); return $json.n.first })() }}',
				lastName: '',
			},
		});
		expect(result.map(({ outcome }) => outcome)).toEqual(['provisioned', 'failed']);
		expect(result[1].error).toMatch(/'First Name'.*\[item 1\]$/);
	});
});
