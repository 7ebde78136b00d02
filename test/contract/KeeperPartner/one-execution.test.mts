import { randomUUID } from 'node:crypto';

import { provision, records, runsOf, sandboxForTests, student, students } from './provision.mts';

const sandbox = sandboxForTests();

describe('in one execution', () => {
	it('the same person in a later run of the node gets the outcome of the first, and no second license', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			later: [[{ ...student(1), email: 'STUDENT1@students.northfield.example.' }], [student(2)]],
		});
		expect(sandbox.get().stats()).toMatchObject({ created: 2, duplicates: 0 });
		const [[first], [second]] = runsOf(result);
		const { orderNumber, transactionId } = first;
		expect(second).toMatchObject({
			outcome: 'provisioned',
			repeated: true,
			orderNumber,
			transactionId,
		});
	});

	it('an unknown stays unknown', async () => {
		sandbox.get().setFaults({ rules: [{ kind: '500-after', nth: 1 }] });
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			later: [[student(1)]],
		});
		expect(sandbox.get().requests()).toHaveLength(1);
		expect(runsOf(result)[1][0]).toMatchObject({ outcome: 'unknown', repeated: true });
	});

	it('who surely got nothing is sent again', async () => {
		sandbox.get().setFaults({ rules: [{ kind: 'success-false', nth: 1 }] });
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			later: [[student(1)]],
		});
		expect(runsOf(result).map(([{ outcome }]) => outcome)).toEqual(['failed', 'provisioned']);
	});

	it('nothing of a person is kept that the execution does not hold anyway', async () => {
		const { run } = await provision({ baseUrl: sandbox.get().url, people: [student(1)] });
		const kept = JSON.stringify(run.data.executionData?.contextData);
		expect(kept).toContain('orderNumber');
		expect(kept).not.toMatch(/student1@|Given1/);
	});
});

describe("'Execute step' pressed twice", () => {
	const twice = async (second: object = {}, mode: 'manual' | 'trigger' = 'manual') => {
		const workflowId = randomUUID();
		const run = { baseUrl: sandbox.get().url, people: students(3), workflowId, mode };
		const first = records(await provision(run));
		const again = await provision({ ...run, ...second });
		return { first, again };
	};

	it('gives the outcome of the first time, and says so', async () => {
		const { first, again } = await twice();
		expect(sandbox.get().requests()).toHaveLength(3);
		expect(records(again)).toEqual(first.map((record) => ({ ...record, repeated: true })));
		expect(again.hints.map(({ message }) => message).join()).toContain(
			'3 of 3 people were sent before',
		);
	});

	it('sends again where the option says so', async () => {
		await twice({ parameters: { options: { againInEditor: true } } });
		expect(sandbox.get().requests()).toHaveLength(6);
	});

	it('sends when the data are others, such as those of a later run', async () => {
		await twice({ people: students(3).map((json) => ({ ...json, run: '2' })) });
		expect(sandbox.get().requests()).toHaveLength(6);
	});

	it('is a matter of the editor alone', async () => {
		await twice({}, 'trigger');
		expect(sandbox.get().requests()).toHaveLength(6);
	});
});

describe("'Most Licenses in One Run'", () => {
	const options = { mostLicenses: 3 };

	it('refuses a list beyond it as a whole, before the first call', async () => {
		const result = records(
			await provision({
				baseUrl: sandbox.get().url,
				people: [...students(4), { email: 'bad' }],
				parameters: { options },
			}),
		);
		expect(sandbox.get().requests()).toEqual([]);
		expect(result[0]).toMatchObject({ outcome: 'failed', reason: 'over_limit', safeToRetry: true });
		expect(result[0].error).toContain(
			"This run would buy 4 licenses, and 'Most Licenses in One Run' is 3",
		);
		expect(result[4].reason).toBe('invalid_input');
	});

	it('counts over a loop', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [student(0)],
			later: students(6)
				.slice(1)
				.map((person) => [person]),
			parameters: { options },
		});
		expect(sandbox.get().ledger()).toHaveLength(3);
		expect(runsOf(result)[3][0].error).toContain('after 3 that it has bought already');
	});

	it('does not count who has a license already', async () => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: students(3),
			later: [students(3)],
			parameters: { options },
		});
		expect(runsOf(result)[1].map(({ outcome }) => outcome)).toEqual(Array(3).fill('provisioned'));
	});
});
