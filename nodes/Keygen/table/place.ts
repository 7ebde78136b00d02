import { FOLDS, type FoldName } from './folds';
import type { Resource, Row } from './row';

/** A row, with where it stands. */
export interface Place<OfRow extends Row = Row> {
	resourceName: string;
	resource: Resource;
	/** The row's key. The panel's 'Operation' has another value if the row is folded. */
	operation: string;
	row: OfRow;
}

/** Name of the parameter that says which row of a fold is meant. */
export const RELATED = 'related';

/** The values of 'Operation', and of the choice below it, that stand for a row. */
export interface Selection {
	operation: string;
	/** Absent unless the row is folded. */
	related?: string;
}

/** How the panel selects a row. */
export function selectionOf({ operation, row }: Pick<Place, 'operation' | 'row'>): Selection {
	return row.fold === undefined ? { operation } : { operation: row.fold, related: objectOf(row) };
}

/** A folded row's object: the end of its path, `users` or, for one of them, `user`. */
function objectOf({ path = '' }: Row): string {
	return path.slice(path.lastIndexOf('/') + 1).replace(/[{}]/g, '');
}

/** What a user calls the object: what follows the verb in the row's name. */
export function objectLabel({ name }: Row, fold: FoldName): string {
	return name.slice(FOLDS[fold].verb.length + 1);
}

/** The row that the panel selects; undefined if there is none. */
export function rowAt({ operations }: Resource, selected: Selection): Row | undefined {
	return Object.entries(operations).find(([operation, row]) => {
		const selection = selectionOf({ operation, row });
		return (
			selection.operation === selected.operation &&
			(selection.related ?? selected.related) === selected.related
		);
	})?.[1];
}
