import type { FastifyReply, FastifyRequest } from 'fastify';

import type { SigningAlgorithm } from '../../keygen-signing/account-keys.mts';
import { signedHeaders } from '../../keygen-signing/message-signatures.mts';
import type { Known } from '../admission/admission.mts';
import { documentType } from '../admission/media-types.mts';
import { wantedAlgorithm } from '../admission/signature.mts';
import type { Reply } from '../call/call.mts';
import { render } from '../records/render.mts';
import { Refusal } from '../refusals/problems.mts';
import { isOlder } from '../state/api-versions.mts';
import type { World } from '../state/world.mts';

/** An answer as bytes, before the server sends or spoils it. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

/** Codes of refusals that come from before the application and are not signed. */
const unsigned = new Set(['JSON_INVALID', 'ENCODING_INVALID', 'TOO_MANY_REQUESTS']);

/** The answer to a call that went well. */
export function answerOf(world: World, call: Known, reply: Reply, request: FastifyRequest): Answer {
	const version = call.version ?? world.edition.newestVersion;
	const show = (item: Parameters<typeof render>[1]) => render(world, item, version, reply.secrets);
	const document = {
		...(reply.data !== undefined && {
			data: Array.isArray(reply.data) ? reply.data.map(show) : reply.data && show(reply.data),
		}),
		...(reply.included && { included: reply.included.map((item) => render(world, item, version)) }),
		...(reply.meta && { meta: reply.meta }),
		...(reply.links && { links: reply.links }),
	};
	const empty = reply.data === undefined && !reply.meta;
	const body = Buffer.from(reply.raw?.body ?? (empty ? '' : JSON.stringify(document)));
	const type: Record<string, string> =
		body.length > 0 ? { 'content-type': reply.raw?.type ?? documentType(request) } : {};
	return finish(
		world,
		call,
		{ status: reply.status, headers: { ...type, ...reply.headers }, body },
		request,
		true,
	);
}

/** The answer to a refusal; anything else that was thrown is a fault of the sandbox itself. */
export function answerToError(
	world: World,
	call: Known,
	error: unknown,
	request: FastifyRequest,
): Answer {
	if (!(error instanceof Refusal)) throw error;
	const document = { meta: { id: call.requestId }, errors: error.problems };
	const signed = !error.problems.some(({ code }) => code !== undefined && unsigned.has(code));
	const headers = { 'content-type': documentType(request), ...error.headers };
	return finish(
		world,
		call,
		{ status: error.status, headers, body: Buffer.from(JSON.stringify(document)) },
		request,
		signed,
	);
}

function finish(
	world: World,
	call: Known,
	answer: Answer,
	request: FastifyRequest,
	signed: boolean,
): Answer {
	Object.assign(answer.headers, informative(world, call));
	if (!signed) return answer;
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
