import { eventTime, type AuditEvent } from '../event/audit-event';
import { DAY, DEFAULT_CURSOR_OPTIONS, HOUR, SECOND, type CursorOptions } from './cursor-options';
import type { CursorState } from './cursor-state';
import { eventId, eventKey } from '../event/event-key';
import { OrderMet } from './order-met';
import { SeenEvents } from './seen-events';
import { settledUpTo, type ReadWindow } from './settled-time';
import { sorted, unite, type Fresh } from './unite-polls';

/** The first stretch asked for; grows and shrinks with what the pages hold. */
const FIRST_SPAN = DAY;
/** Requests are made in whole seconds, so no stretch can be shorter. */
const SHORTEST_SPAN = SECOND;
/**
 * What the first poll looks at, at least, to learn which events are there already. Covers a
 * host that is ahead of the service by as much: what happens then is not taken for the past.
 */
const FIRST_VIEW = HOUR;
/** How much further than its stretch a request may reach, by whole seconds and open bounds. */
const BOUND_SLACK = 5 * SECOND;

/** What a page without new events counts for, of the pages that a poll may read. */
const KNOWN_PAGE = 0.2;

/** A stretch of time to read. `from` and `to` are what it covers, `start` and `end` what to ask. */
export interface Window {
	from: number;
	to: number;
	start: number;
	end: number;
}

/** What a poll leaves behind. */
export interface Outcome {
	/** New events, oldest first. */
	events: AuditEvent[];
	/** To be stored together with emitting the events. Undefined: nothing may be stored. */
	state: CursorState | undefined;
	/** All that the service shows was read; otherwise the next poll goes on where this stopped. */
	caughtUp: boolean;
}

/**
 * One poll of the trigger: which stretches of time to read, which of the events met are new,
 * and the state to keep. Pure: given the same state, clock readings and events it gives the
 * same outcome, so a poll whose state was lost is simply made again.
 *
 *     const poll = new Poll(state, now, options);
 *     for (let window = poll.next(now); window; window = poll.next(now)) {
 *         ... for each page of the window: poll.take(events, serviceTime)
 *         poll.finish(now)          // or poll.pause() when the pages were too many
 *     }
 *     const { events, state } = poll.commit();
 *
 * A window may be left unfinished at any point, by an error for example: its events so far are
 * emitted and remembered, but its time does not count as read.
 */
export class Poll {
	private readonly base: CursorState | undefined;
	private readonly options: CursorOptions;
	private readonly start: number;
	private readonly seen: SeenEvents;
	private readonly undated: SeenEvents;
	private readonly settled: number;
	private readonly floor: number;
	/** Events before this are remembered but not emitted: they were there at activation. */
	private readonly emitFrom: number;
	/** The first poll has to see everything there is, however many pages it takes. */
	private readonly unlimited: boolean;
	private readonly fresh: Fresh[] = [];
	private readonly read: ReadWindow[] = [];
	private position: number;
	private tail: number;
	private span: number;
	private newest: number | undefined;
	private pages = 0;
	private current?: Reading;
	private ended = false;

	/**
	 * base: the state kept by the poll before, undefined for a first activation.
	 * now: the local clock in milliseconds since 1970.
	 */
	constructor(base: CursorState | undefined, now: number, options: Partial<CursorOptions> = {}) {
		this.base = base;
		this.options = { ...DEFAULT_CURSOR_OPTIONS, ...options };
		const { lookback, headroom, longestSpan } = this.options;
		this.start = now;
		this.seen = new SeenEvents(base?.seen);
		this.undated = new SeenEvents(base?.undated);
		this.newest = base?.newest;
		this.settled = base?.settled ?? now - Math.max(lookback, FIRST_VIEW);
		this.floor = base?.floor ?? this.settled;
		this.unlimited = !base && lookback < FIRST_VIEW;
		this.emitFrom = !this.unlimited ? -Infinity : lookback > 0 ? now - lookback : Infinity;
		this.position = base?.next ?? this.settled;
		this.span = Math.min(base?.span ?? FIRST_SPAN, longestSpan);
		this.tail = nextSecond(Math.max(now, this.newest ?? now) + headroom);
	}

