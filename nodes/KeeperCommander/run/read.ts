import { fail, ok } from '../../shared/failure';
import { rowsOf } from '../service/rows';
import type { ReadRow } from '../table/row';
import type { Operation } from './operation';
import type { Ending } from './outcome';

/** Outputs the rows of a list or a report. */
export async function read({ reads }: ReadRow, operation: Operation): Promise<Ending> {
	const rows = await rowsOf(reads, operation);
	if (!rows.ok) return fail({ ...rows.failure, mayHaveChanged: false });
	return ok({ outputs: rows.value.slice(0, operation.limit), changed: false });
}
