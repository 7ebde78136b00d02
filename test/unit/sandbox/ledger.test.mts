import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LicenseRequest } from '../../../sandbox/keeper-partner/create-license.mts';
import { openLedger } from '../../../sandbox/keeper-partner/ledger.mts';

let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'ledger-'));
	file = join(folder, 'ledger.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const student = (email: string): LicenseRequest => ({
	email,
	firstName: '小明',
	transactionId: 'T-1',
	plan: 'student',
});

it('has written a license before it says that it exists', () => {
	const row = openLedger(file).create(student('a@s.example'));
	expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(row)}\n`);
});

it('drops a last line that a crash cut off, and writes on after it', () => {
	const first = openLedger(file).create(student('a@s.example'));
	appendFileSync(file, '{"sequence":2,"email":"b@s.exam');

	const ledger = openLedger(file);
	expect(ledger.rows()).toEqual([first]);
	const second = ledger.create(student('b@s.example'));
	expect(openLedger(file).rows()).toEqual([first, second]);
});

it('gives every license an order number of its own, of the documented shape', () => {
	const ledger = openLedger();
	const numbers = Array.from(
		{ length: 20_000 },
		() => ledger.create(student('a@s.example')).orderNumber,
	);
	expect(new Set(numbers).size).toBe(20_000);
	expect(numbers.filter((number) => !/^\d{8}-\d{4}$/.test(number))).toEqual([]);
});
