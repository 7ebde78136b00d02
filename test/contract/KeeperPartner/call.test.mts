import { createHash } from 'node:crypto';

import {
	PARTNER_NAME,
	PARTNER_SECRET,
	provision,
	records,
	sandboxForTests,
	student,
} from './provision.mts';

const sandbox = sandboxForTests();

const sentParameters = () =>
	sandbox
		.get()
		.requests()
		.map(({ rawQuery }) => Object.fromEntries(new URLSearchParams(rawQuery ?? '')));

describe('a call to Keeper', () => {
	it('carries the documented parameters of a Student plan and nothing else', async () => {
		await provision({ baseUrl: sandbox.get().url, people: [student(1)] });
		const [sent] = sentParameters();
		expect(Object.keys(sent).sort()).toEqual([
			'email',
			'first_name',
			'hash',
			'last_name',
			'partner_name',
			'product_type',
			'transaction_id',
		]);
		expect(sent).toMatchObject({
			product_type: '4',
			email: 'student1@students.northfield.example',
			partner_name: PARTNER_NAME,
			hash: createHash('sha256')
				.update(`student1@students.northfield.example${PARTNER_SECRET}`)
				.digest('hex'),
		});
	});

	it('has no product_type for a Family plan', async () => {
		await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			parameters: { operation: 'provisionFamilyPlan' },
		});
		expect(sentParameters()[0]).not.toHaveProperty('product_type');
		expect(sandbox.get().ledger()[0]).toMatchObject({ plan: 'family' });
	});

	it.each([[''], [undefined], [null], ['   ']])(
		'leaves last_name out when it is %j',
		async (lastName) => {
			const result = await provision({
				baseUrl: sandbox.get().url,
				people: [{ ...student(1), last_name: lastName }],
			});
			expect(sentParameters()[0]).not.toHaveProperty('last_name');
			expect(records(result)[0].outcome).toBe('provisioned');
			expect(records(result)[0]).not.toHaveProperty('lastName');
		},
	);

	it.each([
		['plus address', 'jane+keeper@students.northfield.example', 'Jane', 'Doe'],
		['query signs', 'q@students.northfield.example', 'A&B=C#D%20?', 'O\'Brien; "x" (y)*!'],
		['CJK', 'li@students.northfield.example', '李', '小龍'],
		['emoji', 'e@students.northfield.example', 'Zoë 🦊', '👩‍👩‍👧'],
		['combining accents', 'c@students.northfield.example', 'Jose\u0301', 'Nu\u0303ez'],
		['markup', 'm@students.northfield.example', '<b>Bold</b>', '${x}{{y}}'],
	])('brings a %s through unchanged', async (_, email, firstName, lastName) => {
		await provision({ baseUrl: sandbox.get().url, people: [{ email, firstName, lastName }] });
		expect(sandbox.get().ledger()).toHaveLength(1);
		expect(sandbox.get().ledger()[0]).toMatchObject({ email, firstName, lastName });
	});

	it('hashes and sends the very same trimmed address, in the case it was given', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [{ email: ' Jane.DOE@Students.Northfield.example\n', first_name: 'Jane' }],
		});
		expect(sentParameters()[0].email).toBe('Jane.DOE@Students.Northfield.example');
		expect(records(result)[0]).toMatchObject({
			outcome: 'provisioned',
			email: 'Jane.DOE@Students.Northfield.example',
		});
	});

	it('gives back the outcome and the person first, then order number and a link with https://', async () => {
		const result = await provision({ baseUrl: sandbox.get().url, people: [student(1)] });
		const [license] = sandbox.get().ledger();
		expect(Object.entries(records(result)[0])).toEqual([
			['outcome', 'provisioned'],
			['email', 'student1@students.northfield.example'],
			['firstName', 'Given1'],
			['lastName', 'Family1'],
			['transactionId', license.transactionId],
			['plan', 'student'],
			['orderNumber', license.orderNumber],
			['vaultUrl', 'https://keepersecurity.com/vault/#'],
		]);
	});

	it('ignores white space around a pasted secret and name, and says so', async () => {
		const result = await provision({
			baseUrl: `${sandbox.get().url}/`,
			people: [student(1)],
			credential: { partnerSecret: `\n ${PARTNER_SECRET} \r\n`, partnerName: ` ${PARTNER_NAME}` },
		});
		expect(records(result)[0].outcome).toBe('provisioned');
		expect(result.hints.map(({ message }) => message).join()).toMatch(
			/'Partner Name'.*white space.*'Partner Secret'.*white space/,
		);
	});

	it('shows in preview what would be sent, sends nothing, and hides the hash', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [student(1), { email: 'x' }],
			parameters: { options: { preview: true } },
		});
		expect(sandbox.get().requests()).toHaveLength(0);
		const [preview, refused] = records(result);
		expect(preview).toMatchObject({
			outcome: 'preview',
			request: {
				method: 'GET',
				url: `${sandbox.get().url}/bi_api/v1/services/partner/create-license`,
				parameters: {
					email: 'student1@students.northfield.example',
					product_type: '4',
					hash: '[redacted]',
				},
			},
		});
		expect(refused).toMatchObject({ outcome: 'failed', reason: 'invalid_input' });
	});
});

