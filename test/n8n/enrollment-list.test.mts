// A list of students that is not as it should be: nobody is called who is not surely meant, and the
// report says in words what is wrong.
import { Buffer } from 'node:buffer';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { present } from '../present.mts';
import { EnrollmentScene } from './enrollment-scene.mts';

jest.setTimeout(600_000);

let n8n: StartedN8n;
let scene: EnrollmentScene;

const HEADER = 'student_id,first_name,last_name,email,status';
const at = 'students.northfield.example';
const ann = `NU-1,Ann,Lee,ann@${at},enrolled`;
const joerg = `NU-2,Jörg,Šimić,joerg@${at},enrolled`;
const csv = (...rows: string[]) => `${rows.join('\n')}\n`;

beforeAll(async () => {
	n8n = await startN8n({ tarballs: packageTarballs() });
	scene = await EnrollmentScene.open(n8n, '');
});
afterAll(async () => {
	await scene?.close();
	await n8n?.discard();
});

const bought = () =>
	scene.keeper.ledger().map(({ email, firstName, lastName }) => [email, firstName, lastName]);
const lastReport = () => present(scene.reports().at(-1)).html ?? '';

describe('a list that cannot be used', () => {
	const utf16 = Buffer.from(`\uFEFF${csv(HEADER, ann)}`, 'utf16le');
	const unusable: Record<string, [list: string | Uint8Array, sentences: string[]]> = {
		'is empty': ['', ['is empty']],
		'has a header only': [csv(HEADER), ['has a header, but no rows']],
		'has renamed columns': [
			csv('student_id,first_name,Surname,email,Standing', ann),
			[
				'lacks the columns: last_name, status',
				'It has the columns: student_id, first_name, Surname, email, Standing',
			],
		],
		'has two columns of a name': [
			csv('student_id,first_name,last_name,E-Mail,email,status', 'NU-1,Ann,Lee,a@a.example,x,y'),
			["several columns that fit 'email': E-Mail, email"],
		],
		'has nobody enrolled': [
			csv(HEADER, ann.replace('enrolled', 'active')),
			['None of the 1 rows', "Found there: 'active'"],
		],
		'is in another encoding': [
			Buffer.from(csv(HEADER, joerg.replace('Šimić', 'Simic')), 'latin1'),
			["not in the encoding 'utf-8'", 'windows-1252'],
		],
		'is Unicode text of Excel': [utf16, ["not in the encoding 'utf-8'", 'utf-16le']],
		'is a workbook': [Buffer.from('PK\u0003\u0004...'), ['is an Excel workbook']],
		'has an open quotation mark': [
			csv(HEADER, ann, `NU-3,"Eve,Ray,eve@${at},enrolled`),
			['a quotation mark on line 3 is never closed'],
		],
	};
	it.each(Object.keys(unusable))('%s: says so, buys nothing, and is no success', async (name) => {
		const [list, sentences] = unusable[name];
		scene.setStudents(list);
		const execution = await scene.run();
		expect(execution.status).toBe('error');
		for (const sentence of sentences) expect(lastReport()).toContain(sentence);
		expect(scene.keeper.stats().requests).toBe(0);
	});

	it('lies where n8n may not read: says so', async () => {
		const { studentsFile } = scene.settings;
		await scene.setSettings({ studentsFile: '/etc/hostname' });
		expect((await scene.run()).status).toBe('error');
		expect(lastReport()).toContain('n8n cannot read the file /etc/hostname');
		await scene.setSettings({ studentsFile });
	});
});

describe('a list that can be read', () => {
	afterEach(() => scene.keeper.reset());

	it('in any separator, with other spellings of its columns, and in a named encoding', async () => {
		const semicolons = csv('Student ID;First Name;Last-Name;E-Mail;STATUS', joerg).replaceAll(
			',',
			';',
		);
		await scene.setSettings({ fileEncoding: 'windows-1250' });
		// In windows-1250, Š is 8A, ć is E6 and ö is F6.
		const bytes = Buffer.from(semicolons.replace('Š', '\u008a').replace('ć', 'æ'), 'latin1');
		scene.setStudents(bytes);
		expect((await scene.run()).error).toBeUndefined();
		expect(bought()).toEqual([[`joerg@${at}`, 'Jörg', 'Šimić']]);
		await scene.setSettings({ fileEncoding: 'utf-8' });
	});

	it('a row per course is one student, without a word in the report', async () => {
		const reports = scene.reports().length;
		scene.setStudents(
			csv(`${HEADER},course`, `${ann},Law`, `${ann.toUpperCase()},Music`, `${ann},Physics`),
		);
		expect((await scene.run()).error).toBeUndefined();
		expect(bought()).toEqual([[`ann@${at}`, 'Ann', 'Lee']]);
		expect(scene.reports()).toHaveLength(reports);
	});

	it('two addresses with one student ID: neither is called, both are named with their lines', async () => {
		scene.setStudents(
			csv(
				HEADER,
				`NU-7,Kim,One,kim@${at},enrolled`,
				`NU-8,Sam,Roe,sam@${at},enrolled`,
				`NU-7,Kim,One,kim.private@${at},enrolled`,
			),
		);
		await scene.run();
		expect(bought().map(([email]) => email)).toEqual([`sam@${at}`]);
		expect(lastReport()).toContain(`another address: kim.private@${at} (line 4)`);
		expect(lastReport()).toContain(`another address: kim@${at} (line 2)`);
	});

	it('a new student with the ID of somebody in the ledger is reported, a new address is not', async () => {
		scene.setStudents(
			csv(HEADER, `NU-1,Ann,Lee,ann.lee@${at},enrolled`, `NU-8,Max,Poe,max@${at},enrolled`),
		);
		await scene.run();
		expect(scene.keeper.stats().requests).toBe(0);
		expect(lastReport()).toContain(`The student ID NU-8 belongs to Sam Roe, sam@${at}`);
		expect(lastReport()).not.toContain('ann.lee@');
		expect(present(await scene.statuses())).toMatchObject({ [`ann@${at}`]: 'mailed' });
	});

	it('names and lines are in the report, numbers of items are not', async () => {
		scene.setStudents(
			csv(
				HEADER,
				`NU-20,"Two\nLines",Poe,two@${at},enrolled`,
				`NU-21,,Nameless,none@${at},enrolled`,
				`NU-22,Zoe,Fox,zoe@${at},enrolled`,
				`NU-23,Zoe,Fox,ZOE@${at},enrolled`,
				`NU-24,Smith, Jr.,Al,al@${at},enrolled`,
			),
		);
		await scene.run();
		expect(bought().map(([email]) => email)).toEqual([`zoe@${at}`]);
		const report = lastReport();
		expect(report).toContain('NU-21, line 4');
		expect(report).toContain('NU-23, line 6');
		expect(report).toContain('is already in this batch, on line 5');
		expect(report).toContain('The row has 6 values, but the list has 5 columns.');
		expect(report).not.toMatch(/item \d/);
	});
});
