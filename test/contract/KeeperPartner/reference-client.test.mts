import fc from 'fast-check';

import { referenceProvision } from '../reference-client/reference-client.mts';
import { PARTNER_NAME, PARTNER_SECRET, provision, sandboxForTests } from './provision.mts';

const sandbox = sandboxForTests();

/** Text of any script, without what the node refuses: control characters, lost letters, white space at the ends. */
const name = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
	.map((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\ufffd]/gu, '').trim())
	.filter((text) => text !== '' && !/\p{Surrogate}/u.test(text));

const localPart = fc
	.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,30}$/)
	.filter((text) => text.length > 0);

const people = fc
	.uniqueArray(
		fc.record({
			email: fc
				.tuple(localPart, fc.constantFrom('students.northfield.example', 'über.example'))
				.map((parts) => parts.join('@')),
			firstName: name,
			lastName: fc.option(name, { nil: undefined }),
			transactionId: name,
		}),
		{ minLength: 40, maxLength: 60, selector: ({ email }) => email.toLowerCase() },
	)
	// An ID that two people share is refused.
	.map((batch) =>
		batch.map((person, index) => ({
			...person,
			transactionId: `${person.transactionId}-${index}`,
		})),
	);

/** What the sandbox received, decoded, by address. */
const received = () =>
	new Map(
		sandbox
			.get()
			.requests()
			.map(({ rawQuery }) => {
				const parameters = Object.fromEntries(new URLSearchParams(rawQuery ?? ''));
				return [parameters.email, parameters] as const;
			}),
	);

it.each([
	['student', 'provisionStudentPlan'],
	['family', 'provisionFamilyPlan'],
] as const)(
	'puts the same parameters on the wire as the reference client, for thousands of generated people (%s plan)',
	async (plan, operation) => {
		const { url } = sandbox.get();
		let compared = 0;
		await fc.assert(
			fc.asyncProperty(people, async (batch) => {
				sandbox.get().reset();
				await provision({
					baseUrl: url,
					people: batch,
					parameters: {
						operation,
						transactionIdSource: 'field',
						transactionIdField: 'transactionId',
						options: { concurrency: 20 },
					},
				});
				const byNode = received();
				sandbox.get().reset();
				await Promise.all(
					batch.map((student) =>
						referenceProvision({
							baseUrl: url,
							plan,
							partnerName: PARTNER_NAME,
							secret: PARTNER_SECRET,
							student,
						}),
					),
				);
				expect(byNode).toEqual(received());
				expect(byNode.size).toBe(batch.length);
				expect(sandbox.get().ledger()).toHaveLength(batch.length);
				compared += batch.length;
			}),
			{ numRuns: 40, seed: 20_261_122, endOnFailure: true },
		);
		expect(compared).toBeGreaterThanOrEqual(1600);
	},
	120_000,
);
