import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, update } from '../../editing/changing.mts';
import { list, show } from '../../reading/reading.mts';

const type = 'environments';
const feature = 'environments';

/** Administrators that a new environment or account brings along. */
export const admins = {
	types: 'users',
	attributes:
		'email: string; password?: string|null; firstName?: string|null; lastName?: string|null; metadata?: object (depth≤2); role?: string ∈{admin}',
};

export const environmentRows: Row[] = [
	row('GET /environments', 'READERS', list(type), { feature }),
	row('GET /environments/{id}', 'READERS', show(type), { feature }),
	row('POST /environments', 'admin,developer', create(type), {
		type,
		feature,
		attributes: 'name: string; code: string; isolationStrategy?: string',
		embedded: { admins: { ...admins, optional: true } },
	}),
	row('PATCH|PUT /environments/{id}', 'ADMINS', update(type), {
		type,
		feature,
		id: 'ignored',
		attributes: 'name?: string; code?: string',
	}),
	row('DELETE /environments/{id}', 'admin,developer', destroy(type), { feature }),
];
