import { provision, records, sandboxForTests } from './provision.mts';

const sandbox = sandboxForTests();
const emails = () =>
	sandbox
		.get()
		.ledger()
		.map(({ email }) => email);

describe('a field name that was given', () => {
	it('is the only one: an item without it fails and names the fields there are', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [
				{ school_email: 'ann@x.example', email: 'parent@x.example', first_name: 'Ann' },
				{ email: 'father@x.example', first_name: 'Bob' },
			],
			parameters: { fieldNames: { email: 'school_email' } },
		});
		expect(emails()).toEqual(['ann@x.example']);
		expect(records(result)[1]).toMatchObject({
			outcome: 'failed',
			reason: 'invalid_input',
			error: "'Email Field' is 'school_email', and this item has no such field [item 1]",
			description: expect.stringContaining("'email', 'first_name'"),
		});
	});

	it('is found in another spelling, unless two fields are spelled like it', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [
				{ 'School E-Mail': 'ann@x.example', first_name: 'Ann' },
				{ 'School Email': 'bob@x.example', schoolEmail: 'rob@x.example', first_name: 'Bob' },
				{ 'School Email': 'c@x.example', school_email: 'cy@x.example', first_name: 'Cy' },
			],
			parameters: { fieldNames: { email: 'school_email' } },
		});
		expect(emails()).toEqual(['ann@x.example', 'cy@x.example']);
		expect(records(result)[1].error).toContain(
			"'Email' could be any of these fields: 'School Email', 'schoolEmail'",
		);
	});

	it.each([
		[{ firstName: 'nick' }, "'First Name Field' is 'nick'"],
		[{ lastName: 'clan' }, "'Last Name Field' is 'clan'"],
	])('is the only one for names too: %j', async (fieldNames, message) => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [{ email: 'a@x.example', first_name: 'Ann', last_name: 'Lee' }],
			parameters: { fieldNames },
		});
		expect(records(result)[0].error).toContain(message);
		expect(emails()).toEqual([]);
	});

	it('is the only one for the transaction ID too', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [
				{
					email: 'a@x.example',
					first_name: 'Ann',
					'Student-ID': '1',
					student_id: '2',
					studentID: '3',
				},
				{ email: 'b@x.example', first_name: 'Bob', 'Student-ID': '1', studentID: '3' },
				{ email: 'c@x.example', first_name: 'Cy', externalId: '4' },
			],
			parameters: { transactionIdSource: 'field', transactionIdField: 'student_id' },
		});
		expect(
			sandbox
				.get()
				.ledger()
				.map(({ transactionId }) => transactionId),
		).toEqual(['2']);
		expect(records(result)[1].error).toContain("'Transaction ID' could be any of these fields");
		expect(records(result)[2].error).toContain("'Transaction ID Field' is 'student_id'");
	});
});

describe('the search for a field by its usual names', () => {
	it.each([
		[{ 'E-Mail-Adresse': 'a@x.example', Vorname: 'Ann', Nachname: 'Lee' }],
		[{ 'School Email': 'a@x.example', 'Given Names': 'Ann', 'Family Name': 'Lee' }],
		[{ mail: 'a@x.example', givenName: 'Ann', sn: 'Lee' }],
		[{ Courriel: 'a@x.example', Prénom: 'Ann', 'Nom de famille': 'Lee' }],
		[{ 'Correo electrónico': 'a@x.example', Nombre: 'Ann', Apellidos: 'Lee' }],
		[{ university_email: 'a@x.example', 'First Name(s)': 'Ann', 'Last Name(s)': 'Lee' }],
	])('finds %j', async (person) => {
		await provision({ baseUrl: sandbox.get().url, people: [person] });
		expect(sandbox.get().ledger()).toEqual([
			expect.objectContaining({ email: 'a@x.example', firstName: 'Ann', lastName: 'Lee' }),
		]);
	});

	it.each([
		[{ email: 'parent@x.example', student_email: 'a@x.example', first_name: 'Ann' }, 'Email'],
		[{ email: 'a@x.example', first_name: 'Ann', preferred_name: 'Annie' }, 'First Name'],
		[{ email: 'a@x.example', first_name: 'Ann', surname: 'Lee', last_name: 'Li' }, 'Last Name'],
	])('refuses an item in which two fields fit, and buys nothing: %j', async (person, field) => {
		const result = await provision({ baseUrl: sandbox.get().url, people: [person] });
		expect(records(result)[0]).toMatchObject({
			outcome: 'failed',
			error: expect.stringContaining(`'${field}' could be any of these fields: `),
			description: expect.stringContaining(`Name the right one in '${field} Field'`),
		});
		expect(emails()).toEqual([]);
	});

	it('warns of a list in which nobody has a last name', async () => {
		const list = ['a', 'b'].map((name) => ({
			email: `${name}@x.example`,
			first_name: name,
			'Name at Home': 'Lee',
		}));
		const { hints } = await provision({ baseUrl: sandbox.get().url, people: list });
		expect(hints.map(({ message }) => message).join()).toContain(
			'Nobody in this batch has a last name',
		);
	});
});
