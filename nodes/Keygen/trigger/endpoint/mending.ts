import type { INode, Logger } from 'n8n-workflow';

import { isResource, type ResourceObject } from '../../service/document';
import { readList } from '../../service/pages';
import { get } from '../../service/request';
import type { KeygenService } from '../../service/service';
import {
	createEndpoint,
	differences,
	ENDPOINTS,
	endpointsFor,
	updateEndpoint,
	wantedEndpoint,
	type WantedEndpoint,
} from './endpoint';
import { noteRegistration, type Registration } from '../registration';
import { leftOver, removeAll } from './removal';
import { productId } from './scope';
import { failedWatch } from '../service';
import type { TriggerSettings } from '../settings';
import { verificationKey } from './verification-key';
import { withoutUser } from './webhook-url';

const MENDING = 'The webhook endpoint could not be checked';

/** The endpoint of a published trigger, and what it should be. */
interface MendingTask {
	service: KeygenService;
	registered: Registration;
	settings: TriggerSettings;
	node: INode;
	logger: Logger;
	/** Aborted when the workflow is unpublished. */
	ended: AbortSignal;
	/** Names the webhook within this process. */
	key: string;
}

/**
 * Puts the endpoint of a published trigger right: one that somebody deleted or moved, or that is
 * missing since the credential leads to another account, is registered again, and one that Keygen has
 * disabled or somebody changed is changed back. The log says so.
 *
 * @returns the endpoint as it was found or made
 * @throws Failed when the service does not tell or refuses
 */
export async function mendEndpoint(task: MendingTask): Promise<ResourceObject | undefined> {
	const { service, registered, settings, logger, ended } = task;
	const product = await productId(service, settings.product);
	if (!product.ok) throw failedWatch(service, product.failure, MENDING);
	const wanted = {
		...wantedEndpoint(registered.url, settings, service),
		product: product.value,
	};
	const listing = await readList(service, get(ENDPOINTS));
	if (!listing.ok) throw failedWatch(service, listing.failure, MENDING);
	const [endpoint, ...others] = endpointsFor(registered.url, listing.value);
	if (ended.aborted) return endpoint;
	if (!endpoint) return await registerAgain(task, wanted, listing.value);
	await removeAll(service, others);
	const changes = differences(endpoint, wanted);
	if (!changes || ended.aborted) return endpoint;
	const mended = await service.send(updateEndpoint(endpoint.id, changes));
	if (!mended.ok) throw failedWatch(service, mended.failure, MENDING);
	logger.warn(
		'Keygen Trigger: the webhook endpoint was disabled or changed; it is as it should be again',
	);
	return endpoint;
}

async function registerAgain(
	{ service, registered, settings, node, logger, key }: MendingTask,
	wanted: WantedEndpoint,
	listed: ResourceObject[],
): Promise<ResourceObject | undefined> {
	const made = await verificationKey(settings, service, node);
	const reply = await service.send(createEndpoint(wanted));
	if (!reply.ok) throw failedWatch(service, reply.failure, MENDING);
	const endpoint = reply.value.document.data;
	if (!isResource(endpoint)) return undefined;
	const account = endpoint.relationships?.account?.data;
	const accountId = isResource(account) ? account.id : undefined;
	const { url, site, owner } = registered;
	noteRegistration(key, {
		...{ id: endpoint.id, url, owner, algorithm: wanted.signatureAlgorithm },
		...(site === undefined ? {} : { site }),
		...(accountId === undefined ? {} : { accountId }),
		...(made === undefined ? {} : { key: made }),
	});
	logger.warn(
		`Keygen Trigger: there was no webhook endpoint for ${withoutUser(wanted.url)} any more; it is registered again. What happened meanwhile was not sent, and Keygen cannot send it later.`,
	);
	const moved = listed.find(({ id }) => id === registered.id);
	if (moved) logger.warn(`Keygen Trigger: ${leftOver(String(moved.attributes?.url), moved.id)}`);
	if (registered.accountId !== undefined && accountId !== registered.accountId)
		logger.warn(
			`Keygen Trigger: the credential leads to another account now. In the account ${registered.accountId}: ${leftOver(registered.url, registered.id)} Publish the workflow again, so that all processes of n8n know the new account.`,
		);
	return endpoint;
}
