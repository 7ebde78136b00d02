import { openWorkbench } from '../Keygen/workbench.mts';
import { trafficOf } from './traffic.mts';

async function read(release: '1.6.0' | '1.7.0') {
	const bench = await openWorkbench({ release });
	bench.sandbox.seed({ type: 'licenses', count: 3_000 });
	bench.sandbox.fault({ kind: 'latency', delay: 50 });
	return await trafficOf(async () => {
		const records = await bench.get('license.getAll', { returnAll: true });
		expect(records).toHaveLength(3_000);
	});
}

it('fetches numbered pages together, ten at a time and never more', async () => {
	const { requests, atOnce } = await read('1.6.0');
	// The first request learns that there are no cursors.
	expect(requests).toBe(1 + 30);
	expect(atOnce).toBeLessThanOrEqual(10);
	expect(atOnce).toBeGreaterThan(5);
});

it('fetches pages by cursor one after the other, each once', async () => {
	expect(await read('1.7.0')).toMatchObject({ requests: 30, atOnce: 1 });
});
