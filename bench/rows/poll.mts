import { median, seconds } from '../medians.mts';
import { inOwnProcess } from '../own-process.mts';
import type { Bench } from '../scene.mts';
import { startService } from '../services/process.mts';

const TOKEN = 'a-token-of-the-bench';

/** One poll of the trigger that has much to read again and little that is new. */
export const poll: Bench = {
	name: 'poll',
	async run(scene) {
		const count = scene.size(20_000, 1_500);
		const service = await startService('keeperEvents', {
			tokens: [TOKEN],
			latencyMs: 50,
			latest: 0,
			// Within the 15 minutes that each poll reads again.
			history: { count, days: 12 / 1440 },
		});
		try {
			const told = { url: service.url, token: TOKEN, fresh: 100, rounds: scene.size(7, 1) };
			const { poll, transfer, pages, state } = await inOwnProcess<{
				poll: number[];
				transfer: number[];
				pages: { poll: number; transfer: number };
				state: number;
			}>('poll.mts', told);
			const what = `one trigger poll, ${count.toLocaleString('en')} events in the overlap window and 100 new (in n8n-core's poll context)`;
			return [
				{
					what,
					against: "the bare transfer of the same pages through n8n's request helper",
					measured: median(poll) / median(transfer),
					unit: 'times the time',
					bound: { most: 1.3 },
					detail: `${seconds(median(poll))} against ${seconds(median(transfer))}; ${pages.poll} pages against ${pages.transfer}`,
				},
				{
					what: 'the state that it stores',
					against: '1 MB',
					measured: state / 1000,
					unit: 'kB',
					bound: { most: 1000 },
					detail: `${(state / (count + 100)).toFixed(1)} bytes an event`,
				},
			];
		} finally {
			service.stop();
		}
	},
};
