import { sleep, type Logger } from 'n8n-workflow';

import type { ResourceObject } from '../../service/document';
import { isRefusal, type Fault } from '../../service/fault';
import { readList } from '../../service/pages';
import { get } from '../../service/request';
import type { KeygenService } from '../../service/service';
import { deleteEndpoint, ENDPOINTS, endpointsFor } from './endpoint';
import { failedWatch } from '../service';
import { withoutUser } from './webhook-url';

const SECOND = 1000;
/**
 * How long after unpublishing an endpoint goes, and how long to wait before trying again. To n8n an
 * edit is unpublishing and publishing, 11 seconds apart where it is busy. Keygen's deliveries are tied
 * to the endpoint they were made for, so an endpoint that is made anew costs what is still to come.
 */
const PAUSES = [15 * SECOND, 60 * SECOND, 300 * SECOND];

export const REMOVING = 'The webhook endpoint could not be removed from Keygen';

interface Removal {
	/** Under way, and too late to call off. */
	running?: Promise<Fault | undefined>;
}

/** Endpoints of this process that are to go, by URL. */
const removals = new Map<string, Removal>();

/** Calls off the removal of the endpoint at a URL. One that is happening right now is waited for. */
export async function keepEndpoint(url: string): Promise<void> {
	const removal = removals.get(url);
	removals.delete(url);
	await removal?.running;
}

/**
 * Removes the endpoints at a URL a little later, unless `keepEndpoint` is called for it until then.
 * Where the service cannot do it, the log says what is left.
 */
export function removeSoon(url: string, service: KeygenService, logger: Logger): void {
	const removal: Removal = {};
	removals.set(url, removal);
	logger.info(
		`Keygen Trigger removes the webhook endpoint for ${url} in ${PAUSES[0] / SECOND} seconds, unless the workflow is published again. If n8n stops before that, the endpoint stays: publish and unpublish the workflow once more, or delete the endpoint in Keygen.`,
	);
	const run = async () => {
		let fault: Fault | undefined;
		for (const pause of PAUSES) {
			await sleep(pause);
			if (removals.get(url) !== removal) return;
			removal.running = removeAt(url, service);
			fault = await removal.running;
			if (!fault || fault.kind === 'refused') break;
		}
		if (removals.get(url) === removal) removals.delete(url);
		if (!fault) return;
		const { message } = failedWatch(service, fault, REMOVING);
		logger.warn(`Keygen Trigger: ${message} ${leftOver(url)}`);
	};
	void run().catch((error: Error) =>
		logger.warn(`Keygen Trigger: ${REMOVING}: ${error.message} ${leftOver(url)}`),
	);
}

/** What to do about an endpoint that nobody else will remove. */
export function leftOver(url: string, id?: string): string {
	const name = id === undefined ? '' : ` ${id}`;
	return `The webhook endpoint${name} for ${withoutUser(url)} is left at Keygen, which goes on sending events to it. Delete it with the node Keygen Admin (Webhook Endpoint > Delete) or in the dashboard under Webhooks.`;
}

async function removeAt(url: string, service: KeygenService): Promise<Fault | undefined> {
	const listing = await readList(service, get(ENDPOINTS));
	if (!listing.ok) return listing.failure;
	return await removeAll(service, endpointsFor(url, listing.value));
}

/** @returns what went wrong first; one that is not there any more is as good as removed */
export async function removeAll(
	service: KeygenService,
	surplus: ResourceObject[],
): Promise<Fault | undefined> {
	for (const { id } of surplus) {
		const reply = await service.send(deleteEndpoint(id));
		if (!reply.ok && !isRefusal(reply.failure, 404)) return reply.failure;
	}
	return undefined;
}
