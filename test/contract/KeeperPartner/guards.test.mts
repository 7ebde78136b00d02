import { provision, records, sandboxForTests, student, students } from './provision.mts';

const sandbox = sandboxForTests();

describe('a retried execution', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const)(
		'sends nobody, and says why (%s)',
		async (onError) => {
			const result = await provision({
				baseUrl: sandbox.get().url,
				people: students(3),
				mode: 'retry',
				settings: { onError },
			});
			expect(sandbox.get().requests()).toEqual([]);
			expect(JSON.stringify([result.error?.message, result.outputs])).toContain(
				'This execution is a retry of an earlier one',
			);
		},
	);

	it('sends where the option says that a record settles it', async () => {
		await provision({
			baseUrl: sandbox.get().url,
			people: students(3),
			mode: 'retry',
			parameters: { options: { sendOnRetry: true } },
		});
		expect(sandbox.get().ledger()).toHaveLength(3);
	});
});

describe("an agent's tool", () => {
	const call = { mappingMode: 'mapEachField', email: '={{ $json.email }}', firstName: 'Ann' };
	const asTool = async (parameters: Record<string, unknown>) =>
		await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			asTool: true,
			mode: 'webhook',
			parameters: { ...call, ...parameters } as never,
		});

	it.each([[{}], [{ allowAgentToBuy: false }], [{ allowAgentToBuy: '={{ true }}' }]])(
		'previews unless the person who builds the workflow has allowed more: %j',
		async (parameters) => {
			const [record] = records(await asTool(parameters));
			expect(sandbox.get().requests()).toEqual([]);
			expect(record).toMatchObject({
				outcome: 'preview',
				note: expect.stringContaining('Nothing was bought'),
			});
		},
	);

	it('buys once it is allowed', async () => {
		const [record] = records(await asTool({ allowAgentToBuy: true }));
		expect(record.outcome).toBe('provisioned');
		expect(sandbox.get().ledger()).toHaveLength(1);
	});

	it('takes nobody from the data that the agent was started with', async () => {
		const [record] = records(
			await asTool({ allowAgentToBuy: true, mappingMode: 'mapAutomatically' }),
		);
		expect(record.error).toContain("'Mapping Mode' must be 'Map Each Field'");
		expect(sandbox.get().requests()).toEqual([]);
	});
});

describe('Preview', () => {
	it.each(['continueRegularOutput', 'stopWorkflow'] as const)(
		'gives every row out, the refused ones too (%s)',
		async (onError) => {
			const result = await provision({
				baseUrl: sandbox.get().url,
				people: [{ email: 'bad', first_name: 'B' }, student(1), student(1)],
				settings: { onError },
				parameters: { options: { preview: true } },
			});
			expect(result.error).toBeUndefined();
			expect(records(result).map(({ outcome }) => outcome)).toEqual([
				'failed',
				'preview',
				'failed',
			]);
			expect(Object.keys(records(result)[0]).slice(0, 3)).toEqual(['outcome', 'email', 'error']);
		},
	);

	it('gives a list of nothing but refused rows out too', async () => {
		const { error, outputs } = await provision({
			baseUrl: sandbox.get().url,
			people: [{ email: 'bad', first_name: 'B' }],
			settings: { onError: 'stopWorkflow' },
			parameters: { options: { preview: true } },
		});
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
	});
});

describe('Additional Query Parameters', () => {
	const additional = (parameter: Array<{ name: string; value: string }>) => ({
		options: { additionalParameters: { parameter } },
	});
	const sent = () => new URLSearchParams(sandbox.get().requests()[0].rawQuery ?? '');

	it('go out with every call, percent-encoded', async () => {
		await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			parameters: additional([{ name: 'invite type', value: 'a&b' }]),
		});
		expect(sandbox.get().requests()[0].rawQuery).toContain('invite%20type=a%26b');
		expect(sent().get('email')).toBe(student(1).email);
	});

	it.each([
		[[{ name: 'email', value: 'x@x.example' }], "'email' is set by the node itself"],
		[[{ name: 'hash', value: '1' }], "'hash' is set by the node itself"],
		[[{ name: '', value: '1' }], 'one has no name'],
		[[{ name: 'locale', value: ' ' }], "'locale' has no value"],
		[
			[
				{ name: 'locale', value: 'en' },
				{ name: 'locale', value: 'de' },
			],
			"'locale' is there twice",
		],
	])('are refused where they cannot be right: %j', async (parameter, message) => {
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: [student(1)],
			parameters: additional(parameter),
		});
		expect(records(result)[0].error).toContain(message);
		expect(sandbox.get().requests()).toEqual([]);
	});
});
