import { fail, ok } from '../../shared/failure';
import { isResource, resourcesOf, type Plain, type ResourceObject } from '../service/document';
import { hasCode, isRefusal } from '../service/fault';
import { valueIn } from '../input/inputs';
import { outcomeOf, sendRow, type Operation, type Outcome } from './operation';
import type { Answer } from '../service/reply';
import { get, pathSegment, type ServiceRequest } from '../service/request';
import type { Compound } from '../table/row';

/** Largest artifact that is taken through the node's memory, in bytes. */
const MAX_FILE_BYTES = 1024 ** 3;
const TRANSFER_TIMEOUT_MS = 60 * 60_000;

type Run = (operation: Operation, request: ServiceRequest) => Promise<Outcome>;

/** The operations that take more than one request. */
const COMPOUNDS: Readonly<Record<Compound, Run>> = {
	activateMachine,
	createOrGetUser,
	uploadArtifact,
	downloadArtifact,
	generateToken,
};

export async function runCompound(
	compound: Compound,
	operation: Operation,
	request: ServiceRequest,
): Promise<Outcome> {
	return await COMPOUNDS[compound](operation, request);
}

/** A machine that is active on the same license already is as good as a new one. */
async function activateMachine(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const reply = await sendRow(operation, request);
	if (reply.ok) return await marked(operation, reply.value, true);
	if (!hasCode(reply.failure, 'FINGERPRINT_TAKEN')) return reply;
	const { attributes, relationships } = request.body?.data as {
		attributes: { fingerprint: string };
		relationships: { license: { data: { id: string } } };
	};
	const found = await operation.service.send(
		get(`/licenses/${encodeURIComponent(relationships.license.data.id)}/machines`, [
			['fingerprint', attributes.fingerprint],
			['limit', '1'],
		]),
	);
	if (!found.ok) return reply;
	const machine = resourcesOf(found.value.document).find(
		(one) => one.attributes?.fingerprint === attributes.fingerprint,
	);
	if (machine === undefined) return reply;
	return await marked(operation, { ...found.value, document: { data: machine } }, false);
}

async function createOrGetUser(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const { email } = (request.body?.data as { attributes: { email: string } }).attributes;
	const lookUp = async () => await operation.service.send(get(`/users/${pathSegment(email)}`));
	const known = await lookUp();
	if (known.ok) return await marked(operation, known.value, false);
	if (!isRefusal(known.failure, 404)) return known;
	const reply = await sendRow(operation, request);
	if (reply.ok) return await marked(operation, reply.value, true);
	if (!hasCode(reply.failure, 'EMAIL_TAKEN')) return reply;
	// Somebody else created the user in between.
	const other = await lookUp();
	return other.ok ? await marked(operation, other.value, false) : reply;
}

async function marked(operation: Operation, answer: Answer, created: boolean): Promise<Outcome> {
	const outcome = await outcomeOf(operation, answer);
	if (!outcome.ok) return outcome;
	return ok(outcome.value.map(({ json }) => ({ json: { isNew: created, ...json } })));
}

/** Announces the artifact, then sends its content to where the service says, without the credential. */
async function uploadArtifact(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const { service, files, inputs } = operation;
	const file = await files.read(String(valueIn(inputs, 'inputBinaryField')));
	if (!file.ok) return file;
	const { body, fileName, type } = file.value;
	const data = request.body?.data as { attributes: Plain };
	const attributes = { filename: fileName, ...data.attributes, filesize: body.length };
	const announced = await service.send({
		...request,
		headers: { Prefer: 'no-redirect' },
		body: { data: { ...data, attributes } },
	});
	if (!announced.ok) return announced;
	const { artifact, url } = storageOf(announced.value);
	if (url === undefined || artifact === undefined)
		return fail({ kind: 'unreadable', status: announced.value.status });
	const limits = { timeoutMs: TRANSFER_TIMEOUT_MS, maxBytes: 1_000_000 };
	const sent = await service.transfer('PUT', url, limits, { body, type });
	if (sent.kind === 'answer' && sent.status < 300) {
		const outcome = await outcomeOf(operation, { ...announced.value, headers: {} });
		if (!outcome.ok) return outcome;
		return ok(outcome.value.map(({ json }) => ({ json: withoutLink(json) })));
	}
	const why =
		sent.kind === 'answer'
			? `the storage answered with status ${sent.status}`
			: `${sent.cause}${sent.code ? `, ${sent.code}` : ''}`;
	return fail({
		kind: 'stopped',
		outcome: 'partial',
		message: `The artifact was created, but its content could not be stored (${why})`,
		description: `Delete the artifact ${artifact.id} and upload it again.`,
	});
}

