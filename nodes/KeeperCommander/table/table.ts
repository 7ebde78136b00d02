import { apiToken } from './resources/api-tokens';
import { command } from './resources/command';
import { node, role, team } from './resources/organization';
import { report } from './resources/reports';
import { user } from './resources/users';
import type { Resource, Row } from './row';

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

/** A row and its place in the table. */
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
