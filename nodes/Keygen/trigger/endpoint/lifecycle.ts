import type { IHookFunctions } from 'n8n-workflow';

import { asIs } from '../../../shared/node-error';
import { isResource, type ResourceObject } from '../../service/document';
import { isRefusal, type Fault } from '../../service/fault';
import { readList } from '../../service/pages';
import { get } from '../../service/request';
import type { KeygenService } from '../../service/service';
import { failed, serviceOf, stopped } from '../service';
import {
	createEndpoint,
	differences,
	ENDPOINTS,
	endpointsFor,
	updateEndpoint,
	wantedEndpoint,
	type WantedEndpoint,
} from './endpoint';
import {
	isSameRegistration,
	madeRegistration,
	noteRegistration,
	ownerOf,
	ownRegistration,
	readRegistration,
	webhookKey,
	type Registration,
} from '../registration';
import { outputsProblem } from '../outputs';
import { keepEndpoint, leftOver, removeAll, removeSoon, REMOVING } from './removal';
import { productId, tokenProblem } from './scope';
import { seenEvents } from '../memory/seen-events';
import { keyProblem, readSettings, type TriggerSettings } from '../settings';
import { unknownEvents } from './unknown-events';
import { verificationKey } from './verification-key';
import { urlProblem, withoutUser } from './webhook-url';

/**
 * Whether Keygen has an endpoint for this webhook. It is looked for by its URL: what was stored may
 * be of another time. One that differs from what is wanted is put right, and all but one of several
 * are removed.
 *
 * @throws NodeApiError, NodeOperationError with all that the user needs to know in the message
 */
export async function endpointIsThere(context: IHookFunctions): Promise<boolean> {
	try {
		const task = await begin(context);
		const { service, node } = task;
		const fault = await tokenProblem(service);
		if (fault) throw failed(node, service, fault, REGISTERING);
		return await settle(await narrowed(task));
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
	const task = await narrowed(await begin(context));
	const { service, wanted, node, settings } = task;
	const key = await verificationKey(settings, service, node);
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
				"Take it out of 'Trigger On' and 'Other Events'. Servers learn of some events only when they first happen, and older ones know fewer; 'All Events' reaches also those.",
		});
	}
	throw failed(node, service, fault, REGISTERING);
}

/**
 * Removes the endpoint: that of a test at once, that of a published workflow a little later, since
 * n8n unpublishes and publishes again with each edit. What was registered at another address of n8n
 * is another installation's and stays.
 */
export async function removeEndpoint(context: IHookFunctions): Promise<boolean> {
	const staticData = context.getWorkflowStaticData('node');
	const site = context.getNodeWebhookUrl('default');
	const known = ownRegistration(context);
	const url = known && isOfThisSite(context, known) ? known.url : urlWithoutOverride(context);
	if (url === undefined || urlProblem(url, 'Webhook URL', false)) return true;
	const node = context.getNode();
	const service = await serviceOf(context);
	const [testKey, key] = [true, false].map((isTest) =>
		webhookKey(context.getWorkflow().id, node.id, isTest),
	);
	if (madeRegistration(testKey)?.site === site) {
		const listed = await endpoints({ service, node }, REMOVING);
		await removeOthers({ service, node }, endpointsFor(url, listed));
		noteRegistration(testKey, undefined);
	} else {
		removeSoon(url, service, context.logger);
		noteRegistration(key, undefined);
		// n8n keeps static data by the node's name, and this may be the last of it under this one.
		seenEvents(key).learn(staticData);
	}
	delete staticData.endpoint;
	return true;
}

const REGISTERING = 'The webhook endpoint could not be registered at Keygen';
const CHECKING = 'The webhook endpoints of Keygen could not be checked';

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
			message: "Choose at least one event in 'Trigger On'",
			description: "'All Events' is the first in the list.",
		});
	}
	const tooMany = outputsProblem(node.parameters, subscriptions);
	if (tooMany) throw stopped(node, tooMany);
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

/** The same with the product by its ID. */
async function narrowed(task: Task): Promise<Task> {
	const { service, node, wanted } = task;
	const product = await productId(service, wanted.product);
	if (!product.ok) throw failed(node, service, product.failure, REGISTERING);
	return { ...task, wanted: { ...wanted, product: product.value } };
}

async function settle(task: Task): Promise<boolean> {
	const { context, service, wanted, node, settings } = task;
	await keepEndpoint(wanted.url);
	const listed = await endpoints(task, CHECKING);
	const [kept, ...others] = endpointsFor(wanted.url, listed);
	await removeOthers(task, others);
	leaveFormer(task, listed);
	if (!kept) return false;
	const key = await verificationKey(settings, service, node);
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

/**
 * What becomes of the endpoint that this node registered under another URL. With another address of
 * n8n it may be that of the installation of which this one is a copy.
 */
function leaveFormer({ context, wanted, service }: Task, listed: ResourceObject[]): void {
	const known = ownRegistration(context);
	if (!known || known.url === wanted.url) return;
	const former = endpointsFor(known.url, listed);
	if (former.length === 0) return;
	if (isOfThisSite(context, known)) {
		removeSoon(known.url, service, context.logger);
		return;
	}
	for (const { id } of former)
		context.logger.warn(
			`Keygen Trigger: this n8n now receives events at ${withoutUser(wanted.url)}. If it is a copy, the endpoint for ${withoutUser(known.url)} belongs to the other n8n and is in order. If n8n has moved: ${leftOver(known.url, id)}`,
		);
}

/** Whether a registration was made by n8n under its present address. */
function isOfThisSite(context: IHookFunctions, { site, url }: Registration): boolean {
	const here = context.getNodeWebhookUrl('default');
	if (site !== undefined) return site === here;
	const { overrides } = readSettings(context);
	return [here, overrides.production, overrides.test].includes(url);
}

async function endpoints(
	{ service, node }: Pick<Task, 'service' | 'node'>,
	doing: string,
): Promise<ResourceObject[]> {
	const listing = await readList(service, get(ENDPOINTS));
	if (!listing.ok) throw failed(node, service, listing.failure, doing);
	return listing.value;
}

async function removeOthers(
	{ service, node }: Pick<Task, 'service' | 'node'>,
	surplus: ResourceObject[],
): Promise<void> {
	const fault = await removeAll(service, surplus);
	if (fault) throw failed(node, service, fault, REMOVING);
}

function remember(task: Task, endpoint: ResourceObject, key: string | undefined): void {
	const { context, wanted } = task;
	const account = endpoint.relationships?.account?.data;
	const site = context.getNodeWebhookUrl('default');
	const registration: Registration = {
		id: endpoint.id,
		url: wanted.url,
		algorithm: wanted.signatureAlgorithm,
		owner: ownerOf(context),
		...(site === undefined ? {} : { site }),
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