/** The artifact, and where its content is stored. */
function storageOf({ document, headers }: Answer): { artifact?: ResourceObject; url?: string } {
	const artifact = isResource(document.data) ? document.data : undefined;
	const url = headers.location ?? artifact?.links?.redirect;
	return { artifact, url: typeof url === 'string' ? url : undefined };
}

/** The link to the storage is spent once the content is there. */
function withoutLink(json: Plain): Plain {
	return Object.fromEntries(Object.entries(json).filter(([name]) => name !== 'redirectUrl'));
}

/** Why an artifact has no content, by its status. */
const NO_CONTENT: Readonly<Record<string, string>> = {
	WAITING:
		'Keygen looks for uploaded content about every 30 seconds. If it was uploaded just now, put a Wait node of a minute in front; else upload it first.',
	PROCESSING: 'Keygen is still working on what was uploaded. Try again in a minute.',
	FAILED: 'Keygen could not use what was uploaded. Upload it again.',
	YANKED: 'The artifact was yanked. Upload it anew, or use another one.',
	UPLOADED:
		'Its content is there, but not handed out: its release was yanked or is a draft. Publish the release, or use another one.',
};

/** Asks where the content is, then fetches it there, without the credential. */
async function downloadArtifact(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const { service, inputs } = operation;
	const asked = await service.send({ ...request, headers: { Prefer: 'no-redirect' } });
	if (!asked.ok) return asked;
	const { artifact, url } = storageOf(asked.value);
	if (url === undefined || artifact === undefined) {
		const status = String(artifact?.attributes?.status ?? 'unknown');
		return fail({
			kind: 'stopped',
			message: `The artifact has no content to download (its status is ${status})`,
			description: NO_CONTENT[status] ?? 'Upload its content first.',
			facts: { status },
		});
	}
	const fetched = await service.transfer('GET', url, {
		timeoutMs: TRANSFER_TIMEOUT_MS,
		maxBytes: MAX_FILE_BYTES,
	});
	if (fetched.kind === 'failure') {
		const { received, cause, code } = fetched;
		return fail({ kind: 'unanswered', received, cause, code });
	}
	if (fetched.status >= 300) {
		return fail({
			kind: 'stopped',
			message: `The storage did not hand out the artifact (status ${fetched.status})`,
			description: 'Its content may be missing, or the link out of date. Run it again.',
		});
	}
	const outcome = await outcomeOf(operation, { ...asked.value, headers: {} });
	if (!outcome.ok) return outcome;
	const property = String(valueIn(inputs, 'binaryProperty') ?? 'data');
	const { filename = artifact.id } = artifact.attributes ?? {};
	const type = fetched.headers['content-type'] ?? 'application/octet-stream';
	return ok(
		outcome.value.map(({ json }) => ({
			json: withoutLink(json),
			binary: { [property]: { body: fetched.body, fileName: String(filename), type } },
		})),
	);
}

/** Tokens of products and licenses are made below them; `/tokens` refuses these bearers. */
async function generateToken(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const data = request.body?.data as { relationships?: Record<string, { data: Identifier }> };
	const { bearer, ...others } = data.relationships ?? {};
	const isBelow = ['products', 'licenses'].includes(bearer?.data.type ?? '');
	const below: ServiceRequest = {
		...request,
		path: `/${bearer?.data.type}/${bearer?.data.id}/tokens`,
		body: { ...request.body, data: { ...data, relationships: others } },
	};
	const reply = await sendRow(operation, isBelow ? below : request);
	return reply.ok ? await outcomeOf(operation, reply.value) : reply;
}

interface Identifier {
	type: string;
	id: string;
}
