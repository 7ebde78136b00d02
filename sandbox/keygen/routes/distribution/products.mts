import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, update } from '../../editing/changing.mts';
import { showArtifactOf } from '../../handlers/artifacts.mts';
import { ENVIRONMENT } from '../../notation/linkages.mts';
import { list, member, members, show } from '../../reading/reading.mts';
import { membersOf } from '../../state/relations.mts';

const attributes = (required: string, rest: string) =>
	`${required}; code?: string; distributionStrategy?: string${rest}; url?: string${rest}; metadata?: object (depth≤2); platforms?: string[]|null; ` +
	'permissions?: string[] (EE:permissions; roles ADMINS)';

const nested = (segment: string, filters = '', by = 'READERS'): Row[] => [
	row(`GET /products/{product_id}/${segment}`, by, members('products', segment), { filters }),
	row(`GET /products/{product_id}/${segment}/{id}`, by, member('products', segment)),
];

/** Releases of API 1.0 could be filtered by what artifacts tell today. */
export const RELEASE_FILTERS = 'filetype platform arch version';

export const productRows: Row[] = [
	row('GET /products', 'ADMINS,sales-agent,support-agent,read-only', list('products')),
	row('GET /products/{id}', 'READERS', show('products')),
	row('POST /products', 'ADMINS', create('products'), {
		type: 'products',
		attributes: attributes('name: string', ''),
		relationships: `? ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /products/{id}', 'PRIV', update('products'), {
		type: 'products',
		id: 'ignored',
		attributes: attributes('name?: string', '|null'),
	}),
	row('DELETE /products/{id}', 'PRIV', destroy('products')),
	...nested('policies'),
	...nested('licenses', 'policy user suspended'),
	...nested('machines', 'fingerprint license user'),
	...nested('users', 'roles'),
	...nested('packages', 'engine', 'ANYONE'),
	...nested('engines', '', 'ANYONE'),
	...nested('releases', `yanked package engine channel ${RELEASE_FILTERS}`, 'ANYONE'),
	row('GET /products/{product_id}/artifacts', 'ANYONE', members('products', 'artifacts'), {
		filters: 'channel status filetype platform package engine arch',
	}),
	row(
		'GET /products/{product_id}/artifacts/{id}',
		'ANYONE',
		showArtifactOf('products', ({ world }, product) => membersOf(world, product, 'artifacts')),
		{
			query: 'ttl?: any (roles STAFF+)',
		},
	),
	...nested('platforms', '', 'ANYONE'),
	...nested('arches', '', 'ANYONE'),
	...nested('channels', '', 'ANYONE'),
];
