import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, update } from '../../editing/changing.mts';
import { ENVIRONMENT } from '../../notation/linkages.mts';
import { list, show, showOne } from '../../reading/reading.mts';

const type = 'keys';

export const keyRows: Row[] = [
	row('GET /keys', 'READERS', list(type), { filters: 'product policy' }),
	row('GET /keys/{id}', 'READERS', show(type)),
	row('POST /keys', 'PRIV,sales-agent', create(type), {
		type,
		attributes: 'key: string',
		relationships: `policy→{policies}; ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /keys/{id}', 'PRIV,sales-agent', update(type), {
		type,
		id: 'ignored',
		attributes: 'key?: string',
	}),
	row('DELETE /keys/{id}', 'PRIV,sales-agent', destroy(type)),
	row('GET /keys/{key_id}/product', 'READERS', showOne(type, 'product')),
	row('GET /keys/{key_id}/policy', 'READERS', showOne(type, 'policy')),
];
