import { generateStudents } from '../../../sandbox/students/generate.mts';
import { FAULT_KINDS, type FaultKind } from '../../../sandbox/keeper-partner/faults.mts';
import { provision, records, sandboxForTests } from './provision.mts';

const sandbox = sandboxForTests();

const KINDS = Object.keys(FAULT_KINDS) as FaultKind[];

it('2,000 students with 5 % faults of every kind: nobody twice, nobody lost, every unknown really one', async () => {
	sandbox.get().setFaults({
		random: {
			seed: 7,
			rates: Object.fromEntries(KINDS.map((kind) => [kind, 0.05 / KINDS.length])),
			redirectTo: 'http://elsewhere.invalid',
			bodyMegabytes: 2,
		},
	});
	const students = generateStudents(2000, 1);
	const result = records(
		await provision({
			baseUrl: sandbox.get().url,
			people: students,
			parameters: {
				transactionIdSource: 'field',
				transactionIdField: 'student_id',
				options: { concurrency: 50, timeoutSeconds: 8 },
			},
		}),
	);

	const faults = sandbox.get().appliedFaults();
	expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(KINDS));
	expect(sandbox.get().stats().duplicates).toBe(0);
	expect(result.map(({ email }) => email)).toEqual(students.map(({ email }) => email));

	const created = new Map(
		sandbox
			.get()
			.ledger()
			.map((row) => [row.email, row]),
	);
	const faultOf = new Map(faults.map((fault) => [fault.email?.toLowerCase(), fault]));
	const tell: FaultKind[] = ['success-false', 'redirect-other-host', '429', '403-throttled'];
	for (const { email, outcome, safeToRetry, orderNumber } of result) {
		const fault = faultOf.get(String(email).toLowerCase());
		switch (outcome) {
			case 'provisioned':
				expect(created.get(String(email))?.orderNumber).toBe(orderNumber);
				break;
			case 'failed':
				expect(fault).toBeDefined();
				if (safeToRetry) {
					expect(created.has(String(email))).toBe(false);
					expect(tell).toContain(fault?.kind);
				}
				break;
			case 'unknown':
				// A fault that hides whether a license was made: nobody could have told.
				expect(fault).toBeDefined();
				expect(tell).not.toContain(fault?.kind);
				break;
			default:
				throw new Error(`unexpected outcome ${String(outcome)}`);
		}
	}
}, 120_000);
