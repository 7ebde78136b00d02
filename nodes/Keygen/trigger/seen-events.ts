import { hash } from 'node:crypto';

/** Length of what is kept of an idempotency token: 60 bits, as no two of thousands share. */
const MARK_LENGTH = 10;
/** Tokens that are remembered, the newest. They are rewritten with each event, so not more. */
export const REMEMBERED_EVENTS = 5000;
/** What this process keeps of its own, to put back what others write over. */
const KEPT_HERE = 512;
/** So many in a row that are there mean that those before are there too. */
const ENOUGH_IN_A_ROW = 32;

/** What a token is remembered by. */
export function markOf(token: string): string {
	return hash('sha256', token, 'base64url').slice(0, MARK_LENGTH);
}

/**
 * The events that this process has seen for one webhook, and the way of that memory into n8n's
 * static data.
 *
 * n8n gives each request its own copy of the static data and writes it back whole, after the
 * execution is stored: of two requests at once the later writes over the earlier. Therefore what is
 * put into the static data is no text but something that becomes one when n8n writes it, and then
 * holds all that this process knows by that time. An event counts as seen from the moment on in
 * which n8n writes that it is, never before: should n8n fail to store its execution, or be killed
 * before it has, the event is still unknown and runs when it comes again.
 */
export class SeenEvents {
	/** Newest last. */
	private recent: string[] = [];
	private readonly underWay = new Set<string>();

	/**
	 * What is known of an event.
	 *
	 * @param stored from the static data
	 * @returns `under way` where this process is about to hand it to n8n
	 */
	look(mark: string, stored: unknown): 'new' | 'seen' | 'under way' {
		if (textOf(stored).includes(mark) || this.recent.includes(mark)) return 'seen';
		return this.underWay.has(mark) ? 'under way' : 'new';
	}

	/** Begins with an event; `end` is to be called when its request is over, whatever became of it. */
	begin(mark: string): void {
		this.underWay.add(mark);
	}

	end(mark: string): void {
		this.underWay.delete(mark);
	}

	/**
	 * What to put into the static data.
	 *
	 * @param stored what is in it
	 * @param mark of the event that this is written for
	 */
	memory(stored: unknown, mark?: string): { toJSON(): string } {
		const before = textOf(stored);
		return {
			toJSON: () => {
				if (mark !== undefined) this.note(mark);
				return this.text(before);
			},
		};
	}

	private note(mark: string): void {
		if (this.recent.includes(mark)) return;
		this.recent.push(mark);
		if (this.recent.length > 2 * KEPT_HERE) this.recent = this.recent.slice(-KEPT_HERE);
	}

	private text(before: string): string {
		const missing: string[] = [];
		let inARow = 0;
		for (let at = this.recent.length - 1; at >= 0 && inARow < ENOUGH_IN_A_ROW; at -= 1) {
			// What is there stands near the end, where this looks first.
			const isThere = before.lastIndexOf(this.recent[at]) >= 0;
			if (!isThere) missing.push(this.recent[at]);
			inARow = isThere ? inARow + 1 : 0;
		}
		return (before + missing.reverse().join('')).slice(-REMEMBERED_EVENTS * MARK_LENGTH);
	}
}

/** Concatenated marks; any other stored value is ignored. */
function textOf(stored: unknown): string {
	const text = isMemory(stored) ? stored.toJSON() : stored;
	return typeof text === 'string' && text.length % MARK_LENGTH === 0 ? text : '';
}

function isMemory(stored: unknown): stored is { toJSON(): string } {
	return typeof stored === 'object' && stored !== null && 'toJSON' in stored;
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
