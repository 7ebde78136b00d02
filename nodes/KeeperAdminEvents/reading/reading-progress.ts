import { eventTime, type AuditEvent } from '../event/audit-event';
import { eventKey } from '../event/event-key';

/** Where a broken chain of pages can be taken up again. */
type Resumption = 'restart' | { start: number; end: number };

/** What is left of a query, known to come sorted by time. */
export interface Rest {
	/** To be asked for; begins, or ends, a little within what was read. */
	start: number;
	end: number;
	ascending: boolean;
	/** Milliseconds that a page covered so far, on average. */
	perPage: number;
	/** Returns a filter that drops events already read. Call it once per event. */
	sieve(): (event: AuditEvent) => boolean;
}

/** Steps in one direction before events count as sorted (false positive: 1 in 10^9). */
const SORTED_STEPS = 12;
/** How far back from the last event a resumed reading starts, at most, plus a second to spare. */
const OVERLAP = 3_000;
const SECOND = 1_000;

/**
 * Follows the events of one query as they are read, so that the reading can go on by time when
 * the chain of tokens breaks. That is possible once the events have proved to come sorted by
 * time; those near the reading edge are held then, being what a resumed reading meets again.
 * Otherwise a broken chain means reading the whole query anew.
 */
export class ReadingProgress {
	private order: 'same' | 'ascending' | 'descending' | 'mixed' = 'same';
	/** How often the time went on in that order. */
	private steps = 0;
	/** Time of the event furthest on in the order. */
	private edge?: number;
	/** Time of the first event that has one. */
	private first?: number;
	private pages = 0;
	private undated = false;
	private held: AuditEvent[] = [];
	private pruneAt = 4_000;
	/** Set by a resumption: the events handed on before it that will be met again. */
	private known?: Known;
	private met = new Map<string, number>();

	/** Those of a page that were not handed on before a resumption; remembers them. */
	fresh(events: AuditEvent[]): AuditEvent[] {
		this.pages++;
		const fresh = this.known ? events.filter((event) => this.isFresh(event)) : events;
		for (const event of fresh) this.note(event);
		return fresh;
	}

	/** The way on from here, within the given query. */
	resume(query: { start: number; end: number }): Resumption {
		const { edge, order, steps } = this;
		if (edge === undefined || order === 'mixed' || steps < SORTED_STEPS) return 'restart';
		const counts = new Map<string, number>();
		for (const event of this.held) count(counts, eventKey(event));
		this.met = new Map();
		const { start, end } = query;
		if (order === 'ascending') {
			this.known = { from: edge - OVERLAP, to: edge, counts };
			return { start: Math.max(start, (Math.floor(edge / SECOND) - 1) * SECOND), end };
		}
		this.known = { from: edge, to: edge + OVERLAP, counts };
		return { start, end: Math.min(end, (Math.ceil(edge / SECOND) + 1) * SECOND) };
	}

	/**
	 * What is left to read, or undefined where it cannot be told by time: the events do not come
	 * sorted, or one had no time.
	 */
	rest(query: { start: number; end: number }): Rest | undefined {
		const { edge, first, pages, order, undated } = this;
		const reach = undated ? 'restart' : this.resume(query);
		const { known } = this;
		if (reach === 'restart' || !known || edge === undefined || first === undefined)
			return undefined;
		return {
			...reach,
			ascending: order === 'ascending',
			perPage: Math.abs(edge - first) / pages,
			sieve: () => {
				const met = new Map<string, number>();
				return (event) => isFresh(event, known, met);
			},
		};
	}

	private isFresh(event: AuditEvent): boolean {
		return !this.known || isFresh(event, this.known, this.met);
	}

	private note(event: AuditEvent): void {
		const time = eventTime(event);
		if (time === undefined) this.undated = true;
		else this.order = this.orderAfter(time);
		this.first ??= time;
		if (this.order === 'mixed') {
			this.held = [];
			return;
		}
		if (time !== undefined && this.isBeyondEdge(time)) {
			this.edge = time;
			this.steps++;
		}
		this.held.push(event);
		if (this.held.length >= this.pruneAt) this.prune();
	}

	private orderAfter(time: number): ReadingProgress['order'] {
		const { edge, order, known } = this;
		if (order === 'mixed' || edge === undefined || time === edge) return order;
		const direction = time > edge ? 'ascending' : 'descending';
		if (order === 'same' || order === direction) return direction;
		// A resumed reading starts a little behind the edge and may meet late arrivals there.
		return known && time >= known.from && time <= known.to ? order : 'mixed';
	}

	private isBeyondEdge(time: number): boolean {
		if (this.edge === undefined) return true;
		return this.order === 'descending' ? time < this.edge : time > this.edge;
	}

	private prune(): void {
		const edge = this.edge ?? 0;
		this.held = this.held.filter((event) => {
			const time = eventTime(event);
			return time === undefined || Math.abs(time - edge) <= OVERLAP;
		});
		this.pruneAt = Math.max(4_000, this.held.length * 2);
	}
}

/** The events of a stretch of time, counted by key. */
interface Known {
	from: number;
	to: number;
	counts: Map<string, number>;
}

/** @param met the events of the stretch that were met again so far */
function isFresh(event: AuditEvent, known: Known, met: Map<string, number>): boolean {
	const time = eventTime(event);
	if (time !== undefined && (time < known.from || time > known.to)) return true;
	const key = eventKey(event);
	return count(met, key) > (known.counts.get(key) ?? 0);
}

function count(counts: Map<string, number>, key: string): number {
	const times = (counts.get(key) ?? 0) + 1;
	counts.set(key, times);
	return times;
}
