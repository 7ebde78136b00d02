import { apiToken } from './api-tokens';
import { command } from './command';
import { node, role, team } from './organization';
import { report } from './reports';
import type { Resource, Row } from './row';
import { user } from './users';

/** Every operation, by resource. Keys are what workflows store. */
export const TABLE: Readonly<Record<string, Resource>> = {
	apiToken,
	command,
	node,
	report,
	role,
	team,
	user,
};

/** A row and where it stands. */
export interface Place {
	resourceName: string;
	operation: string;
	row: Row;
}

/** All rows, in the order in which they are shown. */
export function allRows(): Place[] {
	return Object.entries(TABLE).flatMap(([resourceName, { operations }]) =>
		Object.entries(operations).map(([operation, row]) => ({ resourceName, operation, row })),
	);
}
