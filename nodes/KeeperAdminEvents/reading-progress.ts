import { eventTime, type AuditEvent } from './audit-event';
import { eventKey } from './identity';

/** Where a broken chain of pages can be taken up again. */
export type Resumption = 'restart' | { start: number; end: number };

/** So many steps in one direction are no accident: unsorted events do it once in 10^9 readings. */
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
	private held: AuditEvent[] = [];
	private pruneAt = 4_000;
	/** Set by a resumption: the events handed on before it that will be met again. */
	private known?: { from: number; to: number; counts: Map<string, number> };
	private met = new Map<string, number>();

	/** Those of a page that were not handed on before a resumption; remembers them. */
	fresh(events: AuditEvent[]): AuditEvent[] {
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

	private isFresh(event: AuditEvent): boolean {
		const { known } = this;
		if (!known) return true;
		const time = eventTime(event);
		if (time !== undefined && (time < known.from || time > known.to)) return true;
		const key = eventKey(event);
		return count(this.met, key) > (known.counts.get(key) ?? 0);
	}

	private note(event: AuditEvent): void {
		const time = eventTime(event);
		if (time !== undefined) this.order = this.orderAfter(time);
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

function count(counts: Map<string, number>, key: string): number {
	const times = (counts.get(key) ?? 0) + 1;
	counts.set(key, times);
	return times;
}
