import type { Served } from '../served.mts';
import { startKeeperCommanderSandbox } from './server.mts';

export const port = 8713;

export async function serve(on: number): Promise<Served> {
	const apiKey = 'sandbox-commander-key';
	const { url, close } = await startKeeperCommanderSandbox({ port: on, apiKey });
	return { facts: { url, apiKey }, close };
}