	/** The next stretch to read; undefined when the poll is over. now: the local clock. */
	next(now: number): Window | undefined {
		if (this.ended || this.position >= this.tail) return undefined;
		if (!this.unlimited && this.pages >= this.options.pagesPerPoll) return undefined;
		const from = this.position;
		const to = Math.min(this.tail, nextSecond(from + this.span));
		// A second earlier than covered: the service may take its lower bound as outside.
		const window = { from, to, start: nextSecond(from) - SECOND, end: to };
		this.current = { window, startedAt: now, pages: 0, met: new Map(), order: new OrderMet() };
		return window;
	}

	/**
	 * Takes a page of the current window. serviceTime: the service's clock when it answered.
	 * Returns whether another page of the window may be read; if not, call pause().
	 */
	take(events: AuditEvent[], serviceTime?: number): boolean {
		const reading = this.reading();
		reading.pages++;
		// The first page's clock: what became visible after it may be missing.
		reading.serviceTime ??= serviceTime;
		if (serviceTime !== undefined && serviceTime > this.tail) {
			this.tail = nextSecond(serviceTime + this.options.headroom);
		}
		const times = events.map(eventTime);
		reading.order.note(times);
		reading.isDense =
			times.length > 0 &&
			new Set(times.map((time) => time && Math.floor(time / SECOND))).size === 1;
		const before = this.fresh.length;
		for (const event of events) this.meet(event, reading);
		// What is read again, for late events, must not keep new events waiting for polls.
		this.pages += this.fresh.length > before ? 1 : KNOWN_PAGE;
		return (
			this.unlimited || this.pages < this.options.pagesPerPoll || lengthOf(reading) <= SHORTEST_SPAN
		);
	}

	/** The current window is read anew from its start. */
	restart(): void {
		const reading = this.reading();
		reading.met.clear();
		reading.order = new OrderMet();
	}

	/** The current window was read to its end. */
	finish(now: number): void {
		const reading = this.reading();
		const { window, pages, startedAt, serviceTime, newest } = reading;
		const { from, to } = window;
		this.read.push({ from, to, startedAt, finishedAt: now, serviceTime, newest });
		if (newest !== undefined) this.newest = Math.max(this.newest ?? newest, newest);
		const roomy = pages <= Math.max(1, this.options.pagesPerPoll / 8);
		if (roomy && window.to < this.tail)
			this.span = Math.min(this.span * 2, this.options.longestSpan);
		this.position = window.to;
		this.current = undefined;
	}

	/**
	 * The current window holds more than this poll may read: the poll ends within it. Events that come
	 * sorted by time tell up to where it was read, and the next poll goes on from there. The time in
	 * between does not count as read for good: that takes a window that was read to its end.
	 */
	pause(): void {
		if (!this.unlimited && this.goOnFromReached()) this.ended = true;
		else this.cut();
	}

	/**
	 * The current window cannot be read to its end: the poll ends before it. If the whole poll was not
	 * enough for it, shorter ones are asked for from now on, down to a second.
	 */
	cut(): void {
		const reading = this.reading();
		if (this.read.length === 0 || this.unlimited) {
			this.span = Math.max(SHORTEST_SPAN, Math.floor(lengthOf(reading) / 2));
		}
		this.ended = !this.unlimited;
	}

