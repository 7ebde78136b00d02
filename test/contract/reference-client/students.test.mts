import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startKeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import type { KeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import {
	FLAWS,
	PRIMARY_DOMAIN,
	generateStudents,
	generateWithFlaws,
	toCsv,
} from '../../../sandbox/students/generate.mts';
import type { Student } from '../../../sandbox/students/generate.mts';
import { referenceProvision } from './reference-client.mts';
import { present } from '../../present.mts';

type Expectation = { row: number; student_id: string; email: string; outcome: string; why: string };

const folder = join(__dirname, '../../../sandbox/students');
const csv = readFileSync(join(folder, 'sample.csv'), 'utf8');
const expectations: Expectation[] = JSON.parse(
	readFileSync(join(folder, 'sample.expectations.json'), 'utf8'),
);

/** A CSV reader of its own (RFC 4180), so that the writer is not its own witness. */
function readCsv(text: string): Student[] {
	const table: string[][] = [[]];
	for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
		present(table.at(-1)).push(quoted?.replaceAll('""', '"') ?? plain);
		if (end === '\n') table.push([]);
	}
	const [header, ...rows] = table.filter((row) => row.length > 0);
	expect(rows.every((row) => row.length === header.length)).toBe(true);
	return rows.map(
		(row) => Object.fromEntries(header.map((name, i) => [name, row[i]])) as unknown as Student,
	);
}

let sandbox: KeeperPartnerSandbox;
const partner = { partnerName: 'northfield', secret: 'PARTNER_SECRET' };

beforeAll(async () => {
	sandbox = await startKeeperPartnerSandbox({
		partnerName: partner.partnerName,
		partnerSecret: partner.secret,
		primaryDomains: [PRIMARY_DOMAIN],
	});
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const provision = (student: Student) =>
	referenceProvision({
		baseUrl: sandbox.url,
		plan: 'student',
		...partner,
		student: {
			email: student.email,
			firstName: student.first_name,
			...(student.last_name !== '' && { lastName: student.last_name }),
			transactionId: student.student_id,
		},
	});

describe('sample.csv', () => {
	const students = readCsv(csv);

	it('has an expectation for every row', () => {
		expect(expectations.map(({ student_id, email }) => [student_id, email])).toEqual(
			students.map(({ student_id, email }) => [student_id, email]),
		);
		expect(expectations.map(({ row }) => row)).toEqual(students.map((_, index) => index + 1));
	});

	it('lets only enrolled students be selected', () => {
		const selected = expectations.filter(({ outcome }) => outcome !== 'not selected');
		expect(students.filter(({ status }) => status === 'enrolled').map((s) => s.student_id)).toEqual(
			selected.map(({ student_id }) => student_id),
		);
	});

	it.each(expectations.filter(({ outcome }) => outcome === 'created'))(
		'row $row is created: $why',
		async ({ row }) => {
			const student = students[row - 1];
			expect((await provision(student)).status).toBe(200);
			expect(sandbox.ledger()).toEqual([
				expect.objectContaining({ email: student.email, firstName: student.first_name }),
			]);
			expect(sandbox.ledger()[0].lastName ?? '').toBe(student.last_name);
		},
	);

	it.each(expectations.filter(({ outcome }) => outcome === 'refused'))(
		'row $row is refused, or a repetition that the service does not notice: $why',
		async ({ row, email }) => {
			const earlier = students
				.slice(0, row - 1)
				.some((student) => student.email.toLowerCase() === email.toLowerCase());
			expect((await provision(students[row - 1])).status).toBe(earlier ? 200 : 400);
		},
	);
});

describe('generated students', () => {
	it('are all accepted, each with an e-mail of its own', async () => {
		const students = generateStudents(200, 1);
		for (const student of students) expect((await provision(student)).status).toBe(200);
		expect(sandbox.stats()).toMatchObject({ created: 200, duplicates: 0 });
		expect(sandbox.ledger().map(({ firstName }) => firstName)).toEqual(
			students.map(({ first_name }) => first_name),
		);
	});

	it('include plus addresses, single names and several scripts', () => {
		const students = generateStudents(200, 1);
		expect(students.some(({ email }) => email.includes('+'))).toBe(true);
		expect(students.some(({ last_name }) => last_name === '')).toBe(true);
		for (const script of [/\p{Script=Han}/u, /\p{Script=Arabic}/u, /\p{Script=Cyrillic}/u]) {
			expect(students.some(({ first_name }) => script.test(first_name))).toBe(true);
		}
	});

	it('are the same for the same seed, whatever the length, and others for another', () => {
		expect(generateStudents(50, 3)).toEqual(generateStudents(80, 3).slice(0, 50));
		const names = (seed: number) => generateStudents(50, seed).map(({ email }) => email);
		expect(names(4)).not.toEqual(names(3));
	});

	it('survive being written as CSV', () => {
		const students = generateStudents(200, 5);
		expect(readCsv(toCsv(students))).toEqual(students);
	});

	it('with flaws are refused or repeat an e-mail exactly where it says so', async () => {
		const rows = generateWithFlaws(40, 2, 5);
		expect(rows.flatMap(({ flaw }) => flaw ?? [])).toEqual([...FLAWS, ...FLAWS]);
		for (const { student, flaw } of rows) {
			const before = sandbox.stats().duplicates;
			const { status } = await provision(student);
			expect(status).toBe(flaw === undefined || flaw === 'repeated e-mail' ? 200 : 400);
			expect(sandbox.stats().duplicates - before).toBe(flaw === 'repeated e-mail' ? 1 : 0);
		}
	});
});
