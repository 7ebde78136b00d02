import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { HeaderRecord } from '../crypto/http/http-headers';
import type { HttpSignatureResult } from '../crypto/http/http-signature';
import { verifyWebhookRequest } from '../crypto/http/webhook-signature';
import { isAcknowledged } from './memory/acknowledged';
import { outputOf, readEvent } from './event-output';
import { registrationsFor, usableKey, webhookKey, type Registration } from './registration';
import { markOf, seenEvents } from './memory/seen-events';
import { readReceivingSettings } from './settings';
import { whenStored } from './memory/when-stored';

/** What n8n adds to a request. */
interface RawRequest {
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
}

/** Answered and over. Never 410 or 530: for these Keygen disables the endpoint. */
const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };
const REPEAT: IWebhookResponseData = { webhookResponse: { message: 'Received before' } };

/**
 * Takes a delivery. What Keygen did not sign just now for this webhook is answered with 401 and
 * starts nothing; what has run already is acknowledged.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const isTest = context.getMode() === 'manual';
	const key = webhookKey(context.getWorkflow().id, context.getNode().id, isTest);
	const staticData = context.getWorkflowStaticData('node');
	const { verify, runRepeats, toleranceSeconds, simplify } = readReceivingSettings(context);
	const body = await bodyOf(context.getRequestObject() as unknown as RawRequest);

	if (verify) {
		const registrations = registrationsFor(key, staticData.endpoint);
		if (registrations.length === 0) {
			return refuse(context, 503, 'the endpoint at Keygen is not known yet (NOT_REGISTERED)');
		}
		const headers = context.getHeaderData() as HeaderRecord;
		const results = registrations.map((registration) =>
			check(registration, headers, body, toleranceSeconds),
		);
		const [{ code, detail }] = results;
		if (!results.some(({ valid }) => valid)) return refuse(context, 401, `${detail} (${code})`);
	}
	const event = readEvent(body);
	if (!event) return refuse(context, 400, 'The body is no webhook event. (NO_EVENT)');

	const item = { json: outputOf(event, simplify) as IDataObject };
	if (runRepeats || isTest) return { workflowData: [[item]] };

	const seen = seenEvents(key);
	const mark = markOf(event.idempotencyToken);
	const remember = () => void Object.assign(staticData, seen.memory());
	const isIncomplete = seen.learn(staticData);
	const sighting = seen.look(mark);
	if (sighting.state === 'seen') {
		// A repeat may be the last request for long, and other processes need to know.
		if (isIncomplete) remember();
		return REPEAT;
	}
	// It may yet fail to be stored, so that Keygen must not take it for delivered.
	if (sighting.state === 'under way')
		return refuse(context, 503, 'The same event is being received. (UNDER_WAY)');
	seen.begin(mark, event.id, context.getResponseObject());
	if (sighting.state === 'pending' && (await isAcknowledged(context, sighting.eventId))) {
		seen.note(mark);
		remember();
		return REPEAT;
	}
	remember();
	const storing = () => {
		seen.store(mark);
		remember();
	};
	return { workflowData: [[whenStored(item, storing)]] };
}

function check(
	{ url, accountId, algorithm, key }: Registration,
	headers: HeaderRecord,
	body: Uint8Array,
	toleranceSeconds: number,
): HttpSignatureResult {
	return verifyWebhookRequest(
		{ registeredUrl: url, headers, body },
		{
			publicKeys: key === undefined ? [] : usableKey(key),
			algorithm,
			accountId,
			now: Date.now(),
			toleranceSeconds,
		},
	);
}

/** The bytes as sent; none for bodies that n8n has taken apart as it does with forms. */
async function bodyOf(request: RawRequest): Promise<Uint8Array> {
	if (request.rawBody === undefined) await request.readRawBody?.();
	return request.rawBody ?? Buffer.alloc(0);
}

/** The reason is logged, never sent. */
function refuse(context: IWebhookFunctions, status: number, reason: string): IWebhookResponseData {
	context.logger.warn(`Keygen Trigger refused a request: ${reason}`, {
		workflowId: context.getWorkflow().id,
		nodeName: context.getNode().name,
	});
	const message = status === 401 ? 'Unauthorized' : status === 503 ? 'Try again later' : 'No event';
	context.getResponseObject().status(status).json({ message }).end();
	return ANSWERED;
}