	/** @returns false where the events come in no order */
	private goOnFromReached(): boolean {
		const reading = this.reading();
		const reached = reading.order.reached();
		if (!reached) return false;
		const { from } = reading.window;
		const second = Math.floor(reached.time / SECOND) * SECOND;
		if (reached.order === 'ascending' && second > from) {
			this.position = second;
			if (reading.isDense) this.span = SHORTEST_SPAN;
			else if (this.read.length === 0) this.span = second - from;
			return true;
		}
		// What lies before that second comes first; then the second alone, which is read whole, however
		// many pages it takes. The service may count the end of a stretch as within.
		const before = Math.max(SHORTEST_SPAN, second - SECOND - from);
		if (before >= lengthOf(reading)) return false;
		this.span = before;
		return true;
	}

	/** Whether the rest may be left to the next poll. The first poll has to see everything. */
	get mayStop(): boolean {
		return !this.unlimited;
	}

	/** Whether the current window cannot be made shorter. */
	get isShortest(): boolean {
		return lengthOf(this.reading()) <= SHORTEST_SPAN;
	}

	/**
	 * Ends the poll. stored: the state as it is stored at this moment, if another poll may have
	 * ended since this one began; events that one emitted are left out and both states united.
	 */
	commit(stored: CursorState | undefined = this.base): Outcome {
		const caughtUp = this.position >= this.tail;
		// What the first poll could not look through entirely would later be taken for new.
		if (this.unlimited && !caughtUp) return { events: [], state: undefined, caughtUp };
		if (!stored) return { events: sorted(this.fresh), state: this.state(caughtUp), caughtUp };
		if (stored.revision === this.base?.revision) {
			return { events: sorted(this.fresh), state: this.state(caughtUp), caughtUp };
		}
		if (!this.base) return { events: [], state: stored, caughtUp };
		return { ...unite(stored, this.state(caughtUp), this.fresh), caughtUp };
	}

	private meet(event: AuditEvent, reading: Reading): void {
		const time = eventTime(event);
		if (time !== undefined) {
			if (time < this.floor) return;
			reading.newest = Math.max(reading.newest ?? time, time);
		}
		if (!this.options.wanted(event)) return;
		const key = eventKey(event);
		const nth = (reading.met.get(key) ?? 0) + 1;
		// Two deliveries under one id are one event; two of equal content are two.
		if (nth > 1 && eventId(event) !== undefined) return;
		reading.met.set(key, nth);
		const known = time === undefined ? this.undated : this.seen;
		const until = time ?? reading.window.end + BOUND_SLACK;
		if (time === undefined) known.prolong(key, until);
		if (nth <= known.count(key)) return;
		known.add(key, until);
		if ((time ?? -Infinity) >= this.emitFrom) this.fresh.push({ event, time, key, nth, until });
	}

	private state(caughtUp: boolean): CursorState {
		const { overlap, longestSpan } = this.options;
		const resumed = this.base?.next !== undefined;
		const settled = resumed
			? this.settled
			: settledUpTo(this.settled, this.read, {
					...this.options,
					known: this.base?.newest,
					at: this.start,
				});
		const floor = Math.max(this.floor, Math.min(settled, this.position - overlap));
		// Going back is worth it only where at least as much was settled as must be read again.
		const back = !resumed && this.position - settled <= settled - this.settled;
		return {
			version: 1,
			revision: (this.base?.revision ?? 0) + 1,
			settled,
			floor,
			...(caughtUp || back ? {} : { next: this.position }),
			...(this.newest === undefined ? {} : { newest: this.newest }),
			span: Math.min(this.span, longestSpan),
			seen: this.seen.since(floor),
			undated: this.undated.since(settled),
		};
	}

	private reading(): Reading {
		if (!this.current) throw new Error('No window is being read.');
		return this.current;
	}
}

interface Reading {
	window: Window;
	startedAt: number;
	pages: number;
	serviceTime?: number;
	newest?: number;
	order: OrderMet;
	/** All of the last page is of one second. */
	isDense?: boolean;
	/** Events of this reading, counted by key. */
	met: Map<string, number>;
}

function lengthOf({ window }: Reading): number {
	return window.to - window.from;
}

function nextSecond(time: number): number {
	return Math.ceil(time / SECOND) * SECOND;
}
