import type { FastifyRequest } from 'fastify';

import { authenticate } from '../access/bearers.mts';
import type { Bearer } from '../access/bearers.mts';
import { holds } from '../access/permissions.mts';
import { isAmong } from '../access/roles.mts';
import { logIn } from '../access/sign-in.mts';
import type { Call } from '../call/call.mts';
import { find } from '../call/finding.mts';
import type { Row } from '../call/row.mts';
import type { Body } from '../notation/body.mts';
import { ALL_RESOURCES, forbid, lacking } from '../refusals/forbidden.mts';
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
export function refuseUnauthorized(call: Call, row: Row, method: string, read: () => Body): void {
	const { world, bearer } = call;
	const own = bearer.token?.environment ?? null;
	if (own !== null && !world.store.get('environments', own))
		refuse(401, 'The environment of this token is gone', { code: 'TOKEN_INVALID' });
	const needed = row.permission ?? permissionOf(row.route, method);
	if (!isAmong(bearer.role, row.by)) {
		if (bearer.role === 'none')
			refuse(401, 'You must be authenticated to complete the request', { code: 'TOKEN_MISSING' });
		// What the path names is looked for, and a new record is read, before anybody is refused.
		refuseUnknown(call, row);
		if (method === 'POST' && row.type && !row.linkage) read();
		forbid(holds(bearer.role, needed) ? ALL_RESOURCES : lacking(bearer.role));
	}
	const permissions: string[] | undefined = bearer.token?.facts.permissions;
	if (!permissions || permissions.includes('*')) return;
	if (!permissions.includes(needed)) forbid('token lacks permission to perform action');
}

/** 404 when the first record that the path names is not there for this bearer. */
function refuseUnknown(call: Call, row: Row): void {
	const [plural, parameter] = row.route.split(' ')[1].split('/').slice(1);
	const name = /^\{(\w+)\}$/.exec(parameter ?? '')?.[1];
	if (name && name in call.params && plural !== 'v1') find(call, plural, call.params[name]);
}
