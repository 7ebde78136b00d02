import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startKeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import type { KeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import { JANE, PARTNER, PATH, send, target } from './raw-request.mts';

let sandbox: KeeperPartnerSandbox;

beforeAll(async () => {
	sandbox = await startKeeperPartnerSandbox(PARTNER);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const get = async (path: string) => JSON.parse((await send(sandbox.url, path)).body);
const post = async (path: string, body: unknown) => {
	const headers = { 'content-type': 'application/json' };
	const answer = await send(sandbox.url, path, {
		method: 'POST',
		headers,
		body: JSON.stringify(body),
	});
	return { status: answer.status, body: JSON.parse(answer.body) };
};

describe('control from another process', () => {
	it('sets a fault plan that applies to the next request, and shows what was applied', async () => {
		const plan = { latencyMs: 1, rules: [{ kind: '500-after', email: JANE }] };
		expect(await post('/sandbox/faults', plan)).toEqual({ status: 200, body: { plan } });

		expect((await send(sandbox.url, target())).status).toBe(500);
		expect(await get('/sandbox/faults')).toEqual({
			plan,
			applied: [
				{
					request: 1,
					email: JANE,
					kind: '500-after',
					committed: true,
					orderNumber: sandbox.ledger()[0].orderNumber,
				},
			],
		});
	});

	it.each([
		[{ rules: [{ kind: '418' }] }, 'there is no fault "418"'],
		[{ rules: [{ knd: '429' }] }, 'a rule has no "knd"'],
		[{ rule: [] }, 'a plan has no "rule"'],
		[{ rules: [{ kind: 'redirect-other-host' }] }, 'redirect-other-host needs redirectTo'],
		[
			{ random: { seed: 1, rates: { '429': 0.6, '500-after': 0.6 } } },
			'rates add up to more than 1',
		],
	])('refuses the plan %j and keeps the one it has', async (plan, message) => {
		sandbox.setFaults({ rules: [{ kind: '429' }] });
		expect(await post('/sandbox/faults', plan)).toEqual({ status: 400, body: { message } });
		expect((await send(sandbox.url, target())).status).toBe(429);
	});

	it('shows the ledger', async () => {
		await send(sandbox.url, target());
		expect(await get('/sandbox/ledger')).toEqual({ rows: sandbox.ledger() });
		expect((await get('/sandbox/ledger')).rows[0].email).toBe(JANE);
	});

	it('shows requests as they were received', async () => {
		const raw = `${PATH}?first_name=a+b%20c&email=x%2By`;
		await send(sandbox.url, raw, { headers: { 'Content-Type': 'application/json', 'X-Own': '1' } });
		expect((await get('/sandbox/requests')).requests).toEqual([
			expect.objectContaining({
				number: 1,
				method: 'GET',
				path: PATH,
				rawQuery: 'first_name=a+b%20c&email=x%2By',
				headers: expect.objectContaining({ 'content-type': 'application/json', 'x-own': '1' }),
				socket: 1,
				email: 'x+y',
				status: 400,
				refusal: '"transaction_id" is missing',
			}),
		]);
	});

	it('resets everything', async () => {
		sandbox.setFaults({ rules: [{ kind: '500-after' }] });
		await send(sandbox.url, target());
		await post('/sandbox/reset', {});

		expect(sandbox.ledger()).toEqual([]);
		expect(sandbox.requests()).toEqual([]);
		expect(sandbox.appliedFaults()).toEqual([]);
		expect(sandbox.stats()).toEqual({
			requests: 0,
			sockets: 0,
			peakSocketsOpen: 0,
			peakRequestsInFlight: 0,
			created: 0,
			duplicates: 0,
			faults: 0,
		});
		expect((await send(sandbox.url, target())).status).toBe(200);
	});
});

describe('counters', () => {
	it('count a kept-alive connection once', async () => {
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		for (let i = 0; i < 3; i += 1) await send(sandbox.url, target(), { agent });
		agent.destroy();
		expect(await get('/sandbox/stats')).toMatchObject({
			requests: 3,
			sockets: 1,
			peakSocketsOpen: 1,
		});
		expect(sandbox.requests().map((entry) => entry.socket)).toEqual([1, 1, 1]);
	});

	it('tell the most requests and connections at once', async () => {
		sandbox.setFaults({ latencyMs: 100 });
		const calls = [1, 2, 3, 4].map(() => send(sandbox.url, target()));
		await Promise.all(calls);
		sandbox.setFaults({});
		await send(sandbox.url, target());

		const stats = sandbox.stats();
		expect(stats).toMatchObject({ requests: 5, sockets: 5, peakRequestsInFlight: 4 });
		expect(stats.peakSocketsOpen).toBeGreaterThanOrEqual(4);
	});

	it('leave out the page and the control requests', async () => {
		await send(sandbox.url, '/');
		await get('/sandbox/stats');
		expect(sandbox.stats()).toMatchObject({ requests: 0, sockets: 0 });
	});
});

describe('stopping', () => {
	it('refuses connections, ends those that wait, and goes on where it was when reopened', async () => {
		const own = await startKeeperPartnerSandbox({
			...PARTNER,
			faults: { rules: [{ kind: 'timeout-after' }] },
		});
		const waiting = send(own.url, target());
		await own.whenReceived(1);
		const ended = expect(waiting).rejects.toMatchObject({ code: 'ECONNRESET' });
		await own.close();
		await ended;
		await expect(send(own.url, target())).rejects.toMatchObject({ code: 'ECONNREFUSED' });

		await own.reopen();
		own.setFaults({});
		expect((await send(own.url, target())).status).toBe(200);
		expect(own.ledger().map((row) => row.duplicateOf)).toEqual([undefined, 1]);
		await own.close();
	});

	it('remembers its licenses across a start when it has a file', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
		const ledgerFile = join(folder, 'ledger.jsonl');
		try {
			const first = await startKeeperPartnerSandbox({ ...PARTNER, ledgerFile });
			await send(first.url, target());
			const rows = first.ledger();
			await first.close();

			const second = await startKeeperPartnerSandbox({ ...PARTNER, ledgerFile });
			expect(second.ledger()).toEqual(rows);
			await send(second.url, target());
			expect(second.ledger()[1]).toMatchObject({ sequence: 2, duplicateOf: 1 });

			second.reset();
			expect(readFileSync(ledgerFile, 'utf8')).toBe('');
			await second.close();
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});

describe('the page', () => {
	it('shows names as text, never as markup', async () => {
		const first_name = '<script>alert(1)</script>';
		const last_name = `O'Brien & "Söhne"`;
		await send(sandbox.url, target({ first_name, last_name }));

		const { body, headers } = await send(sandbox.url, '/');
		expect(headers['content-type']).toBe('text/html; charset=utf-8');
		expect(body).not.toContain('<script');
		expect(body).toContain('<td>&#60;script&#62;alert(1)&#60;/script&#62;</td>');
		expect(body).toContain('<td>O&#39;Brien &#38; &#34;Söhne&#34;</td>');
	});

	it('marks a license that repeats another, and needs nothing from outside', async () => {
		await send(sandbox.url, target());
		await send(sandbox.url, target());
		const { body } = await send(sandbox.url, '/');
		expect(body).toContain('repeats #1');
		expect(body).not.toMatch(/https?:\/\/|src=|@import|url\(/);
	});
});
