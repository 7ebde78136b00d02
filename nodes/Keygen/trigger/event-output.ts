import { isJsonObject, type JsonObject } from '../../shared/json';
import { parseBoundedJson } from '../crypto/bounded-json';
import { flatten, isResource, type Plain } from '../service/document';

/** A webhook event as Keygen delivers it. */
interface WebhookEvent {
	id: string;
	/** Such as `license.created`. */
	event: string;
	/** ISO 8601, as the service writes it. */
	createdAt: string | null;
	/** The same for every delivery of one event, also for a retry by hand. */
	idempotencyToken: string;
	/** JSON:API document of what it is about. */
	payload: JsonObject;
}

/**
 * Reads the body of a delivery (https://keygen.sh/docs/api/webhooks/): a resource of the type
 * `webhook-events` whose payload is a document of its own, as text.
 *
 * @returns undefined for what is no such body
 */
export function readEvent(body: Uint8Array): WebhookEvent | undefined {
	const document = parseBoundedJson(Buffer.from(body).toString('utf8'));
	const data = isJsonObject(document) ? document.data : undefined;
	if (!isJsonObject(data) || data.type !== 'webhook-events') return undefined;
	const { id, attributes, meta } = data;
	if (typeof id !== 'string' || !isJsonObject(attributes)) return undefined;
	const { event, created, payload: text } = attributes;
	const payload = typeof text === 'string' ? parseBoundedJson(text) : text;
	if (typeof event !== 'string' || !isJsonObject(payload)) return undefined;
	const token = isJsonObject(meta) ? meta.idempotencyToken : undefined;
	return {
		id,
		event,
		createdAt: typeof created === 'string' ? created : null,
		// Servers that send none repeat a delivery under the same ID at least.
		idempotencyToken: typeof token === 'string' && token !== '' ? token : id,
		payload,
	};
}

/**
 * What goes out for an event.
 *
 * @param simplify flat records in place of JSON:API resources
 */
export function outputOf(
	{ event, createdAt, id, idempotencyToken, payload }: WebhookEvent,
	simplify: boolean,
): Plain {
	const head = { event, createdAt, id, idempotencyToken };
	const { data = null, included, ...others } = payload;
	if (!simplify)
		return {
			...head,
			data,
			...others,
			...(included === undefined ? {} : { included }),
		};
	const { meta } = others;
	const records = (Array.isArray(included) ? included : []).filter(isResource).map(flatten);
	return {
		...head,
		data: flattened(data),
		...(meta === undefined ? {} : { meta }),
		...(records.length > 0
			? {
					included: Object.fromEntries(records.map((record) => [record.id, record])),
				}
			: {}),
	};
}

function flattened(data: unknown): unknown {
	if (Array.isArray(data)) return data.map(flattened);
	return isResource(data) ? flatten(data) : data;
}
