import type { FastifyReply, FastifyRequest } from 'fastify';

import type { SigningAlgorithm } from '../../keygen-signing/account-keys.mts';
import { signedHeaders } from '../../keygen-signing/message-signatures.mts';
import type { Known } from '../admission/admission.mts';
import { header } from '../admission/headers.mts';
import { wantedAlgorithm } from '../admission/signature.mts';
import type { Reply } from '../call/call.mts';
import type { Row } from '../call/row.mts';
import { render } from '../records/render.mts';
import { documented } from '../refusals/documentation.mts';
import { Refusal } from '../refusals/problems.mts';
import { isOlder } from '../state/api-versions.mts';
import type { World } from '../state/world.mts';

const JSON_API = 'application/vnd.api+json; charset=utf-8';
const JSON_ONLY = 'application/json; charset=utf-8';

/** An answer as bytes, before the server sends or spoils it. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

/** Codes of refusals that come from before the application: not signed, and without its headers. */
const early = new Set([
	'JSON_INVALID',
	'ENCODING_INVALID',
	'MIME_TYPE_INVALID',
	'PARAMETERS_INVALID',
	'TOO_MANY_REQUESTS',
]);

/** The answer to a call that went well. */
export function answerOf(world: World, call: Known, reply: Reply, request: FastifyRequest): Answer {
	const version = call.version ?? world.edition.newestVersion;
	const show = (item: Parameters<typeof render>[1]) => render(world, item, version, reply.secrets);
	const document = reply.bare ?? {
		...(reply.data !== undefined && {
			data: Array.isArray(reply.data) ? reply.data.map(show) : reply.data && show(reply.data),
		}),
		...(reply.included && { included: reply.included.map((item) => render(world, item, version)) }),
		...(reply.meta && { meta: reply.meta }),
		...(reply.links && Object.keys(reply.links).length > 0 && { links: reply.links }),
	};
	const empty = reply.data === undefined && !reply.meta && !reply.bare;
	const body = Buffer.from(reply.raw?.body ?? (empty ? '' : JSON.stringify(document)));
	const type: Record<string, string> =
		body.length > 0 ? { 'content-type': reply.raw?.type ?? typeFor(request) } : {};
	return finish(
		world,
		call,
		{ status: reply.status, headers: { ...type, ...absolute(reply.headers ?? {}, request) }, body },
		request,
		true,
	);
}

/** Plain JSON for a client that asks for nothing else. */
function typeFor(request: FastifyRequest): string {
	const accept = header(request, 'accept') ?? '';
	return /^application\/json\b/i.test(accept.trim()) ? JSON_ONLY : JSON_API;
}

/** The scheme that a client without a right to answers may try: its own, or Bearer. */
function schemeOf(request: FastifyRequest): string {
	const [scheme] = (header(request, 'authorization') ?? '').trim().split(' ');
	return scheme.toLowerCase() === 'bearer' || scheme === '' ? 'Bearer' : scheme;
}

/** `Location` with the origin that the client asked. */
function absolute(
	headers: Record<string, string>,
	request: FastifyRequest,
): Record<string, string> {
	const { location } = headers;
	if (!location?.startsWith('/')) return headers;
	const scheme = header(request, 'x-forwarded-proto') ?? request.protocol;
	return { ...headers, location: `${scheme}://${request.host}${location}` };
}

/** The answer to a refusal; anything else that was thrown is a fault of the sandbox itself. */
export function answerToError(
	world: World,
	row: Row | undefined,
	call: Known,
	error: unknown,
	request: FastifyRequest,
): Answer {
	if (!(error instanceof Refusal)) throw error;
	const { status } = error;
	const isEarly = error.problems.some(({ code }) => code !== undefined && early.has(code));
	const about = { type: row && subjectOf(row), domain: world.edition.domain };
	const document = {
		...(!isEarly && { meta: { id: call.requestId } }),
		errors: error.problems.map((problem) => documented(problem, status, about)),
	};
	const headers = {
		'content-type': typeFor(request),
		...(status === 401 && { 'www-authenticate': `${schemeOf(request)} realm="keygen"` }),
		...error.headers,
	};
	const answer = { status, headers, body: Buffer.from(JSON.stringify(document)) };
	return finish(world, call, answer, request, !isEarly);
}

/** The type that a route creates or changes. */
function subjectOf({ route, linkage }: Row): string {
	const [plural, second] = route
		.split(' ')[1]
		.split('/')
		.filter((step) => step !== '' && step !== 'v1' && !step.startsWith('{'));
	if (!second || second === 'actions' || linkage?.startsWith('one')) return plural;
	return second === 'owners' ? 'group-owners' : second;
}

function finish(
	world: World,
	call: Known,
	answer: Answer,
	request: FastifyRequest,
	isOfApplication: boolean,
): Answer {
	if (!isOfApplication) return answer;
	Object.assign(answer.headers, informative(world, call));
	let algorithm: SigningAlgorithm = 'ed25519';
	try {
		algorithm = wantedAlgorithm(request);
	} catch {
		// A refusal of the wish itself is signed with the default.
	}
	const message = {
		method: request.method,
		target: request.url,
		host: request.hostname.split(':')[0],
		body: answer.body,
		date: new Date(world.clock.now()),
		accountId: world.account.id,
		algorithm,
	};
	Object.assign(answer.headers, signedHeaders(world.keys, message));
	return answer;
}

/** Headers that tell who asked and who answered; up to version 1.3 their names end in -Id. */
function informative(
	world: World,
	{ version = world.edition.newestVersion, bearer, environment, requestId }: Known,
): Record<string, string> {
	const suffix = isOlder(version, '1.4') ? '-id' : '';
	return {
		'x-request-id': requestId,
		'keygen-version': version,
		'keygen-edition': world.edition.name,
		'keygen-mode': world.edition.multiplayer ? 'multiplayer' : 'singleplayer',
		'keygen-revision': world.edition.release,
		...(world.edition.name === 'EE' && { 'keygen-license': 'sandbox' }),
		[`keygen-account${suffix}`]: world.account.id,
		...(bearer?.item && { [`keygen-bearer${suffix}`]: bearer.item.id }),
		...(bearer?.token && { [`keygen-token${suffix}`]: bearer.token.id }),
		...(environment && { [`keygen-environment${suffix}`]: environment.id }),
	};
}

export function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
	return reply
		.code(status)
		.headers(headers)
		.send(body.length > 0 ? body : undefined);
}
