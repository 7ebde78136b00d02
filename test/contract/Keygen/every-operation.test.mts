import { FILTERS } from '../../../nodes/Keygen/table/filters';
import type { Place } from '../../../nodes/Keygen/table/place';
import { allRows } from '../../../nodes/Keygen/table/table';
import { makeRecords, parametersFor } from './samples.mts';
import { SITUATIONS } from './situations.mts';
import type { LoggedRequest } from '../../../sandbox/keygen/server/requests.mts';
import type { AccountKeys } from '../../../sandbox/keygen/state/signing.mts';
import { openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
let keys: AccountKeys | undefined;

beforeEach(async () => {
	bench = await openWorkbench(keys && { keys });
	keys = bench.sandbox.world.keys;
});
afterEach(() => bench.sandbox.close());

/** Optional fields whose value is in no request. */
function notSent({ row, resource }: Place, requests: LoggedRequest[], special: object): string[] {
	const wire = requests
		.map(({ url, body }) => `${decodeURIComponent(url)} ${JSON.stringify(body)}`)
		.join(' ');
	const named = [...(row.optional ?? []), ...(row.settings ?? [])].map(
		(name) => [name, resource.fields[name]] as const,
	);
	const fields = [...named, ...(row.filters ?? []).map((name) => [name, FILTERS[name]] as const)];
	const isSent = (at: string) => {
		const [place, ...rest] = at.split('.');
		return (
			wire.includes(place === 'query' ? `${rest.join('.')}=` : `"${rest[rest.length - 1]}":`) ||
			(place === 'query' && wire.includes(rest.join('.')))
		);
	};
	return fields.flatMap(([name, { at }]) => {
		const left = name in special && special[name as keyof typeof special] === undefined;
		return left || at === 'input' || isSent(at) ? [] : [name];
	});
}

describe.each(
	allRows().map((place) => [`${place.resourceName}.${place.operation}`, place] as const),
)('%s', (name, place) => {
	test.each([
		['no optional field', false],
		['every optional field', true],
	])('is accepted with %s', async (_, all) => {
		const ids = makeRecords(bench.sandbox);
		const {
			special = {},
			items,
			expected = [],
		} = SITUATIONS[name]?.(bench.sandbox, ids, all) ?? {};
		const { outputs, error } = await bench.run(name, parametersFor(place, ids, all, special), {
			items,
		});
		const refusals = bench.sandbox.requests.entries.flatMap(({ status, errors }) =>
			errors.map((refusal) => `${status} ${refusal}`.trim()),
		);
		expect({ error: error && `${error.message} / ${error.description}`, refusals }).toEqual({
			error: undefined,
			refusals: expected,
		});
		if (place.row.answer !== 'list') expect(outputs[0]).not.toHaveLength(0);
		if (all) expect(notSent(place, bench.sandbox.requests.entries, special)).toEqual([]);
		for (const { json, pairedItem } of outputs[0]) {
			expect(json).not.toHaveProperty('error');
			expect(pairedItem).toEqual({ item: 0 });
		}
	});
});
