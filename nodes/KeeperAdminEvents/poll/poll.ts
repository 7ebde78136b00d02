import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { Failed, type Failure } from '../../shared/failure';
import { asIs, nodeError, toNodeError } from '../../shared/node-error';
import type { CursorState } from '../cursor/cursor-state';
import { KeptState } from './kept-state';
import { pollItems } from './poll-items';
import { readPollSettings, type PollSettings } from './poll-settings';
import { runPoll, type PollResult } from './run-poll';
import { readSample } from './sample';

/** Polls of this process that are running, by workflow and node. */
const running = new Set<string>();
/** The state that the last poll of a node handed over to n8n, and when. */
const handedOver = new Map<string, { revision: number; at: number }>();
/** How long n8n may take to store what a poll handed over; it is a matter of milliseconds. */
const STORING_MS = 10_000;
/** Activations whose first poll is over. */
const begun = new WeakSet<object>();

/**
 * One poll of the trigger, or a sample where the user tests it in the editor.
 *
 * @returns the new events as items, or null where there are none
 * @throws NodeApiError or NodeOperationError; then nothing has changed, and the next poll reads the same
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await sample(context);
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	// n8n does not wait for a poll before it starts the next. What this one misses, the next reads.
	if (running.has(key)) return null;
	running.add(key);
	try {
		return await pollOnce(context, key);
	} catch (error) {
		const reported = toNodeError(context.getNode(), error);
		if (!isFirstAfterStart(context)) throw asIs(reported);
		// n8n gives up a trigger whose first poll after a start fails a few times. An outage of the
		// service must not end in that; later polls report it.
		warn(context, `the first poll failed: ${reported.message}`);
		return null;
	} finally {
		running.delete(key);
		begun.add(context);
	}
}

function isFirstAfterStart(context: IPollFunctions): boolean {
	const activation = context.getActivationMode();
	return (activation === 'init' || activation === 'leadershipChange') && !begun.has(context);
}

async function pollOnce(
	context: IPollFunctions,
	key: string,
): Promise<INodeExecutionData[][] | null> {
	const settings = await readPollSettings(context);
	const kept = new KeptState(context);
	const stored = () => kept.read();
	const { fetchPage, pageSize, cursor, softEnd } = settings;
	const before = stored();
	// Taken before n8n had stored the last poll's state: its events would come again.
	if (isOutdated(key, before)) return null;
	const result = await runPoll({
		stored: before,
		storedNow: stored,
		fetchPage,
		limit: pageSize,
		now: Date.now,
		outOfTime: () => Date.now() >= softEnd,
		options: cursor,
	});
	if (result.error !== undefined) {
		if (!hasProgress(before, result))
			throw toNodeError(context.getNode(), timely(result.error, settings));
		const { message } = toNodeError(context.getNode(), result.error);
		warn(context, `a poll ended early, and the next goes on from there: ${message}`);
	}
	const items = await pollItems(context, result.events, settings, stored());
	if (result.state) {
		kept.write(result.state, items !== null);
		handedOver.set(key, { revision: result.state.revision, at: Date.now() });
	}
	return items;
}

function isOutdated(key: string, state: CursorState | undefined): boolean {
	const last = handedOver.get(key);
	return (
		last !== undefined &&
		(state?.revision ?? 0) < last.revision &&
		Date.now() - last.at < STORING_MS
	);
}

/** Whether a poll that failed got anywhere before. */
function hasProgress(before: CursorState | undefined, { events, state }: PollResult): boolean {
	if (events.length > 0) return true;
	if (!state) return false;
	if (state.next !== undefined && state.next !== before?.next) return true;
	return before !== undefined && state.settled > before.settled;
}

/** A request that was cut off by the end of the poll's time was not cancelled by anybody. */
function timely(error: unknown, { hardEnd }: PollSettings): unknown {
	return error instanceof Failed && hardEnd.aborted ? new Failed(OUT_OF_TIME) : error;
}

const OUT_OF_TIME: Failure = {
	message: 'Keeper did not answer within the time that n8n gives a poll',
	description:
		"Nothing is lost: the next poll reads the same again. If this goes on, set a smaller 'Page Size'.",
	cause: 'temporarily-unavailable',
};

async function sample(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = await readPollSettings(context);
		const events = await readSample(settings, Date.now());
		if (events.length === 0) throw nodeError(context.getNode(), NO_EVENTS);
		return await pollItems(context, events, settings);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

const NO_EVENTS: Failure = {
	message: 'Keeper has no matching events of the last 24 hours',
	description:
		"The connection works, there is just nothing to show. Loosen the 'Filters', or do something in Keeper, wait some minutes and try again.",
};

function warn(context: IPollFunctions, what: string): void {
	context.logger.warn(`${context.getNode().name}: ${what}`);
}
