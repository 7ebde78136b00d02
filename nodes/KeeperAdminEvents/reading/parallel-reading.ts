import { eachItem } from '../../shared/items';
import { eventTime, type AuditEvent } from '../event/audit-event';
import type { EventQuery, FetchPage } from './event-query';
import { endlessPages, isEndlessPages, readPages } from './pager';
import type { Rest } from './reading-progress';

/** What is to be read, and how. */
export interface Reading {
	query: EventQuery;
	fetchPage: FetchPage;
	/** Whether an event is to be kept. */
	wanted: (event: AuditEvent) => boolean;
	/** Stretches of time to read at once; 1 reads page after page. */
	atATime: number;
}

/** So many pages show whether the events come sorted, and how many there are in a stretch of time. */
const PAGES_ALONE = 16;
const PAGES_PER_STRETCH = 8;
const MAX_STRETCHES = 1_000;
const SECOND = 1_000;
const SHORTEST_STRETCH = 10 * SECOND;
/** How far beyond what was asked for events may lie, of a service that selects by whole seconds. */
const SLACK = SECOND;

/**
 * Reads the events of a query, in the order in which the service has them.
 *
 * A long reading is made faster where the first pages prove that the events come sorted by time: the
 * rest is cut into stretches of time, of which some are read at once. Whatever speaks against that
 * (an event without a time, or outside of what was asked for, or pages that cannot be followed) leads
 * to all being read anew, page after page.
 *
 * @returns the events in several lists, to be put one after the other
 * @throws what `readPages` and `fetchPage` throw
 */
export async function readEvents(reading: Reading): Promise<AuditEvent[][]> {
	const head = await readOn(reading, reading.atATime > 1 ? PAGES_ALONE : undefined);
	if (!head.rest) return [head.events];
	const tail = await readStretches(head.rest, reading);
	if (tail !== 'not by stretches') return [head.events, ...tail];
	return [(await readOn(reading)).events];
}

/** Reads page after page, to the end or for so many pages. */
async function readOn(
	{ query, fetchPage, wanted }: Reading,
	pagesAlone?: number,
): Promise<{ events: AuditEvent[]; rest?: Rest }> {
	let kept: AuditEvent[] = [];
	for await (const { restart, events, rest } of readPages(query, fetchPage, { pagesAlone })) {
		if (restart) kept = [];
		for (const event of events) if (wanted(event)) kept.push(event);
		if (rest) return { events: kept, rest };
	}
	return { events: kept };
}

/** A stretch of time: events at or after `from` and before `to` are its own. */
interface Stretch {
	from: number;
	to: number;
	start: number;
	end: number;
}

async function readStretches(
	rest: Rest,
	reading: Reading,
): Promise<AuditEvent[][] | 'not by stretches'> {
	const stretches = stretchesOf(rest);
	const pace = { concurrency: reading.atATime, pauseMs: 0 };
	let failure: { error: unknown } | undefined;
	const lists = await eachItem(stretches.length, pace, async (index) => {
		if (failure) return [];
		try {
			return await readStretch(stretches[index], rest, reading);
		} catch (error) {
			failure ??= { error };
			return [];
		}
	});
	if (!failure) return lists;
	if (isEndlessPages(failure.error)) return 'not by stretches';
	throw failure.error;
}

async function readStretch(
	{ from, to, start, end }: Stretch,
	rest: Rest,
	{ query, fetchPage, wanted }: Reading,
): Promise<AuditEvent[]> {
	let kept: AuditEvent[] = [];
	let isNew = rest.sieve();
	for await (const page of readPages({ start, end, limit: query.limit }, fetchPage)) {
		if (page.restart) {
			kept = [];
			isNew = rest.sieve();
		}
		for (const event of page.events) {
			const time = eventTime(event);
			if (time === undefined || time < start - SLACK || time > end + SLACK)
				throw endlessPages('The service does not select by the times that it shows');
			if (time >= from && time < to && isNew(event) && wanted(event)) kept.push(event);
		}
	}
	return kept;
}

/** Cuts what is left into stretches, in the order of the reading. Both ends are open. */
function stretchesOf({ start, end, ascending, perPage }: Rest): Stretch[] {
	const wanted = Math.max(perPage * PAGES_PER_STRETCH, SHORTEST_STRETCH);
	const count = Math.min(Math.ceil((end - start) / wanted), MAX_STRETCHES);
	const length = Math.ceil((end - start) / count / SECOND) * SECOND;
	const stretches: Stretch[] = [];
	for (let from = start; from < end; from += length) {
		const to = from + length;
		const isFirst = from === start;
		const isLast = to >= end;
		stretches.push({
			from: isFirst ? -Infinity : from,
			to: isLast ? Infinity : to,
			// A second earlier: the service may take its lower bound as outside.
			start: isFirst ? start : from - SECOND,
			end: isLast ? end : to,
		});
	}
	return ascending ? stretches : stretches.reverse();
}
