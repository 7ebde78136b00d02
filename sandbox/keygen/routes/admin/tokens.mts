import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { destroy } from '../../editing/changing.mts';
import { generate, generateFor, regenerate, regenerateCurrent } from '../../handlers/tokens.mts';
import type { Accepts } from '../../notation/accepts.mts';
import { ENVIRONMENT } from '../../notation/linkages.mts';
import { list, member, members, show } from '../../reading/reading.mts';

/** Body of a token under a parent; `who` may set permissions. */
const body = (who: string, counters = ''): Accepts => ({
	type: 'tokens',
	dataOptional: true,
	attributes: `? expiry?: datetime|null; name?: string|null; ${counters}permissions?: string[] (EE:permissions; roles ${who})`,
	relationships: `? ${ENVIRONMENT}`,
});

const own: Accepts = {
	...body('ANYONE'),
	relationships: `? bearer?→{environments/products/users/licenses}; ${ENVIRONMENT}`,
	meta: '? otp: any',
};

const under = (
	parent: string,
	path: string,
	who: string,
	accepts: Accepts,
	rest: Partial<Row> = {},
	status = 200,
): Row[] => [
	row(`GET ${path}/tokens`, who, members(parent, 'tokens'), rest),
	row(`GET ${path}/tokens/{id}`, who, member(parent, 'tokens'), rest),
	row(`POST ${path}/tokens`, who.replace('READERS', 'PRIV'), generateFor(parent, status), {
		...accepts,
		...rest,
		permission: 'token.generate',
	}),
];

const environments = { feature: 'environments' };

export const tokenRows: Row[] = [
	row('GET /tokens', 'CLIENTS', list('tokens'), { filters: 'bearer' }),
	row('GET /tokens/{id}', 'CLIENTS', show('tokens')),
	row('POST /tokens', 'CLIENTS', generate, { ...own, password: true, limit: [5, 60] }),
	row('PUT /tokens', 'CLIENTS', regenerateCurrent),
	row('PUT /tokens/{id}', 'CLIENTS', regenerate),
	row('DELETE /tokens/{id}', 'CLIENTS', destroy('tokens', 'revoked')),
	...under('products', '/products/{product_id}', 'READERS', body('PRIV')),
	...under(
		'licenses',
		'/licenses/{license_id}',
		'READERS,user',
		body('PRIV', 'maxActivations?: integer; maxDeactivations?: integer; '),
	),
	...under('users', '/users/{user_id}', 'READERS,user', body('PRIV')),
	...under(
		'environments',
		'/environments/{environment_id}',
		'READERS',
		body('ADMINS'),
		environments,
		201,
	),
];
