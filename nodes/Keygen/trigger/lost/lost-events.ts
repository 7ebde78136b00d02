import type { ResourceObject } from '../../service/document';
import type { ServiceRequest } from '../../service/request';

/** An event that Keygen could not deliver and gave up. */
export interface LostEvent {
	/** Of the webhook event; it is delivered again under another. */
	id: string;
	idempotencyToken: string;
	/** ISO 8601. */
	createdAt: string;
}

const EVENTS = '/webhook-events';

/** The service waits 15 seconds for an answer, and then 10 to 100 minutes before it tries again. */
const LONGEST_DELIVERY_MS = 60_000;

/**
 * Finds the lost events of an endpoint in a list of webhook events, newest first, whose idempotency
 * token no other delivery has that went well or is still going on:
 *
 * - those that failed for good; Keygen gives an event up at once when the connection is refused, as
 *   while n8n restarts;
 * - those that fail so far, which would wait for long;
 * - those of an endpoint before the present one at this URL, which nobody delivers any more.
 */
export class LostEvents {
	private readonly url: string;
	private readonly since: number;
	private readonly now: number;
	private readonly registered: number;
	/** Tokens of events that have arrived, or are on their way. */
	private readonly settled = new Set<string>();
	/** Failed events by token: of several deliveries the first. */
	private readonly failed = new Map<string, LostEvent>();

	/**
	 * @param url of the endpoint, which is what events tell of it
	 * @param since milliseconds since 1970; older events are let be
	 * @param now by the service's clock, likewise
	 * @param registered when the present endpoint was made
	 */
	constructor(url: string, since: number, now: number, registered = -Infinity) {
		this.url = url;
		this.since = since;
		this.now = now;
		this.registered = registered;
	}

	/**
	 * Notes the events of the next page.
	 *
	 * @returns whether older pages can hold lost events
	 */
	take(page: readonly ResourceObject[]): boolean {
		for (const { id, attributes = {}, meta } of page) {
			const { created, endpoint, status } = attributes;
			const createdAt = typeof created === 'string' ? created : '';
			if (Date.parse(createdAt) < this.since) return false;
			if (endpoint !== this.url) continue;
			const token = meta?.idempotencyToken;
			const idempotencyToken = typeof token === 'string' ? token : id;
			if (!this.isLost(status, Date.parse(createdAt))) {
				this.settled.add(idempotencyToken);
			} else {
				// Its place is that of the oldest, which is told of last.
				this.failed.delete(idempotencyToken);
				this.failed.set(idempotencyToken, { id, idempotencyToken, createdAt });
			}
		}
		return true;
	}

	private isLost(status: unknown, createdAt: number): boolean {
		if (status === 'FAILED') return true;
		if (status === 'FAILING') return createdAt < this.now - LONGEST_DELIVERY_MS;
		return status === 'DELIVERING' && createdAt < this.registered;
	}

	/** The lost events so far, oldest first. */
	found(): LostEvent[] {
		return [...this.failed.values()]
			.filter(({ idempotencyToken }) => !this.settled.has(idempotencyToken))
			.reverse();
	}
}

/** The query that narrows the list of events to an endpoint's. */
export function eventsQuery(subscriptions: readonly string[]): Array<[string, string]> {
	return subscriptions.includes('*') || subscriptions.length > MOST_NAMES_IN_QUERY
		? []
		: subscriptions.map((name) => ['events[]', name]);
}

/** Beyond it the address of the request becomes too long for some proxies. */
const MOST_NAMES_IN_QUERY = 40;

export function redeliver({ id }: LostEvent): ServiceRequest {
	return {
		method: 'POST',
		path: `${EVENTS}/${encodeURIComponent(id)}/actions/retry`,
		query: [],
		headers: {},
		// Each is another delivery.
		repeatable: false,
	};
}
