import { chooseFaults } from '../../../sandbox/keeper-partner/faults.mts';
import type { FaultPlan } from '../../../sandbox/keeper-partner/faults.mts';

const students = Array.from({ length: 2000 }, (_, i) => `s${i}@students.northfield.example`);

const kindsFor = (plan: FaultPlan, emails: readonly string[]) => {
	const chooser = chooseFaults(plan);
	return new Map(emails.map((email) => [email, chooser.next(email).fault?.kind]));
};

const plan = (seed: number): FaultPlan => ({
	random: { seed, rates: { '500-after': 0.1, 'reset-before': 0.25 } },
});

it('gives every student the same fault in any order', () => {
	const forward = kindsFor(plan(7), students);
	const backward = kindsFor(plan(7), [...students].reverse());
	expect(students.map((email) => backward.get(email))).toEqual([...forward.values()]);
});

it('gives other faults for another seed', () => {
	expect([...kindsFor(plan(8), students).values()]).not.toEqual([
		...kindsFor(plan(7), students).values(),
	]);
});

it('gives a repeated request a draw of its own', () => {
	const chooser = chooseFaults(plan(7));
	const first = students.map((email) => chooser.next(email).fault?.kind);
	const second = students.map((email) => chooser.next(email.toUpperCase()).fault?.kind);
	expect(second).not.toEqual(first);
});

it('keeps to the rates', () => {
	const kinds = [...kindsFor(plan(7), students).values()];
	const share = (kind?: string) => kinds.filter((each) => each === kind).length / kinds.length;
	// Four standard deviations at 2000 draws.
	expect(Math.abs(share('500-after') - 0.1)).toBeLessThan(0.027);
	expect(Math.abs(share('reset-before') - 0.25)).toBeLessThan(0.039);
	expect(Math.abs(share(undefined) - 0.65)).toBeLessThan(0.043);
});

it('hits everyone at rate 1 and nobody at rate 0', () => {
	const rates = { '429': 0, '500-before': 1 };
	const kinds = kindsFor({ random: { seed: 1, rates } }, students);
	expect(new Set(kinds.values())).toEqual(new Set(['500-before']));
});

it('lets a rule decide before chance does', () => {
	const kinds = kindsFor(
		{
			rules: [{ email: students[0], kind: '429' }],
			random: { seed: 1, rates: { '500-after': 1 } },
		},
		students.slice(0, 2),
	);
	expect([...kinds.values()]).toEqual(['429', '500-after']);
});
