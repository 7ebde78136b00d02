import { create, destroy, update } from '../handlers/changing.mts';
import { list, show } from '../handlers/reading.mts';
import { row } from '../row.mts';
import type { Row } from '../row.mts';
import { ENVIRONMENT } from './linkages.mts';

const type = 'entitlements';

export const entitlementRows: Row[] = [
	row('GET /entitlements', 'CLIENTS', list(type)),
	row('GET /entitlements/{id}', 'CLIENTS', show(type)),
	row('POST /entitlements', 'PRIV', create(type), {
		type,
		attributes: 'name: string; code: string; metadata?: object (depth≤2)',
		relationships: `? ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /entitlements/{id}', 'PRIV', update(type), {
		type,
		id: 'ignored',
		attributes: 'name?: string; code?: string; metadata?: object (depth≤2)',
	}),
	row('DELETE /entitlements/{id}', 'PRIV', destroy(type)),
];
