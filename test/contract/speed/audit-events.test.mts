import { getMany, records } from '../KeeperAdminEvents/get-many.mts';
import { Polling } from '../KeeperAdminEvents/polling.mts';
import {
	happened,
	inOrder,
	numbered,
	sandboxForTests,
	TOKEN,
} from '../KeeperAdminEvents/service.mts';
import { trafficOf } from './traffic.mts';

const COUNT = 2_000;
const PAGE_SIZE = 20;
/** All within the last 24 hours, at any time of the day. */
const APART = (23 * 3_600_000) / COUNT;

describe('Get Many', () => {
	const sandbox = sandboxForTests({ latencyMs: 10 });
	beforeEach(() => {
		const now = Date.now();
		for (let number = 0; number < COUNT; number += 1)
			sandbox().service.append({ event: numbered(number, now - (COUNT - number) * APART) });
	});
	const read = async (options: object) => {
		const { url } = sandbox();
		let events: unknown[] = [];
		const traffic = await trafficOf(async () => {
			const parameters = { options: { pageSize: PAGE_SIZE, ...options } };
			events = records(await getMany({ baseUrl: url, parameters }));
		});
		expect(inOrder(events)).toEqual(inOrder(happened(sandbox())));
		return traffic;
	};

	it('reads a long range with four requests at a time, and few pages more than there are', async () => {
		const { requests, atOnce } = await read({});
		expect(atOnce).toBeLessThanOrEqual(4);
		expect(atOnce).toBeGreaterThan(2);
		// 100 pages; the last page of each stretch of about 8 is not full.
		expect(requests).toBeLessThanOrEqual(120);
	});

	it('never has more requests under way than it may have', async () => {
		expect((await read({ concurrency: 2 })).atOnce).toBeLessThanOrEqual(2);
		expect(await read({ concurrency: 1 })).toMatchObject({ atOnce: 1, requests: 100 });
	});

	it('fetches hardly more bytes than the events have', async () => {
		const { bytes } = await read({});
		const own = JSON.stringify(happened(sandbox())).length;
		expect(bytes).toBeLessThan(own * 1.25);
	});
});

describe('a poll with 20,000 events in the overlap window and 100 new ones', () => {
	// Within the 15 minutes that each poll reads again.
	const sandbox = sandboxForTests({ history: { count: 20_000, days: 12 / 1440 } });
	const polling = (staticData?: Polling['stored']) =>
		new Polling({
			baseUrl: sandbox().url,
			credential: { apiToken: TOKEN },
			parameters: { options: { pageSize: 1000, pagesPerPoll: 100 } },
			staticData,
		});

	it('reads each page once, emits the new events alone and stores less than 1 MB', async () => {
		const first = polling();
		await first.poll();
		const now = Date.now();
		sandbox().service.generate(now - 20_000, now, 100);
		const second = polling(first.stored);
		let found: unknown[] = [];
		const { requests } = await trafficOf(async () => (found = await second.events()));
		expect(found).toHaveLength(100);
		expect(requests).toBe(21);
		// 12 bytes an event, under the node's name and, in case it is renamed, under its ID.
		expect(JSON.stringify(second.stored).length).toBeLessThan(600_000);
	}, 60_000);
});
