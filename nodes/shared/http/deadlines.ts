/** Requests that start within so many milliseconds share a deadline. */
const SHARED_MS = 100;
/** Each request listens to its signal, and Node warns of a memory leak above this many listeners. */
const MAX_REQUESTS = 10;

/** Ends some requests: when their time is over, or when the run is canceled. */
interface Deadline {
	madeAt: number;
	requests: number;
	/** Aborts when the time is over. */
	over: AbortSignal;
	/** Aborts when the time is over or the run is canceled. */
	signal: AbortSignal;
}

/**
 * Timeout signals, shared by requests that start within 100 ms: one per request was the client's
 * largest cost. A timeout may fire 100 ms late.
 */
export class Deadlines {
	private readonly cancelled?: AbortSignal;
	private readonly latest = new Map<number, Deadline>();

	/** @param cancelled aborts when the run is canceled */
	constructor(cancelled?: AbortSignal) {
		this.cancelled = cancelled;
	}

	/** The signals for a request that starts now and may take this many milliseconds. */
	after(milliseconds: number): Pick<Deadline, 'over' | 'signal'> {
		const known = this.latest.get(milliseconds);
		const deadline = known && isShareable(known) ? known : this.make(milliseconds);
		deadline.requests += 1;
		return deadline;
	}

	private make(milliseconds: number): Deadline {
		const over = AbortSignal.timeout(milliseconds + SHARED_MS);
		const signal = this.cancelled ? AbortSignal.any([over, this.cancelled]) : over;
		const deadline = { madeAt: Date.now(), requests: 0, over, signal };
		this.latest.set(milliseconds, deadline);
		return deadline;
	}
}

function isShareable({ madeAt, requests }: Deadline): boolean {
	const age = Date.now() - madeAt;
	return requests < MAX_REQUESTS && age >= 0 && age < SHARED_MS;
}
