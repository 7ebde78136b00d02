import type { Served } from '../served.mts';
import { startKeeperEventsSandbox } from './server.mts';

export const port = 8712;

/** A company with a week of events behind it. */
export async function serve(on: number): Promise<Served> {
	const token = 'sandbox-siem-token';
	const { url, close } = await startKeeperEventsSandbox({
		port: on,
		tokens: [token],
		history: { count: 500, days: 7 },
	});
	return { facts: { url, token }, close };
}
