import { Expression } from 'n8n-workflow';

import { provision, records, sandboxForTests, students } from '../KeeperPartner/provision.mts';

const sandbox = sandboxForTests();

/** How often n8n's evaluator is called while something runs. */
async function evaluations(run: () => Promise<unknown>): Promise<number> {
	const evaluator = jest.spyOn(Expression.prototype as never, 'renderExpression');
	try {
		await run();
		return evaluator.mock.calls.length;
	} finally {
		evaluator.mockRestore();
	}
}

const provisionAll = async (parameters: object, count = 300) => {
	const result = await provision({
		baseUrl: sandbox.get().url,
		people: students(count),
		parameters: { ...parameters },
	});
	expect(records(result).filter(({ outcome }) => outcome === 'provisioned')).toHaveLength(count);
};

it.each([1, 7, 100])(
	'makes one call a person, %i at a time and never more',
	async (concurrency) => {
		sandbox.get().setFaults({ latencyMs: concurrency });
		await provisionAll({ options: { concurrency } });
		const { requests, peakRequestsInFlight } = sandbox.get().stats();
		expect(requests).toBe(300);
		expect(peakRequestsInFlight).toBeLessThanOrEqual(concurrency);
		expect(peakRequestsInFlight).toBeGreaterThan(concurrency / 2);
	},
);

it('opens one connection a call, and holds no more open than calls are under way', async () => {
	sandbox.get().setFaults({ latencyMs: 5 });
	await provisionAll({ options: { concurrency: 20 } });
	const { sockets, peakSocketsOpen } = sandbox.get().stats();
	expect(sockets).toBe(300);
	// The service may hear of the end of a connection after the start of the next.
	expect(peakSocketsOpen).toBeLessThanOrEqual(20 + 5);
});

describe('evaluates', () => {
	const mapped = {
		mappingMode: 'mapEachField',
		email: '={{ $json.email }}',
		firstName: '={{ $json.first_name }}',
		lastName: '={{ $json.last_name }}',
	};

	it.each<[string, object, number]>([
		['nothing with Map Automatically', { mappingMode: 'mapAutomatically' }, 0],
		['nothing for fields dragged from the input', mapped, 0],
		[
			'nothing for fixed values and options',
			{ ...mapped, lastName: 'Northfield', options: { concurrency: 10, timeoutSeconds: 30 } },
			0,
		],
		[
			'each real expression once an item, and only those',
			{ ...mapped, firstName: '={{ $json.first_name.trim() }}' },
			50,
		],
		[
			'each of several real expressions once an item',
			{
				...mapped,
				firstName: '={{ $json.first_name.trim() }}',
				lastName: '={{ $json.last_name.trim() }}',
				transactionIdSource: 'value',
				transactionId: "={{ 'N-' + $json.email }}",
			},
			150,
		],
	])('%s', async (_, parameters, expected) => {
		expect(await evaluations(async () => await provisionAll(parameters, 50))).toBe(expected);
	});
});
