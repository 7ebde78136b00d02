import { PARTNER_SECRET, provision, records, sandboxForTests, student } from './provision.mts';

const sandbox = sandboxForTests();
const run = async (people: Array<Record<string, unknown>>) =>
	records(await provision({ baseUrl: sandbox.get().url, people }));

describe('one mailbox in two spellings', () => {
	it.each([
		['a dot at the end of the domain', 'jose@students.example', 'jose@students.example.'],
		['an international domain and its xn-- form', 'a@münchen.example', 'a@xn--mnchen-3ya.example'],
		['composed and decomposed letters', 'jos\u00e9@x.example', 'jose\u0301@x.example'],
		['another case', 'JOSE@x.example', 'jose@X.Example'],
		['full-width letters in the domain', 'a@x.example', 'a@\uff58.example'],
	])('is one person: %s', async (_, first, second) => {
		const result = await run([
			{ email: first, first_name: 'A' },
			{ email: second, first_name: 'B' },
		]);
		expect(sandbox.get().stats()).toMatchObject({ created: 1, duplicates: 0 });
		expect(result[1]).toMatchObject({ reason: 'duplicate_email', safeToRetry: false });
	});

	it('has one derived transaction ID', async () => {
		const ids = [];
		for (const email of ['a@münchen.example', 'A@xn--mnchen-3ya.example.']) {
			const result = await provision({
				baseUrl: sandbox.get().url,
				people: [{ email, first_name: 'A' }],
				parameters: { options: { preview: true } },
			});
			ids.push(records(result)[0].transactionId);
		}
		expect(ids[0]).toBe(ids[1]);
	});
});

describe('an invisible character in an address', () => {
	it.each([
		['zero-width space', '\u200b', 'U+200B'],
		['zero-width joiner', '\u200d', 'U+200D'],
		['left-to-right mark', '\u200e', 'U+200E'],
		['right-to-left override', '\u202e', 'U+202E'],
		['soft hyphen', '\u00ad', 'U+00AD'],
		['byte order mark', '\ufeff', 'U+FEFF'],
		['variation selector', '\ufe0f', 'U+FE0F'],
	])('is refused: %s', async (_, sign, code) => {
		const result = await run([
			{ email: `jo${sign}se@students.example`, first_name: 'José' },
			{ email: `jose@stud${sign}ents.example`, first_name: 'José' },
		]);
		for (const record of result) {
			expect(record).toMatchObject({ outcome: 'failed', reason: 'invalid_input' });
			expect(record.error).toContain(`'Email' holds an invisible character (${code})`);
		}
		expect(sandbox.get().requests()).toEqual([]);
	});

	it('is no matter in a name, where scripts and emoji need it', async () => {
		await run([{ email: 'a@x.example', first_name: 'می\u200cخواهم 👩‍👧' }]);
		expect(sandbox.get().ledger()[0].firstName).toBe('می\u200cخواهم 👩‍👧');
	});
});

describe('a list that was read in the wrong encoding', () => {
	it('buys nothing for J?rg: U+FFFD is refused in every field', async () => {
		// As a Windows-1252 file is read when it is taken for UTF-8.
		const garbled = new TextDecoder('utf-8').decode(Buffer.from('Jörg', 'latin1'));
		const result = await run([
			{ ...student(1), first_name: garbled },
			{ ...student(2), last_name: garbled },
			{ email: `${garbled}@x.example`, first_name: 'J' },
		]);
		expect(result.map(({ error }) => String(error).slice(0, 42))).toEqual([
			"'First Name' holds the replacement charact",
			"'Last Name' holds the replacement characte",
			"'Email' holds the replacement character \ufffd ",
		]);
		expect(result[0].description).toContain('Windows-1252');
		expect(sandbox.get().requests()).toEqual([]);
	});
});

describe('one transaction ID', () => {
	it('twice in a batch is refused the second time', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [
				{ ...student(1), student_id: '7' },
				{ ...student(2), student_id: ' 7' },
				{ ...student(3), student_id: '8' },
			],
			parameters: { transactionIdSource: 'field', transactionIdField: 'student_id' },
		});
		expect(records(result)[1]).toMatchObject({
			outcome: 'failed',
			reason: 'duplicate_transaction_id',
			safeToRetry: false,
			error: expect.stringContaining("'Transaction ID' 7 is already in this batch, at item 0"),
		});
		expect(sandbox.get().ledger()).toHaveLength(2);
		expect(JSON.stringify(result.run.data)).not.toContain(PARTNER_SECRET);
	});
});
