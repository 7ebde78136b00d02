/** The middle of some values, or the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}

/**
 * Runs several ways of doing something in turn, each so many times, so that whatever slows the
 * machine for a while slows them all. Every other round goes backwards.
 *
 * @param ways each gives what it measured
 * @returns the measurements of each way
 */
export async function inTurn<K extends string, T>(
	rounds: number,
	ways: Record<K, () => Promise<T>>,
): Promise<Record<K, T[]>> {
	const names = Object.keys(ways) as K[];
	const measured = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<K, T[]>;
	for (let round = 0; round < rounds; round++) {
		for (const name of round % 2 === 0 ? names : [...names].reverse())
			measured[name].push(await ways[name]());
	}
	return measured;
}

/** Milliseconds that something takes. */
export async function timeOf(run: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await run();
	return performance.now() - started;
}

/** A time for people: `870 ms`, `5.1 s`. */
export function seconds(milliseconds: number): string {
	return milliseconds < 1000
		? `${milliseconds.toFixed(0)} ms`
		: `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

export function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}
