import type { FastifyRequest } from 'fastify';

import type { Call, Row } from '../row.mts';
import { logIn } from '../handlers/tokens.mts';
import { permissionOf } from '../rules/permissions.mts';
import { authenticate } from '../state/bearers.mts';
import type { Bearer } from '../state/bearers.mts';
import type { Item } from '../state/store.mts';
import { isOlder } from '../state/versions.mts';
import type { World } from '../state/world.mts';
import { readDocument } from '../wire/document.mts';
import type { Permits } from '../wire/members.mts';
import { fields } from '../wire/notation.mts';
import type { Field } from '../wire/notation.mts';
import { plain, readQuery } from '../wire/query.mts';
import type { QueryValue } from '../wire/query.mts';
import { notFound, refuse } from '../wire/problems.mts';
import { isAmong } from '../wire/roles.mts';
import { misfit } from '../wire/values.mts';

/** What a request turns out to be, step by step, so that an error knows as much as was found. */
export type Partial = { -readonly [Key in keyof Call]?: Call[Key] };

/** Checks a request in the order of the service and returns the call for its handler. Throws refusals. */
export function readRequest(world: World, row: Row, request: FastifyRequest, known: Partial): Call {
	const query = readQuery(request.url.split('?')[1] ?? '');
	const params = request.params as Record<string, string>;
	const call = Object.assign(known, {
		world,
		row,
		params,
		query,
		headers: request.headers,
		target: request.url,
	});
	refuseWrongPlace(world, row, request);
	const version = (known.version = versionOf(world, request));
	refuseWrongTypes(request);
	if (row.upTo && isOlder(row.upTo, version)) notFound('route', request.url);
	known.environment = environmentOf(
		world,
		header(request, 'keygen-environment') ?? plain(query.environment),
	);
	const bearer = (known.bearer = bearerOf(world, row, request, query, version));
	if (bearer.role === 'environment') known.environment ??= bearer.item;
	refuseUnauthorized(world, row, request.method, bearer);
	if (row.logs && world.options.clickhouse === false) refuse(405, 'This needs ClickHouse');
	const permits: Permits = ({ roles, feature, upTo }) =>
		(!roles || isAmong(bearer.role, roles)) &&
		(!feature || world.has(feature)) &&
		(!upTo || !isOlder(upTo, version));
	checkQuery(row, query, permits);
	known.body = readDocument(row, bodyOf(request), permits);
	return call as Call;
}

/** Routes exist by server: release, edition and mode; the account must be this one. */
function refuseWrongPlace(world: World, row: Row, request: FastifyRequest): void {
	const account = (request.params as Record<string, string>).account;
	const isRoot = row.route.includes(' /v1/') || row.route.includes(' /-');
	const custom = (world.options.customDomains ?? []).includes(request.hostname.split(':')[0]);
	const routed = account === undefined ? !world.multiplayer || custom || isRoot : !custom;
	const missing =
		!routed ||
		(row.since && !world.since(row.since)) ||
		(row.feature && !world.has(row.feature)) ||
		(row.multiplayer && !world.multiplayer);
	if (missing) notFound('route', request.url.split('?')[0]);
	if (account !== undefined && ![world.account.id, world.account.facts.slug].includes(account))
		notFound('account', account);
}

function versionOf(world: World, request: FastifyRequest): string {
	const given = header(request, 'keygen-version');
	if (given === undefined) return world.account.facts.apiVersion;
	const version = given.replace(/^v/, '');
	if (world.versions.includes(version)) return version;
	return refuse(400, `This server speaks ${world.versions[0]} to ${world.newestVersion}`, {
		code: 'INVALID_API_VERSION',
		header: 'Keygen-Version',
	});
}

const accepted = /^(\*\/\*|application\/(\*|json|vnd\.api\+json|octet-stream))$/;

function refuseWrongTypes(request: FastifyRequest): void {
	const accept = header(request, 'accept');
	const ranges = (accept ?? '*/*')
		.split(',')
		.map((range) => range.split(';')[0].trim().toLowerCase());
	if (!ranges.some((range) => accepted.test(range))) {
		refuse(400, 'Accept must allow application/vnd.api+json or application/json', {
			code: 'MIME_TYPE_INVALID',
			header: 'Accept',
		});
	}
	if (rawBody(request).length === 0) return;
	const type = (header(request, 'content-type') ?? '').split(';')[0].trim().toLowerCase();
	if (!['application/json', 'application/vnd.api+json'].includes(type)) {
		refuse(400, 'Content-Type must be application/vnd.api+json or application/json', {
			code: 'MIME_TYPE_INVALID',
			header: 'Content-Type',
		});
	}
}

function environmentOf(world: World, name: string | undefined): Item | null {
	if (name === undefined || name === '') return null;
	const where = { header: 'Keygen-Environment' };
	if (!world.has('environments'))
		return refuse(400, 'This server has no environments', {
			code: 'ENVIRONMENT_NOT_SUPPORTED',
			...where,
		});
	const found =
		world.store.get('environments', name) ?? world.store.where('environments', 'code', name)[0];
	return (
		found ??
		refuse(400, `There is no environment '${name}'`, { code: 'ENVIRONMENT_INVALID', ...where })
	);
}

function bearerOf(
	world: World,
	row: Row,
	request: FastifyRequest,
	query: Record<string, QueryValue>,
	version: string,
): Bearer {
	const found = authenticate(world, header(request, 'authorization'), query, row.password ?? false);
	return 'role' in found ? found : logIn(world, found, version);
}

function refuseUnauthorized(world: World, row: Row, method: string, bearer: Bearer): void {
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
	const needed = permissionOf(row, method);
	if (!permissions.includes(needed)) refuse(403, `The token lacks the permission ${needed}`);
}

/** Typed query parameters; unknown ones are ignored, as the service does. */
function checkQuery(row: Row, query: Record<string, QueryValue>, permits: Permits): void {
	for (const field of fields(row.query ?? '').members) {
		const value = query[field.name];
		if (value === undefined) continue;
		if (!permits(field)) refuse(400, 'unpermitted parameter', { parameter: field.name });
		const complaint = misfit(field, typed(field, value));
		if (complaint && !(field.kind === 'array')) refuse(400, complaint, { parameter: field.name });
	}
}

function typed(field: Field, value: QueryValue): unknown {
	if (typeof value !== 'string') return value;
	if (value === '' && field.nullable) return null;
	if (field.kind === 'integer' && /^-?\d+$/.test(value)) return Number(value);
	if (field.kind === 'boolean' && ['true', 'false', '1', '0'].includes(value)) return true;
	return value;
}

/** The body as bytes; requests without one have none. */
export function rawBody(request: FastifyRequest): Buffer {
	return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function bodyOf(request: FastifyRequest): unknown {
	const raw = rawBody(request);
	if (raw.length === 0) {
		const announced =
			request.method === 'GET' && Number(request.headers['content-length'] ?? 0) > 0;
		return announced ? refuse(400, 'A GET request carries no body', { pointer: '/' }) : undefined;
	}
	const text = raw.toString('utf8');
	if (Buffer.compare(Buffer.from(text), raw) !== 0)
		refuse(400, 'The body is not UTF-8', { code: 'ENCODING_INVALID' });
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return refuse(400, 'The body is not JSON', { code: 'JSON_INVALID' });
	}
}

export function header(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value.join(', ') : value;
}
