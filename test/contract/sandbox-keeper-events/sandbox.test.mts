import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../../sandbox/keeper-events/server.mts';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const TOKEN = 'sandbox-siem-token';
const RANGE = { start_date: '2026-03-02T10:00:00Z', end_date: '2026-03-02T11:00:00Z' };

interface Body {
	events: Array<Record<string, unknown>>;
	has_more: boolean;
	continuation_token: string | null;
	message?: string;
}

let sandbox: KeeperEventsSandbox;

beforeEach(async () => {
	sandbox = await startKeeperEventsSandbox({ clock: { now: NOW, rate: 0 } });
});

afterEach(() => sandbox.close());

/** n events, one a minute from the start of the range. */
function log(n: number): void {
	for (let i = 0; i < n; i++) {
		const at = Date.parse(RANGE.start_date) + i * 60_000;
		sandbox.service.append({ event: { n: i, timestamp: new Date(at).toISOString() } });
	}
}

async function get(
	query: Record<string, string> = RANGE,
	headers: Record<string, string> = { 'x-api-token': `Bearer ${TOKEN}` },
): Promise<{ status: number; headers: Headers; body: Body; text: string }> {
	const answer = await fetch(
		`${sandbox.url}/api/rest/public/events?${new URLSearchParams(query)}`,
		{ headers },
	);
	const text = await answer.text();
	const body = text.startsWith('{') ? (JSON.parse(text) as Body) : (undefined as unknown as Body);
	return { status: answer.status, headers: answer.headers, body, text };
}

