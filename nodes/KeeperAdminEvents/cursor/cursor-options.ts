import type { AuditEvent } from '../event/audit-event';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** All times in milliseconds. */
export interface CursorOptions {
	/** How late an event may become visible after its timestamp. The service says 10 minutes. */
	overlap: number;
	/** How far back the first poll reaches; 0 starts with what appears from now on. */
	lookback: number;
	/** Pages after which a poll stops and leaves the rest to the next. */
	pagesPerPoll: number;
	/** The longest stretch of time asked for at once. */
	longestSpan: number;
	/** How far past the local clock is read, for a host that is behind the service. */
	headroom: number;
	/** How wrong a local clock may be, at most, where the service does not tell its own. */
	clockTolerance: number;
	/** Which events to emit. Never changes what is read. */
	wanted: (event: AuditEvent) => boolean;
}

export const DEFAULT_CURSOR_OPTIONS: CursorOptions = {
	overlap: 15 * MINUTE,
	lookback: 0,
	pagesPerPoll: 100,
	longestSpan: 7 * DAY,
	headroom: HOUR,
	clockTolerance: DAY,
	wanted: () => true,
};
