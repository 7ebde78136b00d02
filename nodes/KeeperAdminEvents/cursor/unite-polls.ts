import type { AuditEvent } from '../event/audit-event';
import type { CursorState } from './cursor-state';
import { SeenEvents } from './seen-events';

/** An event that this poll considers new. */
export interface Fresh {
	event: AuditEvent;
	time: number | undefined;
	key: string;
	/** It is the nth event of its key. */
	nth: number;
	/** Until the settled time gets here it may be met again. */
	until: number;
}

/** The events alone, oldest first, those without a time last. */
export function sorted(fresh: Fresh[]): AuditEvent[] {
	const timeOf = ({ time }: Fresh) => time ?? Infinity;
	const order = (a: Fresh, b: Fresh) => (timeOf(a) === timeOf(b) ? 0 : timeOf(a) - timeOf(b));
	return [...fresh].sort(order).map(({ event }) => event);
}

/**
 * The outcome of a poll during which another one ended, both having begun from the same state:
 * of its new events those that the other did not emit, and a state that holds what both read.
 */
export function unite(
	theirs: CursorState,
	ours: CursorState,
	fresh: Fresh[],
): { events: AuditEvent[]; state: CursorState } {
	const seen = new SeenEvents(theirs.seen);
	const undated = new SeenEvents(theirs.undated);
	// What lies before their memory they have read, and emitted, as well.
	const isNew = ({ time, key, nth, until }: Fresh) =>
		time === undefined
			? until > theirs.settled && nth > undated.count(key)
			: time >= theirs.floor && nth > seen.count(key);
	const events = sorted(fresh.filter(isNew));
	seen.absorb(ours.seen);
	undated.absorb(ours.undated);
	const settled = Math.max(theirs.settled, ours.settled);
	const floor = Math.max(theirs.floor, ours.floor);
	const newest = Math.max(theirs.newest ?? -Infinity, ours.newest ?? -Infinity);
	const state: CursorState = {
		version: 1,
		revision: theirs.revision + 1,
		settled,
		floor,
		...(newest === -Infinity ? {} : { newest }),
		span: Math.min(theirs.span, ours.span),
		seen: seen.since(floor),
		undated: undated.since(settled),
	};
	return { events, state };
}
