import type { FastifyRequest } from 'fastify';

import { authenticate } from '../access/bearers.mts';
import type { Bearer } from '../access/bearers.mts';
import { isAmong } from '../access/roles.mts';
import { logIn } from '../access/sign-in.mts';
import type { Row } from '../call/row.mts';
import { refuse } from '../refusals/problems.mts';
import { World } from '../state/world.mts';
import type { QueryValue } from '../wire/query.mts';
import { header } from './headers.mts';
import { permissionOf } from './permission.mts';

/** Who sends the request. */
export function bearerOf(
	world: World,
	row: Row,
	request: FastifyRequest,
	query: Record<string, QueryValue>,
	version: string,
): Bearer {
	const found = authenticate(world, header(request, 'authorization'), query, row.password ?? false);
	return 'role' in found ? found : logIn(world, found, version);
}

/** Refuses a bearer whose role or permissions the route does not allow. */
export function refuseUnauthorized(world: World, row: Row, method: string, bearer: Bearer): void {
	const own = bearer.token?.environment ?? null;
	if (own !== null && !world.store.get('environments', own))
		refuse(401, 'The environment of this token is gone', { code: 'TOKEN_INVALID' });
	if (!isAmong(bearer.role, row.by)) {
		if (bearer.role === 'none')
			refuse(401, 'Authenticate with a token or a license key', { code: 'TOKEN_MISSING' });
		refuse(403, `A bearer of kind ${bearer.role} may not do this`);
	}
	const permissions: string[] | undefined = bearer.token?.facts.permissions;
	if (!permissions || permissions.includes('*')) return;
	const needed = row.permission ?? permissionOf(row.route, method);
	if (!permissions.includes(needed)) refuse(403, `The token lacks the permission ${needed}`);
}
