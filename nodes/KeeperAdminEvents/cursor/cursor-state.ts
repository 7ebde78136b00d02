import { isJsonObject } from '../../shared/json';
import type { SeenRecord } from './seen-events';

/**
 * What the trigger keeps between polls. Plain JSON; times in milliseconds since 1970.
 *
 * `settled` is where the next reading starts: all that was stamped earlier is read for good,
 * late arrivals included. `floor` is where memory starts: an event stamped earlier is neither
 * remembered nor ever emitted again. Every event emitted at or after `floor` is in `seen`.
 */
export interface CursorState {
	version: 1;
	/** Counts the polls, so that one that began before another ended is noticed. */
	revision: number;
	settled: number;
	floor: number;
	/** Where a reading that took too many pages for one poll goes on. */
	next?: number;
	/** The latest event time seen. */
	newest?: number;
	/** Length of the stretches of time to ask for, known to fit the page budget. */
	span: number;
	/** Emitted events, by the minute of their timestamp. */
	seen: SeenRecord;
	/** Emitted events without a usable timestamp, by the minute until which they may reappear. */
	undated: SeenRecord;
}

/**
 * The state found in n8n's static data, or undefined where there is none yet.
 * Anything that is not a state counts as none, which makes the next poll a first activation.
 */
export function readCursorState(stored: unknown): CursorState | undefined {
	if (!isJsonObject(stored) || stored.version !== 1) return undefined;
	const { revision, settled, floor, next, newest, span } = stored;
	if (!isTime(settled) || !isTime(floor) || !isTime(span)) return undefined;
	return {
		version: 1,
		revision: isTime(revision) ? revision : 0,
		settled,
		floor,
		...(isTime(next) ? { next } : {}),
		...(isTime(newest) ? { newest } : {}),
		span,
		seen: readSeen(stored.seen),
		undated: readSeen(stored.undated),
	};
}

function readSeen(value: unknown): SeenRecord {
	if (!isJsonObject(value)) return {};
	return Object.fromEntries(
		Object.entries(value).filter(
			(entry): entry is [string, string] => typeof entry[1] === 'string',
		),
	);
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}
