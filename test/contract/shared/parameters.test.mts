import fc from 'fast-check';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { parameterReader, plainReference } from '../../../nodes/shared/parameters';
import { runNode } from '../../../sandbox/n8n/engine.mts';

interface Reading {
	cheap: unknown[];
	evaluated: unknown[];
	evaluations: number;
}

/** A node that reads one parameter both ways, for every item. */
function readingNode(): INodeType {
	return {
		description: {
			displayName: 'Reading',
			name: 'reading',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
		},
		async execute(this: IExecuteFunctions) {
			const items = this.getInputData();
			const evaluate = this.getNodeParameter.bind(this) as (...parameters: unknown[]) => unknown;
			let evaluations = 0;
			const counting = Object.assign(Object.create(this) as IExecuteFunctions, {
				getNodeParameter: (...parameters: unknown[]) => (evaluations++, evaluate(...parameters)),
			});
			const attempt = (read: () => unknown) => {
				try {
					return { value: read() };
				} catch (error) {
					return { error: (error as Error).message };
				}
			};
			const read = parameterReader(counting, items, 'value');
			const cheap = items.map((_, index) => attempt(() => read(index)));
			const reading = {
				cheap,
				evaluations,
				evaluated: items.map((_, index) => attempt(() => evaluate('value', index, ''))),
			};
			return [[{ json: reading as never }]];
		},
	};
}

async function read(value: string, items: unknown[]): Promise<Reading> {
	const { outputs, error } = await runNode({
		type: readingNode(),
		parameters: { value },
		items: items.map((json) => ({ json }) as INodeExecutionData),
	});
	if (error) throw new Error(error.message);
	return outputs[0][0].json as unknown as Reading;
}

describe('reading a parameter', () => {
	const shapes: unknown[] = [
		{
			email: 'a@b.example',
			'First Name': 'Ann',
			list: ['x', { y: 1 }],
			deep: { er: { est: 'z' } },
		},
		{ email: '', 'First Name': '={{ 1 + 1 }}', list: [], deep: null },
		{ email: null, list: 'text', deep: { er: 5 } },
		{ email: 0, 'First Name': false, list: { 0: 'zero' }, deep: [] },
		{ email: ['a'], 'First Name': { a: 1 }, list: [null], deep: { er: { est: null } } },
		{
			email: '{{ $json.deep }}',
			'First Name': ' spaces ',
			constructor: 'own',
			toString: 'own',
			length: 3,
		},
		{},
		{ email: 1e21, 'First Name': -0.5, list: [[['nested']]], deep: { er: { est: true } } },
		{ email: '2026-11-22T00:00:00.000Z', 'First Name': '\u2028 \ud83d', list: [1], deep: 'text' },
	];
	const references = [
		'={{ $json.email }}',
		'={{$json.email}}',
		'={{ $json["email"] }}',
		"={{ $json['First Name'] }}",
		'={{ $json.list[0] }}',
		'={{ $json.list[1].y }}',
		'={{ $json.deep.er.est }}',
		'={{ $json["deep"]["er"].est }}',
		'={{ $json.missing }}',
		'={{ $json.missing.deeper }}',
		'={{ $json.constructor }}',
		'={{ $json.toString }}',
		'={{ $json.length }}',
		'={{ $json.email.length }}',
		'={{ $json.list.length }}',
		'={{ $json.__proto__ }}',
		'={{ $json.list[9] }}',
	];
	it.each(references)(
		'gives for the dragged field %s what the evaluator gives',
		async (reference) => {
			const { cheap, evaluated } = await read(reference, shapes);
			expect(cheap).toEqual(evaluated);
		},
	);

	it('gives what the evaluator gives for generated items', async () => {
		const key = fc.constantFrom('a', 'b', 'c d', 'length', 'é', '0');
		const leaf = fc.oneof(
			fc.string(),
			fc.double(),
			fc.boolean(),
			fc.constant(null),
			fc.constantFrom('={{ 1 }}', '{{ $json }}'),
		);
		const { node } = fc.letrec((tie) => ({
			node: fc.oneof(
				{ maxDepth: 3 },
				leaf,
				fc.dictionary(key, tie('node'), { maxKeys: 4 }),
				fc.array(tie('node'), { maxLength: 3 }),
			),
		}));
		const items = fc.array(fc.dictionary(key, node), { minLength: 1, maxLength: 10 });
		const path = fc.array(
			fc.oneof(
				key.map((name) => `["${name}"]`),
				fc.nat(3).map((index) => `[${index}]`),
			),
			{ minLength: 1, maxLength: 3 },
		);
		await fc.assert(
			fc.asyncProperty(items, path, async (batch, steps) => {
				const { cheap, evaluated } = await read(`={{ $json${steps.join('')} }}`, batch);
				expect(cheap).toEqual(evaluated);
			}),
			{ numRuns: 150, seed: 3 },
		);
	}, 60_000);

	it('costs no evaluation for a dragged field that is there, one for none', async () => {
		const items = Array.from({ length: 50 }, (_, index) => ({ email: `a${index}@b.example` }));
		expect((await read('={{ $json.email }}', items)).evaluations).toBe(0);
		expect((await read('fixed text', items)).evaluations).toBe(0);
		expect((await read('={{ $json.email.trim() }}', items)).evaluations).toBe(50);
	});

	it.each([
		'={{ $json.email.trim() }}',
		'=x{{ $json.email }}',
		'={{ $json.email }} ',
		'={{ $json }}',
		'={{ $json[$json.a] }}',
		'={{ $json.a ?? $json.b }}',
		'={{ $json["a" + "b"] }}',
		'{{ $json.email }}',
	])('does not take %s for a plain reference', (expression) =>
		expect(plainReference(expression)).toBeUndefined(),
	);
});
