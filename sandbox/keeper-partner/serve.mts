import type { Served } from '../served.mts';
import { startKeeperPartnerSandbox } from './server.mts';

export const port = 8711;

export async function serve(on: number): Promise<Served> {
	const partner = { partnerName: 'sandbox', partnerSecret: 'sandbox-partner-secret' };
	const { url, close } = await startKeeperPartnerSandbox({ ...partner, port: on });
	return { facts: { url, ...partner }, close };
}
