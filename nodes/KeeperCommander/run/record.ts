import { fail, ok, type Result } from '../../shared/failure';
import type { CommandFailure } from '../service/command-failure';
import { rowsOf } from '../service/rows';
import { fieldNamed } from '../table/fields/fields';
import { LISTS, type List, type Shown } from '../table/lists';
import type { ReadBack } from '../table/row';
import type { Operation } from './operation';

/** The record that a field names, as Keeper shows it now; undefined if there is none. */
export async function recordOf(
	{ in: listName, by, means }: ReadBack,
	operation: Operation,
): Promise<Result<Shown | undefined, CommandFailure>> {
	const list: List = LISTS[listName];
	const rows = await rowsOf(list.line, operation);
	if (!rows.ok) return rows;
	const wanted = operation.values[by] ?? '';
	const isMeant = means ?? ((record: Shown) => isNamed(record, list, wanted));
	const found = rows.value.filter((record) => isMeant(record, operation.values));
	// An ID takes precedence over an equal name.
	const exact = found.filter((record) => String(record[list.id]) === wanted);
	if (exact.length === 1) return ok(exact[0]);
	if (found.length < 2 || means) return ok(found[0]);
	const ids = found.map((record) => String(record[list.id])).slice(0, 5);
	return fail({
		ran: 'no',
		message: `'${fieldNamed[by]?.label}' '${wanted}' matches ${found.length} records`,
		description: `Use the ID instead of the name: ${ids.join(', ')}. Nothing was sent.`,
	});
}

function isNamed(record: Shown, { id, name, anyCase }: List, wanted: string): boolean {
	const own = String(record[name]);
	return (
		String(record[id]) === wanted ||
		own === wanted ||
		(anyCase === true && own.toLowerCase() === wanted.toLowerCase())
	);
}
