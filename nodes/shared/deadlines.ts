/** Requests that start within so many milliseconds share a deadline. */
const SHARED_MS = 100;

/** The end of the time for some requests, and what ends them before. */
interface Deadline {
	madeAt: number;
	/** Aborts when the time is over. */
	over: AbortSignal;
	/** Aborts when the time is over or the run is cancelled. */
	signal: AbortSignal;
}

/**
 * Signals that end requests in time. Each one is shared by the requests of a moment, which end up to
 * a tenth of a second late: a signal of its own for every request, tied to the one signal of the
 * run, costs more than anything else that the door does for it.
 */
export class Deadlines {
	private readonly cancelled?: AbortSignal;
	private readonly latest = new Map<number, Deadline>();

	/** @param cancelled aborts when the run is cancelled */
	constructor(cancelled?: AbortSignal) {
		this.cancelled = cancelled;
	}

	/** For a request that starts now and may take so many milliseconds. */
	after(milliseconds: number): Pick<Deadline, 'over' | 'signal'> {
		const now = Date.now();
		const known = this.latest.get(milliseconds);
		if (known && now >= known.madeAt && now - known.madeAt < SHARED_MS) return known;
		const over = AbortSignal.timeout(milliseconds + SHARED_MS);
		const signal = this.cancelled ? AbortSignal.any([over, this.cancelled]) : over;
		const deadline = { madeAt: now, over, signal };
		this.latest.set(milliseconds, deadline);
		return deadline;
	}
}
