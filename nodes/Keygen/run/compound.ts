import { isResource, resourcesOf, type Plain } from '../service/document';
import type { Fault } from '../service/fault';
import { valueIn } from '../input/inputs';
import { outcomeOf, sendRow, type Operation, type Outcome } from './operation';
import type { ServiceRequest } from '../service/request';
import type { Compound } from '../table/row';
import type { Done } from '../service/service';

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
	if (reply.ok) return await marked(operation, reply, true);
	if (!hasCode(reply.fault, 'FINGERPRINT_TAKEN')) return reply;
	const { attributes, relationships } = request.body?.data as {
		attributes: { fingerprint: string };
		relationships: { license: { data: { id: string } } };
	};
	const found = await operation.service.send({
		method: 'GET',
		path: `/licenses/${encodeURIComponent(relationships.license.data.id)}/machines`,
		query: [
			['fingerprint', attributes.fingerprint],
			['limit', '1'],
		],
		headers: {},
		repeatable: true,
	});
	const machine = found.ok
		? resourcesOf(found.document).find(
				(one) => one.attributes?.fingerprint === attributes.fingerprint,
			)
		: undefined;
	if (!found.ok || machine === undefined) return reply;
	return await marked(operation, { ...found, document: { data: machine } }, false);
}

async function createOrGetUser(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const { email } = (request.body?.data as { attributes: { email: string } }).attributes;
	const lookUp = async () =>
		await operation.service.send({
			method: 'GET',
			path: `/users/${encodeURIComponent(email)}`,
			query: [],
			headers: {},
			repeatable: true,
		});
	const known = await lookUp();
	if (known.ok) return await marked(operation, known, false);
	if (known.fault.kind !== 'refused' || known.fault.status !== 404) return known;
	const reply = await sendRow(operation, request);
	if (reply.ok) return await marked(operation, reply, true);
	if (!hasCode(reply.fault, 'EMAIL_TAKEN')) return reply;
	// Somebody else created the user in between.
	const other = await lookUp();
	return other.ok ? await marked(operation, other, false) : reply;
}

function hasCode(fault: Fault, wanted: string): boolean {
	return fault.kind === 'refused' && fault.errors.some(({ code }) => code === wanted);
}

async function marked(operation: Operation, reply: Done, created: boolean): Promise<Outcome> {
	const outcome = await outcomeOf(operation, reply);
	if (!outcome.ok) return outcome;
	return {
		ok: true,
		outputs: outcome.outputs.map(({ json }) => ({ json: { isNew: created, ...json } })),
	};
}

/** Announces the artifact, then sends its content to where the service says, without the credential. */
async function uploadArtifact(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const { service, files, inputs } = operation;
	const file = await files.read(String(valueIn(inputs, 'inputBinaryField')));
	if ('fault' in file) return { ok: false, fault: file.fault };
	const data = request.body?.data as { attributes: Plain };
	const attributes = { filename: file.fileName, ...data.attributes, filesize: file.body.length };
	const announced = await service.send({
		...request,
		headers: { Prefer: 'no-redirect' },
		body: { data: { ...data, attributes } },
	});
	if (!announced.ok) return announced;
	const artifact = isResource(announced.document.data) ? announced.document.data : undefined;
	const url = announced.headers.location ?? artifact?.links?.redirect;
	if (typeof url !== 'string' || artifact === undefined)
		return { ok: false, fault: { kind: 'unreadable', status: announced.status } };
	const limits = { timeoutMs: TRANSFER_TIMEOUT_MS, maxBytes: 1_000_000 };
	const sent = await service.transfer('PUT', url, limits, { body: file.body, type: file.type });
	if (sent.kind === 'answer' && sent.status < 300) {
		const outcome = await outcomeOf(operation, { ...announced, headers: {} });
		if (!outcome.ok) return outcome;
		return { ok: true, outputs: outcome.outputs.map(({ json }) => ({ json: withoutLink(json) })) };
	}
	const why =
		sent.kind === 'answer'
			? `the storage answered with status ${sent.status}`
			: `${sent.cause}${sent.code ? `, ${sent.code}` : ''}`;
	return {
		ok: false,
		fault: {
			kind: 'stopped',
			message: `The artifact was created, but its content could not be stored (${why})`,
			description: `Delete the artifact ${artifact.id} and upload it again.`,
		},
	};
}

/** The link to the storage is spent once the content is there. */
function withoutLink(json: Plain): Plain {
	return Object.fromEntries(Object.entries(json).filter(([name]) => name !== 'redirectUrl'));
}

/** Asks where the content is, then fetches it there, without the credential. */
async function downloadArtifact(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const { service, inputs } = operation;
	const asked = await service.send({ ...request, headers: { Prefer: 'no-redirect' } });
	if (!asked.ok) return asked;
	const artifact = isResource(asked.document.data) ? asked.document.data : undefined;
	const url = asked.headers.location ?? artifact?.links?.redirect;
	if (typeof url !== 'string' || artifact === undefined) {
		const status = String(artifact?.attributes?.status ?? 'unknown');
		return {
			ok: false,
			fault: {
				kind: 'stopped',
				message: `The artifact has no content to download (its status is ${status})`,
				description: 'Upload its content first.',
			},
		};
	}
	const fetched = await service.transfer('GET', url, {
		timeoutMs: TRANSFER_TIMEOUT_MS,
		maxBytes: MAX_FILE_BYTES,
	});
	if (fetched.kind === 'failure') {
		const { received, cause, code } = fetched;
		return { ok: false, fault: { kind: 'unanswered', received, cause, code } };
	}
	if (fetched.status >= 300) {
		return {
			ok: false,
			fault: {
				kind: 'stopped',
				message: `The storage did not hand out the artifact (status ${fetched.status})`,
				description: 'Its content may be missing, or the link out of date. Run it again.',
			},
		};
	}
	const outcome = await outcomeOf(operation, { ...asked, headers: {} });
	if (!outcome.ok) return outcome;
	const property = String(valueIn(inputs, 'binaryProperty') ?? 'data');
	const { filename = artifact.id } = artifact.attributes ?? {};
	const type = fetched.headers['content-type'] ?? 'application/octet-stream';
	return {
		ok: true,
		outputs: outcome.outputs.map(({ json }) => ({
			json: withoutLink(json),
			binary: { [property]: { body: fetched.body, fileName: String(filename), type } },
		})),
	};
}
