import { eventTime, type AuditEvent } from '../event/audit-event';
import { eventKey } from '../event/event-key';
import { readEvents, type Reading } from '../reading/parallel-reading';
import { isWithin, queryBounds, type TimeRange } from './time-range';

/** How far back the first look goes; each further one goes back four times as far. */
const FIRST_LOOK_MS = 15 * 60_000;
const FURTHER = 4;

export interface NewestReading extends Omit<Reading, 'query'> {
	range: TimeRange;
	/** Infinity for all. */
	limit: number;
	pageSize: number;
}

/**
 * Reads the latest events of a time range, newest first.
 *
 * The service has no such order, and which order it has is not documented. So with a limit the
 * range is read from its end backward, stretch by stretch, until there are enough.
 */
export async function readNewest(reading: NewestReading): Promise<AuditEvent[]> {
	const { range, limit, pageSize, fetchPage, wanted, atATime } = reading;
	const undated = new Set<string>();
	let kept: AuditEvent[] = [];
	let look = limit === Infinity ? Infinity : FIRST_LOOK_MS;
	for (let end = range.end; end >= range.start; look *= FURTHER) {
		const stretch = { ...range, start: Math.max(range.start, end - look), end };
		const lists = await readEvents({
			query: { ...queryBounds(stretch), limit: pageSize },
			fetchPage,
			// An event without a time may show up in two neighboring stretches, and counts in the first.
			wanted: (event) => {
				const time = eventTime(event);
				if (time === undefined && undated.has(eventKey(event))) return false;
				return isWithin(time, stretch) && wanted(event);
			},
			atATime,
		});
		const events = newestFirst(lists.flat());
		kept = kept.concat(events);
		if (kept.length >= limit) return kept.slice(0, limit);
		for (const event of events) if (eventTime(event) === undefined) undated.add(eventKey(event));
		end = stretch.start - 1;
	}
	return kept;
}

/** Events without a time come last, in the order in which the service has them. */
function newestFirst(events: AuditEvent[]): AuditEvent[] {
	return events
		.map((event) => ({ event, time: eventTime(event) ?? -Infinity }))
		.sort((a, b) => (a.time === b.time ? 0 : b.time - a.time))
		.map(({ event }) => event);
}
