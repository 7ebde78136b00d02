import { Poll, type Outcome } from '../cursor/poll-cursor';
import type { CursorOptions } from '../cursor/cursor-options';
import { readCursorState } from '../cursor/cursor-state';
import type { FetchPage } from '../reading/event-query';
import { isEndlessPages, readPages } from '../reading/pager';

interface PollRun {
	/** The state as stored when the poll begins: n8n's static data, whatever it holds. */
	stored: unknown;
	fetchPage: FetchPage;
	/** Events per page. */
	limit: number;
	/** The local clock, milliseconds since 1970. */
	now: () => number;
	/** The time given to this poll is used up. */
	outOfTime?: () => boolean;
	/** The state as stored when the poll ends; shows a poll that ended in the meantime. */
	storedNow?: () => unknown;
	options?: Partial<CursorOptions>;
}

export interface PollResult extends Outcome {
	/** Why the poll ended early. Its events and state are valid all the same. */
	error?: unknown;
}

/**
 * Makes one poll of the trigger: reads what is to be read and gives the new events together
 * with the state to store. Never rejects: when a request fails, what was read before is handed
 * over with the error, and the next poll begins where this one failed. Events are to be emitted
 * and the state stored in one go; if the state is lost, the same events come again.
 */
export async function runPoll(run: PollRun): Promise<PollResult> {
	const base = readCursorState(run.stored);
	const poll = new Poll(base, run.now(), run.options);
	const error = await readAll(poll, run);
	const outcome = poll.commit(run.storedNow ? readCursorState(run.storedNow()) : base);
	return error === undefined ? outcome : { ...outcome, error };
}

async function readAll(poll: Poll, run: PollRun): Promise<unknown> {
	for (;;) {
		const window = poll.next(run.now());
		if (!window) return undefined;
		try {
			if (await readWindow(poll, window, run)) poll.finish(run.now());
			else poll.pause();
		} catch (error) {
			// A shorter window may still be readable.
			const canShorten = isEndlessPages(error) && !poll.isShortest;
			if (!canShorten) return error ?? new Error('A request failed without saying why.');
			poll.cut();
		}
		if (poll.mayStop && run.outOfTime?.()) return undefined;
	}
}

/** Whether the window was read to its end. */
async function readWindow(
	poll: Poll,
	{ start, end }: { start: number; end: number },
	{ fetchPage, limit, outOfTime }: PollRun,
): Promise<boolean> {
	// Known events are told apart by the cursor, so the way that assumes least is as good.
	const pages = readPages({ start, end, limit }, fetchPage, { afterBreak: 'read anew' });
	for await (const page of pages) {
		if (page.restart) poll.restart();
		const goOn = poll.take(page.events, page.serviceTime);
		if (page.last) return true;
		if (!goOn || (poll.mayStop && outOfTime?.())) return false;
	}
	return false;
}
