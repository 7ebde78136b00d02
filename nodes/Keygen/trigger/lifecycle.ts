import type { IHookFunctions } from 'n8n-workflow';

import { asIs } from '../../shared/node-error';
import { SIGNATURE_ALGORITHMS } from '../crypto/signature-algorithm';
import { isResource, type ResourceObject } from '../service/document';
import { isRefusal, type Fault } from '../service/fault';
import { readList } from '../service/pages';
import { get } from '../service/request';
import type { KeygenService } from '../service/service';
import { failed, serviceOf, stopped } from './service';
import {
	createEndpoint,
	deleteEndpoint,
	differences,
	ENDPOINTS,
	endpointsFor,
	updateEndpoint,
	wantedEndpoint,
	type WantedEndpoint,
} from './endpoint';
import {
	isSameRegistration,
	noteRegistration,
	ownerOf,
	ownRegistration,
	readRegistration,
	storedKey,
	webhookKey,
	type Registration,
} from './registration';
import { seenEvents } from './seen-events';
import { keyProblem, readSettings, type TriggerSettings } from './settings';
import { unknownEvents } from './unknown-events';
import { urlProblem } from './webhook-url';

/**
 * Whether Keygen has an endpoint for this webhook. It is looked for by its URL: what was stored may
 * be of another time. One that differs from what is wanted is put right, and all but one of several
 * are removed.
 *
 * @throws NodeApiError, NodeOperationError with all that the user needs to know in the message
 */
export async function endpointIsThere(context: IHookFunctions): Promise<boolean> {
	try {
		return await settle(await begin(context));
	} catch (error) {
		// What is wrong with the service or with n8n's address when n8n starts must not cost it the
		// webhook, which goes on as it is registered. Publishing is another matter.
		if (!isStart(context) || !ownRegistration(context)) throw asIs(error);
		const { message } = error as Error;
		context.logger.warn(`Keygen Trigger could not check its webhook endpoint: ${message}`);
		return true;
	}
}

/** Registers the endpoint. */
export async function putEndpoint(context: IHookFunctions): Promise<boolean> {
	const task = await begin(context);
	const { service, wanted, node } = task;
	const key = await keyOf(task);
	const reply = await service.send(createEndpoint(wanted));
	if (reply.ok && isResource(reply.value.document.data)) {
		remember(task, reply.value.document.data, key);
		return true;
	}
	if (reply.ok || reply.failure.kind === 'unanswered') {
		// It may have been made all the same.
		const [made] = endpointsFor(wanted.url, await endpoints(task, CHECKING));
		if (made) {
			remember(task, made, key);
			return true;
		}
	}
	const fault: Fault = reply.ok
		? { kind: 'unreadable', status: reply.value.status }
		: reply.failure;
	const unknown = await unknownEvents(service, wanted, fault);
	if (unknown.length > 0) {
		const names = unknown.map((name) => `'${name}'`).join(', ');
		throw stopped(node, {
			message: `This Keygen server does not know the event${unknown.length > 1 ? 's' : ''} ${names}`,
			description:
				"Take it out of 'Events' and 'Other Events'. Servers learn of some events only when they first happen, and older ones know fewer; 'All Events' reaches also those.",
		});
	}
	throw failed(node, service, fault, REGISTERING);
}

/** Removes the endpoint. One that is not there any more is as good as removed. */
export async function removeEndpoint(context: IHookFunctions): Promise<boolean> {
	const staticData = context.getWorkflowStaticData('node');
	const known = ownRegistration(context);
	const url = known?.url ?? urlWithoutOverride(context);
	if (url === undefined || urlProblem(url, 'Webhook URL', false)) return true;
	const node = context.getNode();
	const service = await serviceOf(context);
	const listed = await endpoints({ service, node }, REMOVING);
	await removeAll({ service, node }, endpointsFor(url, listed));
	for (const isTest of [true, false])
		noteRegistration(webhookKey(context.getWorkflow().id, node.id, isTest), undefined);
	delete staticData.endpoint;
	return true;
}

const REGISTERING = 'The webhook endpoint could not be registered at Keygen';
const CHECKING = 'The webhook endpoints of Keygen could not be checked';
const REMOVING = 'The webhook endpoint could not be removed from Keygen';

/** What one call of n8n is about. */
interface Task {
	context: IHookFunctions;
	node: ReturnType<IHookFunctions['getNode']>;
	settings: TriggerSettings;
	service: KeygenService;
	wanted: WantedEndpoint;
	/** Names the webhook within this process. */
	key: string;
}