describe('a transaction ID', () => {
	const idOf = async (person: Record<string, unknown>, parameters: Record<string, string>) =>
		records(
			await provision({
				baseUrl: sandbox.get().url,
				people: [person],
				parameters: { ...parameters, options: { preview: true } },
			}),
		)[0].transactionId;

	it('derived from email and plan is the same at every run and in any case, and differs by plan', async () => {
		const one = await idOf(student(1), {});
		expect(one).toMatch(/^student-[0-9a-f]{20}$/);
		expect(await idOf({ ...student(1), email: 'STUDENT1@students.northfield.example' }, {})).toBe(
			one,
		);
		expect(await idOf(student(2), {})).not.toBe(one);
		expect(await idOf(student(1), { operation: 'provisionFamilyPlan' })).not.toBe(one);
	});

	it('can be taken from a field, with a prefix, whatever the spelling of its name', async () => {
		const parameters = {
			transactionIdSource: 'field',
			transactionIdField: 'Student ID',
			transactionIdPrefix: 'NF-',
		};
		expect(await idOf({ ...student(1), student_id: 4711 }, parameters)).toBe('NF-4711');
		expect(await idOf({ ...student(1), studentId: 0 }, parameters)).toBe('NF-0');
	});

	it('can be set by an expression', async () => {
		expect(
			await idOf(student(1), {
				transactionIdSource: 'value',
				transactionId: '={{ "X-" + $json.first_name }}',
			}),
		).toBe('X-Given1');
	});

	it('that is missing fails the item and names the parameter', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			parameters: { transactionIdSource: 'field', transactionIdField: 'number' },
		});
		expect(records(result)[0]).toMatchObject({
			outcome: 'failed',
			error: expect.stringContaining(
				"'Transaction ID Field' is 'number', and this item has no such field [item 0]",
			),
			description: expect.stringContaining("'email', 'first_name', 'last_name'"),
		});
		expect(sandbox.get().requests()).toHaveLength(0);
	});
});

describe('Map Automatically', () => {
	it.each([
		[{ 'E-Mail': 'a@x.example', 'First Name': 'Ann', 'Last Name': 'Lee' }],
		[{ emailAddress: 'a@x.example', firstName: 'Ann', lastName: 'Lee' }],
		[{ EMAIL: 'a@x.example', FIRST_NAME: 'Ann', LAST_NAME: 'Lee' }],
		[{ mail: 'a@x.example', given_name: 'Ann', surname: 'Lee' }],
		[{ student_email: 'a@x.example', forename: 'Ann', 'family-name': 'Lee' }],
	])('recognizes %j', async (person) => {
		await provision({ baseUrl: sandbox.get().url, people: [person] });
		expect(sandbox.get().ledger()[0]).toMatchObject({
			email: 'a@x.example',
			firstName: 'Ann',
			lastName: 'Lee',
		});
	});

	it('prefers the field names that the user gives', async () => {
		await provision({
			baseUrl: sandbox.get().url,
			people: [
				{
					email: 'private@x.example',
					'School Mail': 'school@x.example',
					first_name: 'Ann',
					nick: 'Annie',
				},
			],
			parameters: { fieldNames: { email: 'school_mail', firstName: 'nick' } },
		});
		expect(sandbox.get().ledger()[0]).toMatchObject({
			email: 'school@x.example',
			firstName: 'Annie',
		});
	});

	it('reads items of different layouts in one batch', async () => {
		await provision({
			baseUrl: sandbox.get().url,
			people: [
				{ email: 'a@x.example', first_name: 'Ann' },
				{ Mail: 'b@x.example', 'First Name': 'Bob' },
			],
		});
		expect(
			sandbox
				.get()
				.ledger()
				.map(({ email }) => email),
		).toEqual(['a@x.example', 'b@x.example']);
	});
});
