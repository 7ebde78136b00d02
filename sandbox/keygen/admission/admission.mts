import type { FastifyRequest } from 'fastify';

import { isAmong } from '../access/roles.mts';
import type { Call } from '../call/call.mts';
import type { Row } from '../call/row.mts';
import type { Body } from '../notation/body.mts';
import { readDocument } from '../notation/document.mts';
import type { Permits } from '../notation/members.mts';
import { noEndpoint } from '../refusals/not-found.mts';
import { refuse } from '../refusals/problems.mts';
import { isOlder } from '../state/api-versions.mts';
import type { World } from '../state/world.mts';
import { plain } from '../wire/query.mts';
import { bearerOf, refuseUnauthorized } from './authorization.mts';
import { bodyOf, refuseNullBytes } from './body.mts';
import { environmentOf } from './environment.mts';
import { refuseWrongFormat } from './format.mts';
import { header } from './headers.mts';
import { refuseWrongTypes } from './media-types.mts';
import { refuseWrongPlace } from './place.mts';
import { checkQuery, queryOf } from './query.mts';
import { versionOf } from './version.mts';

/** What a request turns out to be, step by step, so that an error knows as much as was found. */
export type Known = Pick<Call, 'requestId' | 'now'> & Partial<Call>;

/** Checks a request in the order of the service and returns the call for its handler. Throws refusals. */
export function readRequest(world: World, row: Row, request: FastifyRequest, known: Known): Call {
	const query = queryOf(request);
	const params = request.params as Record<string, string>;
	if (params['*'] !== undefined) params.id = params['*'];
	const call = Object.assign(known, {
		world,
		accepts: row,
		params,
		query,
		headers: request.headers,
		target: request.url,
	});
	refuseWrongPlace(world, row, request);
	refuseWrongFormat(row, request);
	const version = (known.version = versionOf(world, request));
	refuseWrongTypes(request);
	if (row.upTo && isOlder(row.upTo, version)) noEndpoint();
	known.environment =
		environmentOf(world, header(request, 'keygen-environment'), { header: 'Keygen-Environment' }) ??
		environmentOf(world, plain(query.environment), { parameter: 'environment' });
	const bearer = (known.bearer = row.unidentified
		? { role: 'none', item: null }
		: bearerOf(world, row, request, query, version));
	if (bearer.role === 'environment') known.environment ??= bearer.item;
	const permits: Permits = ({ roles, feature, upTo }) =>
		(!roles || isAmong(bearer.role, roles)) &&
		(!feature || world.edition.has(feature)) &&
		(!upTo || !isOlder(upTo, version));
	const read = () => readDocument(row, bodyOf(request), permits);
	refuseUnauthorized(call as Call, row, request.method, read);
	if (row.logs && !world.edition.clickhouse) refuse(405, 'The request could not be completed');
	refuseNullBytes(request);
	checkQuery(row, query, permits);
	readBody(known, row, read);
	return call as Call;
}

/**
 * The body of a request about one record is read when it is first used: the record is looked for
 * before that, and so is the right to change it.
 */
function readBody(known: Known, row: Row, read: () => Body): void {
	const names = row.route.includes('{') && !row.route.includes('/v1/');
	const isRead = row.type !== undefined || row.meta !== undefined;
	if (!names || !isRead) {
		known.body = read();
		return;
	}
	let body: Body | undefined;
	Object.defineProperty(known, 'body', {
		get: () => (body ??= read()),
		enumerable: true,
		configurable: true,
	});
}
