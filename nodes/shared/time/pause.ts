import { sleep } from 'n8n-workflow';

/** The sleep of older versions of n8n takes no signal, and would outlive a cancelled execution. */
const LONGEST_SLICE_MS = 500;

/** Waits so long, or until the execution is cancelled. */
export async function pause(milliseconds: number, cancelled?: AbortSignal): Promise<void> {
	if (!cancelled) return await sleep(milliseconds);
	const until = Date.now() + milliseconds;
	let onAbort = () => {};
	const aborted = new Promise<void>((resolve) => (onAbort = resolve));
	cancelled.addEventListener('abort', onAbort);
	for (let left = milliseconds; left > 0 && !cancelled.aborted; left = until - Date.now())
		await Promise.race([sleep(Math.min(left, LONGEST_SLICE_MS)), aborted]);
	cancelled.removeEventListener('abort', onAbort);
}
