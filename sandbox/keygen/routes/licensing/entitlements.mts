import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, update } from '../../editing/changing.mts';
import { ENVIRONMENT } from '../../notation/linkages.mts';
import { list, show } from '../../reading/reading.mts';

const type = 'entitlements';

export const entitlementRows: Row[] = [
	row('GET /entitlements', 'CLIENTS', list(type)),
	row('GET /entitlements/{id}', 'CLIENTS', show(type)),
	row('POST /entitlements', 'ADMINS', create(type), {
		type,
		attributes: 'name: string; code: string; metadata?: object (depth≤2)',
		relationships: `? ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /entitlements/{id}', 'ADMINS', update(type), {
		type,
		id: 'ignored',
		attributes: 'name?: string; code?: string; metadata?: object (depth≤2)',
	}),
	row('DELETE /entitlements/{id}', 'ADMINS', destroy(type)),
];
