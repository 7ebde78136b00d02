import { inspect } from 'node:util';

import { FAULT_KINDS, type FaultKind } from '../../../sandbox/keeper-partner/faults.mts';
import { referenceHash } from '../reference-client/reference-client.mts';
import { PARTNER_SECRET, provision, sandboxForTests, student } from './provision.mts';

const sandbox = sandboxForTests();

/** Everything that n8n would store or show of a run, and the hashes that went over the wire. */
async function traces(
	settings: Parameters<typeof provision>[0]['settings'],
	extra: Partial<Parameters<typeof provision>[0]> = {},
) {
	const { run, error, hints } = await provision({
		baseUrl: sandbox.get().url,
		people: Array.from({ length: 60 }, (_, index) => student(index)),
		settings,
		...extra,
		parameters: {
			...extra.parameters,
			options: { timeoutSeconds: 1, ...(extra.parameters?.options as object) },
		},
	});
	const hashes = sandbox
		.get()
		.requests()
		.map(({ rawQuery }) => new URLSearchParams(rawQuery ?? '').get('hash') ?? '');
	return {
		text: [
			JSON.stringify(run.data),
			inspect(run.data, { depth: 20 }),
			inspect(error, { depth: 20 }),
			inspect(hints),
		].join('\n'),
		hashes,
	};
}

const kinds = Object.keys(FAULT_KINDS) as FaultKind[];

it.each(['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const)(
	'neither secret nor hash is in what n8n stores of a run in which everything goes wrong (%s)',
	async (onError) => {
		sandbox.get().setFaults({
			rules: kinds.map((kind, index) => ({
				kind,
				// Between two that go well, so that the run does not end early.
				email: student(2 * index + 1).email,
				times: 1,
				redirectTo: 'http://elsewhere.invalid',
				bodyMegabytes: 2,
			})),
		});
		const { text, hashes } = await traces({ onError });
		expect(hashes.length).toBeGreaterThanOrEqual(30);
		expect(text).toContain(student(29).email);
		expect(text).not.toContain(PARTNER_SECRET);
		for (const hash of hashes) expect(text).not.toContain(hash);
	},
	60_000,
);

it.each([
	['an unreachable address', { baseUrl: 'http://127.0.0.1:9' }],
	['a preview', { parameters: { options: { preview: true } } }],
	['a wrong name', { credential: { partnerName: 'wrong' } }],
])('neither secret nor hash shows after %s', async (_, extra) => {
	const { text } = await traces({ onError: 'stopWorkflow' }, extra);
	expect(text).not.toContain(PARTNER_SECRET);
	for (let number = 0; number < 30; number++) {
		expect(text).not.toContain(referenceHash(student(number).email, PARTNER_SECRET));
	}
	expect(text).not.toContain('hash=');
});
