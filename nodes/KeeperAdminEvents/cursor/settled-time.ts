/** A stretch of time that was read to its end. Clock readings in milliseconds since 1970. */
export interface ReadWindow {
	from: number;
	to: number;
	/** The local clock before the first and after the last request. */
	startedAt: number;
	finishedAt: number;
	/** The service's clock at the first answer, if it told it. */
	serviceTime?: number;
	/** The latest event time met. */
	newest?: number;
}

export interface Clocks {
	/** How late an event may become visible. */
	overlap: number;
	/** How wrong the local clock may be at most. */
	clockTolerance: number;
	/** The latest event time known before the poll. */
	known?: number;
	/** The local clock when the poll began. */
	at: number;
}

/**
 * Up to when all events are read for good, given what was settled before and the stretches read
 * since, in order and without gaps from there.
 *
 * A stretch is settled up to the overlap before the service's clock at the moment it was read:
 * whatever is stamped earlier was visible then. The service's clock is, in this order,
 * what it told itself; else what its events prove, since none is stamped later than it was
 * served; else the local clock less all the error it may have. The local clock alone is never
 * trusted: a host some minutes ahead would step over events that are still to appear. Nor are
 * events alone: one stamped in the future would do the same, so neither exceeds the local clock.
 */
export function settledUpTo(settled: number, windows: ReadWindow[], clocks: Clocks): number {
	const lag = provenLag(windows, clocks);
	let reached = settled;
	for (const { from, to, startedAt, serviceTime } of windows) {
		if (from > reached) break;
		const proven = serviceTime ?? Math.max(startedAt - lag, startedAt - clocks.clockTolerance);
		reached = Math.max(reached, Math.min(to, Math.min(proven, startedAt) - clocks.overlap));
	}
	return reached;
}

/**
 * By how much the service's clock is behind the local one at most, as the events prove. Within
 * one poll the local clock runs evenly, so an event met in one stretch dates the others too.
 */
function provenLag(windows: ReadWindow[], { known, at }: Clocks): number {
	let lag = known === undefined ? Infinity : at - known;
	for (const { finishedAt, newest } of windows) {
		if (newest !== undefined) lag = Math.min(lag, finishedAt - newest);
	}
	return lag;
}
