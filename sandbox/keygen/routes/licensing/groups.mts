import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, update } from '../../editing/changing.mts';
import { attach, detach, groupOwners } from '../../editing/joins.mts';
import { ENVIRONMENT, manyOf } from '../../notation/linkages.mts';
import { list, member, members, show } from '../../reading/reading.mts';

const type = 'groups';
const limits = (nullable: string) =>
	`maxUsers?: integer${nullable}; maxLicenses?: integer${nullable}; maxMachines?: integer${nullable}; metadata?: object (depth≤2)`;

const nested = (segment: string, shown = segment): Row[] => [
	row(`GET /groups/{group_id}/${segment}`, 'CLIENTS', members('groups', segment, shown)),
	row(`GET /groups/{group_id}/${segment}/{id}`, 'CLIENTS', member('groups', segment, shown)),
];

export const groupRows: Row[] = [
	row('GET /groups', 'CLIENTS', list(type)),
	row('GET /groups/{id}', 'CLIENTS', show(type)),
	row('POST /groups', 'PRIV', create(type), {
		type,
		attributes: `name: string; ${limits('')}`,
		relationships: `? ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /groups/{id}', 'PRIV', update(type), {
		type,
		id: 'ignored',
		attributes: `name?: string; ${limits('|null')}`,
	}),
	row('DELETE /groups/{id}', 'PRIV', destroy(type)),
	...nested('users'),
	...nested('licenses'),
	...nested('machines'),
	...nested('owners', 'group-owners'),
	row('POST /groups/{group_id}/owners', 'PRIV', attach(groupOwners), manyOf('users')),
	row('DELETE /groups/{group_id}/owners', 'PRIV', detach(groupOwners), manyOf('users')),
];
