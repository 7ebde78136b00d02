import type { Served } from '../served.mts';
import { startKeygenSandbox } from './start.mts';
import { singleplayerCe } from './state/options.mts';

export const port = 8710;

/** An empty self-hosted server, as it is after its setup. */
export async function serve(on: number): Promise<Served> {
	const sandbox = await startKeygenSandbox({ ...singleplayerCe, port: on });
	const { adminEmail, adminPassword } = singleplayerCe.account;
	const { url, accountId, adminToken } = sandbox;
	return {
		facts: { url, accountId, adminEmail, adminPassword, adminToken },
		close: () => sandbox.close(),
	};
}
