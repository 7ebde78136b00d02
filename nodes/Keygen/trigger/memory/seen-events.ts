import { hash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** Length of what is kept of an idempotency token: 60 bits, as no two of thousands share. */
const MARK_LENGTH = 10;
/** Tokens that are remembered, the newest. They are rewritten with each event, so not more. */
export const REMEMBERED_EVENTS = 5000;
/** Events whose answer nobody knows of; more are in flight in no n8n. */
const MOST_PENDING = 500;
/** Of the stored marks, the oldest are not learned: what has just been forgotten would come back. */
const ON_THE_WAY_OUT = 500;
/** A request whose sender hung up and that n8n has not answered after this is taken for dead. */
const LONGEST_REQUEST_MS = 5 * 60_000;

/** What a token is remembered by. */
export function markOf(token: string): string {
	return hash('sha256', token, 'base64url').slice(0, MARK_LENGTH);
}

/** What tells how a request ended, also when its sender no longer hears it. */
export interface ResponseState {
	readonly statusCode: number;
	readonly writableEnded: boolean;
}

/**
 * What is known of an event. `pending`: n8n has stored an execution for it under this event ID, and
 * whether that was acknowledged only Keygen can tell.
 */
export type Sighting =
	| { state: 'new' | 'seen' | 'under way' }
	| { state: 'pending'; eventId: string };

/** An event in the hands of this process. */
interface Handling {
	eventId: string;
	response: ResponseState;
	isStored: boolean;
	since: number;
}

/**
 * The events that a webhook has seen, as far as this process knows, and the way of that memory into
 * n8n's static data.
 *
 * An event counts as seen once n8n has answered it with 2xx. Before that its execution may fail to
 * be stored, or be stored and never run, because n8n was killed: then the event has to run when it
 * comes again. What is stored without its answer being known is kept as pending.
 *
 * Each request has its own copy of the static data, which n8n writes back whole: of two requests at
 * once, the later writes over the earlier. So what is put there becomes text only when n8n writes
 * it, with all that this process knows by then, its own and what it has read from others.
 */
export class SeenEvents {
	/** Newest last. */
	private readonly seen = new Set<string>();
	/** Event IDs by mark, newest last. */
	private readonly pending = new Map<string, string>();
	private readonly underWay = new Map<string, Handling>();
	/** What was stored when it was last taken in or written. */
	private learned = '';

	/**
	 * Takes in what is stored. Anything that is not a memory counts for nothing.
	 *
	 * @returns whether events that this process has seen are missing there: another process wrote over
	 *   them
	 */
	learn({ seen, pending }: IDataObject): boolean {
		this.settle();
		const text = typeof seen === 'string' && seen.length % MARK_LENGTH === 0 ? seen : '';
		if (text !== this.learned) this.learnSeen(text);
		this.learned = text;
		if (typeof pending === 'object' && pending !== null && !Array.isArray(pending))
			for (const [mark, id] of Object.entries(pending))
				if (typeof id === 'string' && !this.seen.has(mark) && !this.pending.has(mark))
					this.keepPending(mark, id);
		return this.seen.size * MARK_LENGTH > text.length;
	}

	private learnSeen(text: string): void {
		const isFull = text.length === REMEMBERED_EVENTS * MARK_LENGTH;
		const first = isFull && this.seen.size > 0 ? ON_THE_WAY_OUT * MARK_LENGTH : 0;
		for (let at = first; at < text.length; at += MARK_LENGTH) {
			const mark = text.slice(at, at + MARK_LENGTH);
			if (!this.seen.has(mark)) this.note(mark);
		}
	}

	look(mark: string): Sighting {
		this.settle();
		if (this.underWay.has(mark)) return { state: 'under way' };
		if (this.seen.has(mark)) return { state: 'seen' };
		const eventId = this.pending.get(mark);
		return eventId === undefined ? { state: 'new' } : { state: 'pending', eventId };
	}

	/** Begins with an event, whose response tells how it ended. */
	begin(mark: string, eventId: string, response: ResponseState): void {
		this.underWay.set(mark, { eventId, response, isStored: false, since: Date.now() });
	}

	/** n8n is storing an execution for an event. */
	store(mark: string): void {
		const handling = this.underWay.get(mark);
		if (!handling) return;
		handling.isStored = true;
		this.pending.delete(mark);
		this.keepPending(mark, handling.eventId);
	}

	/** An event is known to have been acknowledged. */
	note(mark: string): void {
		this.underWay.delete(mark);
		this.pending.delete(mark);
		this.seen.add(mark);
		if (this.seen.size > REMEMBERED_EVENTS) dropOldest(this.seen);
	}

	/** What to put into the static data. */
	memory(): { seen: string; pending: IDataObject } {
		// n8n's types know nothing of values that become text when they are stored.
		return {
			seen: {
				toJSON: () => {
					this.settle();
					// Alone, a process reads back what it wrote, and has nothing to learn.
					this.learned = [...this.seen].join('');
					return this.learned;
				},
			} as unknown as string,
			pending: {
				toJSON: () => Object.fromEntries(this.pending),
			} as unknown as IDataObject,
		};
	}

	/** Looks up what became of the requests that this process had. */
	private settle(): void {
		for (const [mark, { response, isStored, since }] of this.underWay) {
			const { statusCode, writableEnded } = response;
			if (writableEnded && isStored && statusCode >= 200 && statusCode < 300) this.note(mark);
			else if (writableEnded || Date.now() - since > LONGEST_REQUEST_MS) this.underWay.delete(mark);
			// n8n has said that it failed, so that nothing was acknowledged.
			if (writableEnded && !this.seen.has(mark)) this.pending.delete(mark);
		}
	}

	private keepPending(mark: string, eventId: string): void {
		this.pending.set(mark, eventId);
		if (this.pending.size > MOST_PENDING) dropOldest(this.pending);
	}
}

function dropOldest(kept: Set<string> | Map<string, string>): void {
	const [oldest] = kept.keys();
	kept.delete(oldest);
}

const memories = new Map<string, SeenEvents>();

/** The memory of this process for a webhook. */
export function seenEvents(key: string): SeenEvents {
	const known = memories.get(key);
	if (known) return known;
	const made = new SeenEvents();
	memories.set(key, made);
	return made;
}
