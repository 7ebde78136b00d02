import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so, for a minute at most; what is checked afterwards says what is not. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(1_000)) {
		if (await isSo()) return;
	}
}
