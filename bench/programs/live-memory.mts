import { setTimeout as sleep } from 'node:timers/promises';

import { inUse } from './loaded.mts';

/** Bytes in use, always after garbage collection. */
export interface Memory {
	before: number;
	/** The most while it ran. */
	live: number;
	/** With what it gave. */
	held: number;
}

/** Looks at the memory in use while something runs, again and again. */
export async function watched<T>(
	run: () => Promise<T>,
	everyMs: number,
): Promise<{ result: T; memory: Memory; milliseconds: number }> {
	const before = inUse();
	let live = 0;
	let over = false;
	const watching = (async () => {
		for (; !over; await sleep(everyMs)) live = Math.max(live, inUse());
	})();
	const started = performance.now();
	const result = await run();
	const milliseconds = performance.now() - started;
	over = true;
	await watching;
	inUse();
	// Buffers are given back a moment after they are found to be garbage.
	await sleep(500);
	const held = inUse();
	return { result, memory: { before, live: Math.max(live, held), held }, milliseconds };
}
