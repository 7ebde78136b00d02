import { sleep } from 'n8n-workflow';

/** How long work may go on without a pause, in milliseconds. */
const LONGEST_BREATH_MS = 20;

/**
 * Yields to the event loop during CPU-bound work.
 *
 * @returns a function to call between pieces of the work; it pauses for a moment when it is time
 */
export function breather(): () => Promise<void> {
	let since = Date.now();
	return async () => {
		if (Date.now() - since < LONGEST_BREATH_MS) return;
		await sleep(0);
		since = Date.now();
	};
}
