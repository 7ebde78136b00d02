import { isResource } from '../../service/document';
import { get, type ServiceRequest } from '../../service/request';
import { KeygenService, type ServiceContext } from '../../service/service';

/** The service waits 15 seconds for an answer to its delivery, which waits for this. */
const PATIENCE_MS = 4_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Whether Keygen has had its delivery of an event acknowledged, for an event that n8n has stored and
 * perhaps never answered. Keygen is asked once. Where it does not tell, the answer is no: an event
 * that runs twice can be recognized, and one that is lost cannot.
 */
export async function isAcknowledged(context: ServiceContext, eventId: string): Promise<boolean> {
	const limits = { timeoutMs: PATIENCE_MS, maxBytes: MAX_BYTES };
	const service = await KeygenService.fromContext(
		context,
		limits,
		AbortSignal.timeout(PATIENCE_MS),
	);
	if (!service.ok) return false;
	const reply = await service.value.send({ ...readEventStatus(eventId), repeatable: false });
	const event = reply.ok ? reply.value.document.data : undefined;
	return isResource(event) && event.attributes?.status === 'DELIVERED';
}

export function readEventStatus(id: string): ServiceRequest {
	return get(`/webhook-events/${encodeURIComponent(id)}`);
}
