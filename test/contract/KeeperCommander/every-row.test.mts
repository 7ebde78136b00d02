import { allRows } from '../../../nodes/KeeperCommander/table/table';
import { rowFields } from '../../../nodes/KeeperCommander/table/row';
import { SITUATIONS } from './situations.mts';
import { openWorkbench } from './workbench.mts';
import { present } from '../../present.mts';

const ROWS = allRows().map((place) => [`${place.resourceName}.${place.operation}`, place] as const);

test('every row has a situation, and every situation a row', () => {
	expect(Object.keys(SITUATIONS).sort()).toEqual(ROWS.map(([name]) => name).sort());
});

describe.each(ROWS)('%s', (name, { row }) => {
	test.each([
		['no optional field', false],
		['every optional field', true],
	])('goes well with %s', async (_, all) => {
		const bench = await openWorkbench();
		const { required, additional = {}, told = [] } = present(SITUATIONS[name])(bench);
		const parameters = { ...required, ...(all ? { additionalFields: additional } : {}) };
		const { outputs, error } = await bench.run(name, parameters);
		expect(error && `${error.message} / ${error.description}`).toBeUndefined();
		for (const { json, pairedItem } of outputs[0]) {
			expect(json).not.toHaveProperty('error');
			expect(pairedItem).toEqual({ item: 0 });
			if (!('reads' in row) && name !== 'command.run') expect(json.outcome).toBe('done');
		}
		if (!('reads' in row)) expect(outputs[0]).toHaveLength(1);
		if (all) {
			const words = bench.sandbox.ran().flatMap((ran) => ran.words);
			expect(words).toEqual(expect.arrayContaining(told));
			const given = Object.keys(additional);
			// 'Period' excludes 'From' and 'To'.
			expect(rowFields(row).optional.filter((field) => !given.includes(field))).toEqual(
				given.includes('from') ? ['period'] : [],
			);
		}
	});

	if ('changes' in row) {
		test('sends one command, and none where it is so already', async () => {
			const bench = await openWorkbench();
			const { required } = present(SITUATIONS[name])(bench);
			await bench.get(name, required);
			expect(bench.changed()).toHaveLength(1);
			if (row.shows.mustExist && row.shows.deletes) return;
			expect(await bench.get(name, required)).toMatchObject([{ outcome: 'alreadySo' }]);
			expect(bench.changed()).toEqual([]);
		});
	}
});