async function control(path: string, body: unknown): Promise<void> {
	const answer = await fetch(`${sandbox.url}/sandbox/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	expect(answer.status).toBe(200);
}

async function readAll(query: Record<string, string>): Promise<unknown[]> {
	const found: unknown[] = [];
	let token: string | null = null;
	do {
		const { body } = await get({
			...query,
			...(token === null ? {} : { continuation_token: token }),
		});
		found.push(...body.events.map(({ n }) => n));
		expect(body.has_more).toBe(body.continuation_token !== null);
		token = body.continuation_token;
	} while (token !== null);
	return found;
}

describe('authentication', () => {
	it.each<[string, Record<string, string>]>([
		['no header', {}],
		['the Authorization header alone', { authorization: `Bearer ${TOKEN}` }],
		['a bare token', { 'x-api-token': TOKEN }],
		['Bearer twice', { 'x-api-token': `Bearer Bearer ${TOKEN}` }],
		['another token', { 'x-api-token': 'Bearer nonsense' }],
		['a token with text behind it', { 'x-api-token': `Bearer ${TOKEN} x` }],
	])('is refused with 401 for %s', async (_, headers) => {
		expect((await get(RANGE, headers)).status).toBe(401);
	});

	it('comes before everything else', async () => {
		expect((await get({}, {})).status).toBe(401);
	});
});

describe('a request', () => {
	it.each<[string, Record<string, string>]>([
		['Missing start date', { end_date: RANGE.end_date }],
		['Missing end date', { start_date: RANGE.start_date }],
		['Invalid start date', { ...RANGE, start_date: '2026-03-02' }],
		['Invalid start date', { ...RANGE, start_date: '2026-03-02T10:00:00 00:00' }],
		['Invalid end date', { ...RANGE, end_date: '1772442000' }],
		['Invalid limit', { ...RANGE, limit: '0' }],
		['Invalid limit', { ...RANGE, limit: '1001' }],
		['Invalid limit', { ...RANGE, limit: 'ten' }],
		['Invalid date range', { start_date: RANGE.end_date, end_date: RANGE.start_date }],
		['Unknown parameter page', { ...RANGE, page: '2' }],
		['Invalid continuation token', { ...RANGE, continuation_token: 'made up' }],
	])('is refused with 400 %s', async (message, query) => {
		const { status, body } = await get(query);
		expect([status, body.message]).toEqual([400, message]);
	});

	it('may give its dates with an offset', async () => {
		log(3);
		const { body } = await get({
			start_date: '2026-03-02T12:00:00+02:00',
			end_date: '2026-03-02T12:01:30+02:00',
		});
		expect(body.events.map(({ n }) => n)).toEqual([0, 1]);
	});
});

describe('pages', () => {
	it('end with has_more false and a token of null, also when the last is exactly full', async () => {
		log(40);
		expect(await readAll({ ...RANGE, limit: '20' })).toEqual([...Array(40).keys()]);
		expect((await get({ ...RANGE, limit: '40' })).body).toMatchObject({
			has_more: false,
			continuation_token: null,
		});
	});

	it('hold 100 events where no limit is given', async () => {
		sandbox.service.generate(Date.parse(RANGE.start_date), Date.parse(RANGE.end_date), 150);
		expect((await get()).body.events).toHaveLength(100);
	});

	it('belong to their query: a token is refused with another range or limit', async () => {
		log(40);
		const { body } = await get({ ...RANGE, limit: '20' });
		const token = { continuation_token: body.continuation_token as string };
		expect((await get({ ...RANGE, limit: '10', ...token })).status).toBe(400);
		expect(
			(await get({ ...RANGE, end_date: '2026-03-02T11:00:01Z', limit: '20', ...token })).status,
		).toBe(400);
		expect((await get({ limit: '20', ...token })).body.message).toBe('Missing start date');
		expect((await get({ ...RANGE, limit: '20', ...token })).status).toBe(200);
	});

	it('can be asked for again with the same token', async () => {
		log(40);
		const { body } = await get({ ...RANGE, limit: '20' });
		const query = { ...RANGE, limit: '20', continuation_token: body.continuation_token as string };
		expect((await get(query)).body.events).toEqual((await get(query)).body.events);
	});

	it('expire', async () => {
		log(40);
		await control('rules', { tokenLifetime: 60_000, tokenRefusal: 401 });
		const { body } = await get({ ...RANGE, limit: '20' });
		const query = { ...RANGE, limit: '20', continuation_token: body.continuation_token as string };
		await control('clock', { advance: 60_000 });
		expect((await get(query)).status).toBe(200);
		await control('clock', { advance: 1 });
		expect((await get(query)).status).toBe(401);
	});

	it('come in the order that is set', async () => {
		log(40);
		await control('rules', { order: 'descending' });
		expect(await readAll({ ...RANGE, limit: '7' })).toEqual([...Array(40).keys()].reverse());
		await control('rules', { order: 'random' });
		const shuffled = (await readAll({ ...RANGE, limit: '7' })) as number[];
		expect(shuffled).not.toEqual([...Array(40).keys()]);
		expect([...shuffled].sort((a, b) => a - b)).toEqual([...Array(40).keys()]);
	});

	it.each([
		['[]', [0, 1, 2]],
		['[)', [0, 1]],
		['(]', [1, 2]],
		['()', [1]],
	])('have the bounds %s that are set', async (bounds, expected) => {
		log(5);
		await control('rules', { bounds });
		expect(await readAll({ ...RANGE, end_date: '2026-03-02T10:02:00Z' })).toEqual(expected);
	});

	it('may call the list otherwise', async () => {
		log(1);
		await control('rules', { arrayKey: 'audit_events' });
		expect((await get()).body).toMatchObject({ audit_events: [{ n: 0 }] });
	});
});

describe('an event', () => {
	it('is not shown before it is visible', async () => {
		const at = Date.parse(RANGE.start_date);
		await control('events', { events: [{ event: { n: 1 }, at, visibleAt: NOW + 60_000 }] });
		expect(await readAll(RANGE)).toEqual([]);
		await control('clock', { advance: 60_000 });
		expect(await readAll(RANGE)).toEqual([1]);
	});

	it('is as it would be in a company: the same seed, the same events, mostly in office hours', async () => {
		const other = await startKeeperEventsSandbox({ clock: { now: NOW, rate: 0 } });
		const week = [NOW - 7 * 86_400_000, NOW, 2_000] as const;
		const events = sandbox.service.generate(...week);
		expect(other.service.generate(...week)).toEqual(events);
		await other.close();
		const working = events.filter(({ at }) => {
			const date = new Date(at);
			return date.getUTCDay() % 6 !== 0 && date.getUTCHours() >= 8 && date.getUTCHours() < 18;
		});
		expect(working.length).toBeGreaterThan(1_500);
		const late = events.map(({ at, visibleAt }) => visibleAt - at);
		expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...late)).toBeGreaterThan(5 * 60_000);
		expect(Math.max(...late)).toBeLessThanOrEqual(10 * 60_000);
		expect(new Set(events.map(({ event }) => event.audit_event)).size).toBeGreaterThan(50);
	});
});

describe('a fault', () => {
	it.each<[string, number, RegExp]>([
		['error-500', 500, /Internal Server Error/],
		['html-502', 502, /<html>/],
		['throttled-429', 429, /Too Many/],
		['throttled-403', 403, /"error":"throttled".*7 seconds/],
	])('%s strikes once and is over', async (kind, status, text) => {
		await control('faults', { faults: [{ kind, seconds: 7 }] });
		const struck = await get();
		expect(struck.status).toBe(status);
		expect(struck.text).toMatch(text);
		if (status === 429) expect(struck.headers.get('retry-after')).toBe('7');
		expect((await get()).status).toBe(200);
	});

	it('may strike several times, or a share of the requests', async () => {
		await control('faults', { faults: [{ kind: 'error-500', times: 2 }] });
		const statuses = [await get(), await get(), await get()].map(({ status }) => status);
		expect(statuses).toEqual([500, 500, 200]);
		await control('faults', { faults: [{ kind: 'error-500', rate: 0.5 }] });
		const struck = (await Promise.all(Array.from({ length: 40 }, () => get()))).filter(
			({ status }) => status === 500,
		);
		expect(struck.length).toBeGreaterThan(5);
		expect(struck.length).toBeLessThan(35);
		await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
		expect((await get()).status).toBe(200);
	});

	it('may cut the connection, or never answer', async () => {
		await control('faults', { faults: [{ kind: 'reset' }] });
		await expect(get()).rejects.toThrow();
		await control('faults', { faults: [{ kind: 'timeout' }] });
		const waiting = fetch(`${sandbox.url}/api/rest/public/events?${new URLSearchParams(RANGE)}`, {
			headers: { 'x-api-token': `Bearer ${TOKEN}` },
			signal: AbortSignal.timeout(200),
		});
		await expect(waiting).rejects.toThrow();
	});

	it('may spoil the paging', async () => {
		log(40);
		const first = await get({ ...RANGE, limit: '20' });
		const later = { ...RANGE, limit: '10' };
		await control('faults', { faults: [{ kind: 'more-without-token' }] });
		expect((await get(later)).body).toMatchObject({ has_more: true, continuation_token: null });
		await control('faults', { faults: [{ kind: 'empty-page' }] });
		const empty = (await get(later)).body;
		expect(empty).toMatchObject({ events: [], has_more: true });
		const token = empty.continuation_token as string;
		await control('faults', { faults: [{ kind: 'repeated-token' }] });
		expect((await get({ ...later, continuation_token: token })).body.continuation_token).toBe(
			token,
		);
		await control('faults', { faults: [{ kind: 'expired-token' }] });
		// Without a token nothing can expire: the fault waits for a request that has one.
		expect((await get(later)).status).toBe(200);
		expect((await get({ ...later, continuation_token: token })).status).toBe(400);
		expect(first.body.has_more).toBe(true);
	});

	it('of an unknown kind is refused', async () => {
		const answer = await fetch(`${sandbox.url}/sandbox/faults`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ faults: [{ kind: 'nonsense' }] }),
		});
		expect(answer.status).toBe(400);
	});
});

describe('the control', () => {
	it('sets the clock that answers show', async () => {
		await control('clock', { now: '2026-05-01T00:00:00Z', rate: 0 });
		expect((await get()).headers.get('date')).toBe('Fri, 01 May 2026 00:00:00 GMT');
		await control('rules', { tellsTime: false });
		expect((await get()).headers.get('date')).toBeNull();
	});

	it('counts requests and connections, and shows all that happened', async () => {
		log(3);
		await get();
		await get();
		const stats = (await (await fetch(`${sandbox.url}/sandbox/stats`)).json()) as Record<
			string,
			number
		>;
		expect(stats).toMatchObject({ requests: 2, events: 3, now: NOW });
		expect(stats.sockets).toBeGreaterThanOrEqual(1);
		const all = (await (await fetch(`${sandbox.url}/sandbox/events`)).json()) as unknown[];
		expect(all).toHaveLength(3);
	});

	it('lets realistic events happen', async () => {
		await control('events', { generate: { start: NOW - 86_400_000, end: NOW, count: 25 } });
		expect(sandbox.service.log.size).toBe(25);
	});
});