async function begin(context: IHookFunctions): Promise<Task> {
	const node = context.getNode();
	const settings = readSettings(context);
	const { subscriptions, overrides, publicKey, signatureAlgorithm } = settings;
	if (subscriptions.length === 0) {
		throw stopped(node, {
			message: "Choose at least one event in 'Events'",
			description: "'All Events' is the first in the list.",
		});
	}
	const isTest = context.getActivationMode() === 'manual';
	const override = isTest ? overrides.test : overrides.production;
	const url = override ?? context.getNodeWebhookUrl('default') ?? '';
	const problem = urlProblem(
		url,
		isTest ? 'Webhook URL for Tests' : 'Webhook URL',
		override !== undefined,
	);
	if (problem) throw stopped(node, problem);
	if (override !== undefined && overrides.test === overrides.production) {
		throw stopped(node, {
			message: "'Webhook URL' and 'Webhook URL for Tests' are the same",
			description:
				'Tests would get in the way of the published workflow. Give them different ones.',
		});
	}
	const wrongKey = publicKey && keyProblem(publicKey, signatureAlgorithm);
	if (wrongKey) throw stopped(node, wrongKey);
	const service = await serviceOf(context);
	const wanted = wantedEndpoint(new URL(url).href, settings, service);
	const key = webhookKey(context.getWorkflow().id, node.id, isTest);
	return { context, node, settings, service, wanted, key };
}

async function settle(task: Task): Promise<boolean> {
	const { context, service, wanted, node } = task;
	const listed = await endpoints(task, CHECKING);
	// Left over under the URL that this node had before.
	const left = movedEndpoint(task, listed);
	const [kept = left, ...others] = endpointsFor(wanted.url, listed);
	await removeAll(task, left && left !== kept ? [...others, left] : others);
	if (!kept) return false;
	const key = await keyOf(task);
	const changes = differences(kept, wanted);
	if (changes) {
		const reply = await service.send(updateEndpoint(kept.id, changes));
		if (!reply.ok) {
			if (isGone(reply.failure)) return false;
			const unknown = await unknownEvents(service, wanted, reply.failure);
			// `create` says it all.
			if (unknown.length > 0) return false;
			throw failed(node, service, reply.failure, REGISTERING);
		}
		context.logger.info(`Keygen Trigger put its webhook endpoint right: ${kept.id}`);
	}
	remember(task, kept, key);
	return true;
}

/** The endpoint that this node registered under another URL, should it still be there as it was. */
function movedEndpoint(
	{ context, wanted }: Task,
	listed: ResourceObject[],
): ResourceObject | undefined {
	const known = ownRegistration(context);
	if (!known || known.url === wanted.url) return undefined;
	return listed.find(({ id, attributes }) => id === known.id && attributes?.url === known.url);
}

async function endpoints(
	{ service, node }: Pick<Task, 'service' | 'node'>,
	doing: string,
): Promise<ResourceObject[]> {
	const listing = await readList(service, get(ENDPOINTS));
	if (!listing.ok) throw failed(node, service, listing.failure, doing);
	return listing.value;
}

async function removeAll(
	{ service, node }: Pick<Task, 'service' | 'node'>,
	surplus: ResourceObject[],
): Promise<void> {
	for (const { id } of surplus) {
		const reply = await service.send(deleteEndpoint(id));
		if (!reply.ok && !isGone(reply.failure)) throw failed(node, service, reply.failure, REMOVING);
	}
}

/** The public key to verify with, in the form in which it is kept; undefined where nothing is verified. */
async function keyOf({ settings, service, node }: Task): Promise<string | undefined> {
	const { verify, publicKey, signatureAlgorithm } = settings;
	if (!verify) return undefined;
	if (publicKey?.ok) return storedKey(publicKey);
	const account = await service.account.keys();
	if (!account.ok) {
		throw failed(
			node,
			service,
			account.failure,
			"Signatures cannot be verified without the account's public key",
		);
	}
	const type = SIGNATURE_ALGORITHMS[signatureAlgorithm];
	const key = account.value.publicKeys.find((candidate) => candidate.ok && candidate.type === type);
	if (key?.ok) return storedKey(key);
	throw stopped(node, {
		message: `The Keygen account has no public key for ${signatureAlgorithm}`,
		description: "Choose another 'Signature Algorithm', such as Ed25519, which every account has.",
	});
}

function remember(task: Task, endpoint: ResourceObject, key: string | undefined): void {
	const { context, wanted } = task;
	const account = endpoint.relationships?.account?.data;
	const registration: Registration = {
		id: endpoint.id,
		url: wanted.url,
		algorithm: wanted.signatureAlgorithm,
		owner: ownerOf(context),
		...(isResource(account) ? { accountId: account.id } : {}),
		...(key === undefined ? {} : { key }),
	};
	noteRegistration(task.key, registration);
	const staticData = context.getWorkflowStaticData('node');
	// Left alone where nothing is new: n8n writes it back whole, over what came in meanwhile.
	if (isSameRegistration(readRegistration(staticData.endpoint), registration)) return;
	staticData.endpoint = { ...registration };
	const seen = seenEvents(task.key);
	seen.learn(staticData);
	Object.assign(staticData, seen.memory());
}

/** With an override it is not known which of two URLs is meant, and nothing was registered. */
function urlWithoutOverride(context: IHookFunctions): string | undefined {
	const { overrides } = readSettings(context);
	if (overrides.production !== undefined || overrides.test !== undefined) return undefined;
	return context.getNodeWebhookUrl('default');
}

function isStart(context: IHookFunctions): boolean {
	return ['init', 'leadershipChange'].includes(context.getActivationMode());
}

const isGone = (fault: Fault) => isRefusal(fault, 404);
