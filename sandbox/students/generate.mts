/** A row of a student export, keyed by the columns of `sample.csv`. Absent values are empty, as in a CSV. */
export type Student = {
	student_id: string;
	first_name: string;
	/** Empty for a person who has one name only. */
	last_name: string;
	email: string;
	status: string;
	program: string;
	/** YYYY-MM-DD */
	enrolled_on: string;
};

/** What makes a student impossible to provision. */
export const FLAWS = [
	'missing first name',
	'malformed e-mail',
	'primary domain',
	'repeated e-mail',
] as const;

export type Flaw = (typeof FLAWS)[number];

export const STUDENT_DOMAIN = 'students.northfield.example';
export const PRIMARY_DOMAIN = 'northfield.example';

// Each name with the form that its owner uses in an e-mail address.
// prettier-ignore
const FIRST_NAMES = [
	['Maya', 'maya'], ['José', 'jose'], ['小明', 'xiaoming'], ['Søren', 'soren'],
	['Zoë', 'zoe'], ['Иван', 'ivan'], ['مريم', 'maryam'], ['Jean-Luc', 'jean-luc'],
	['さくら', 'sakura'], ['Ngọc', 'ngoc'], ['Ame\u0301lie', 'amelie'], ['Mary Ann', 'maryann'],
	['민준', 'minjun'], ['Chidi', 'chidi'], ['Ελένη', 'eleni'], ['आरव', 'aarav'],
] as const;

// prettier-ignore
const LAST_NAMES = [
	['Lindqvist', 'lindqvist'], ["O'Brien", 'obrien'], ['王', 'wang'], ['Müller', 'mueller'],
	['Петров', 'petrov'], ['van der Berg', 'vanderberg'], ['García Márquez', 'garcia'], ['Trần', 'tran'],
	['Smith & Sons', 'smith'], ['佐藤', 'sato'], ['Al-Sayed', 'al-sayed'], ['Okafor', 'okafor'],
	['Łukasiewicz', 'lukasiewicz'], ['김', 'kim'], ['Παππάς', 'pappas'], ['', ''],
] as const;

const PROGRAMS = ['Physics', 'Law', 'Medicine', 'Chemistry, Applied', 'History', 'Music'] as const;

/**
 * Makes up `count` students whom the service would accept, all with e-mail addresses of their own.
 * The same seed gives the same students, and a longer list begins with the shorter one.
 */
export function generateStudents(count: number, seed: number): Student[] {
	const random = randomNumbers(seed);
	const pick = <T,>(list: readonly T[]): T => list[Math.floor(random() * list.length)];

	return Array.from({ length: count }, (_, index) => {
		const [firstName, firstAddress] = pick(FIRST_NAMES);
		const [lastName, lastAddress] = pick(LAST_NAMES);
		const number = index + 1;
		const tag = random() < 0.1 ? '+keeper' : '';
		const local = [firstAddress, lastAddress, number].filter((part) => part !== '').join('.');
		return {
			student_id: `NU-${seed}-${String(number).padStart(6, '0')}`,
			first_name: firstName,
			last_name: lastName,
			email: `${local}${tag}@${STUDENT_DOMAIN}`,
			status: 'enrolled',
			program: pick(PROGRAMS),
			enrolled_on: `2026-09-${String(1 + Math.floor(random() * 30)).padStart(2, '0')}`,
		};
	});
}

/**
 * The same students, every `every`th of them spoiled in one of the ways of FLAWS, in turn.
 * A repeated e-mail is that of the row before, in capitals. `every` is 2 or more.
 */
export function generateWithFlaws(
	count: number,
	seed: number,
	every: number,
): Array<{ student: Student; flaw?: Flaw }> {
	const good = generateStudents(count, seed);
	return good.map((student, index) => {
		if ((index + 1) % every !== 0) return { student };
		const flaw = FLAWS[((index + 1) / every - 1) % FLAWS.length];
		return { student: { ...student, ...spoiled(flaw, student, good[index - 1]) }, flaw };
	});
}

function spoiled(flaw: Flaw, student: Student, before: Student): Partial<Student> {
	switch (flaw) {
		case 'missing first name':
			return { first_name: '' };
		case 'malformed e-mail':
			return { email: student.email.replace('@', '.') };
		case 'primary domain':
			return { email: student.email.replace(STUDENT_DOMAIN, PRIMARY_DOMAIN) };
		case 'repeated e-mail':
			return { email: before.email.toUpperCase() };
	}
}

const COLUMNS = [
	'student_id',
	'first_name',
	'last_name',
	'email',
	'status',
	'program',
	'enrolled_on',
] as const satisfies ReadonlyArray<keyof Student>;

/** Writes students as CSV (RFC 4180 quoting, line feeds), with a header line. */
export function toCsv(students: readonly Student[]): string {
	const cell = (value: string) =>
		/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
	const lines = students.map((student) => COLUMNS.map((column) => cell(student[column])).join(','));
	return [COLUMNS.join(','), ...lines, ''].join('\n');
}

/** Numbers from 0 up to but not 1, the same ones for the same seed: a xorshift generator of 32 bits. */
function randomNumbers(seed: number): () => number {
	// Spread over all bits, and never 0, where a xorshift generator would stay for ever.
	let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}
