// One poll of the events trigger in n8n-core's poll context, and the bare transfer of its pages.
import type { IDataObject } from 'n8n-workflow';

import { inTurn, timeOf } from '../medians.mts';
import { loaded, tell, told } from './loaded.mts';

const { PolledNode } = loaded<typeof import('../../sandbox/n8n/polled-node.mts')>(
	'sandbox/n8n/polled-node.mts',
);
const { KeeperAdminEventsTrigger } = loaded<
	typeof import('../../nodes/KeeperAdminEvents/KeeperAdminEventsTrigger.node')
>('nodes/KeeperAdminEvents/KeeperAdminEventsTrigger.node.ts');

const { url, token, fresh, rounds } = told<{
	url: string;
	token: string;
	/** How many events are to happen between two polls. */
	fresh: number;
	rounds: number;
}>();

const polling = (staticData?: IDataObject) =>
	new PolledNode({
		type: new KeeperAdminEventsTrigger(),
		parameters: { filters: {}, options: { pageSize: 1000, pagesPerPoll: 100 } },
		credentials: { keeperAdminApi: { apiToken: token, region: 'custom', baseUrl: url } },
		staticData,
	});

async function control<T>(path: string, body?: unknown): Promise<T> {
	const response = await fetch(`${url}/sandbox/${path}`, {
		method: body ? 'POST' : 'GET',
		headers: { 'content-type': 'application/json' },
		body: body ? JSON.stringify(body) : null,
	});
	return (await response.json()) as T;
}

const first = polling();
await first.poll();
const { stored } = first;
const now = Date.now();
await control('events', { generate: { start: now - 20_000, end: now, count: fresh } });

let found = 0;
let state = 0;
const pollOnce = async () => {
	// The same moment again and again: the same events are new.
	const again = polling(stored);
	const items = (await again.poll()) ?? [];
	found = items.length;
	state = JSON.stringify(again.stored).length;
};

/** The same pages through the same helper, decoded and let go. */
const transfer = async () => {
	const { start, end } = await window();
	const { helpers } = polling(stored).context;
	let next = '';
	for (let more = true; more; ) {
		const page = (await helpers.httpRequest({
			url: `${url}/api/rest/public/events?start_date=${start}&end_date=${end}&limit=1000${next}`,
			headers: { 'x-api-token': `Bearer ${token}` },
			json: true,
		})) as { has_more: boolean; continuation_token: string };
		more = page.has_more;
		next = `&continuation_token=${encodeURIComponent(page.continuation_token)}`;
	}
};

/** The stretch of time that a poll asks for: from where all is settled. */
async function window(): Promise<{ start: string; end: string }> {
	const settled = Number(
		(Object.values(stored)[0] as { cursor: { settled: number } }).cursor.settled,
	);
	const second = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
	return { start: second(settled - 1_000), end: second(Date.now() + 60_000) };
}

const requests = async () => (await control<{ requests: number }>('stats')).requests;
const counted = async (run: () => Promise<void>) => {
	const before = await requests();
	await run();
	return (await requests()) - before;
};
const pages = { poll: await counted(pollOnce), transfer: await counted(transfer) };
if (found !== fresh) throw new Error(`${found} events were new, not ${fresh}.`);
const times = await inTurn(rounds, {
	poll: async () => await timeOf(pollOnce),
	transfer: async () => await timeOf(transfer),
});
tell({ ...times, pages, state });
