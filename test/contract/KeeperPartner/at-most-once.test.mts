import { createServer } from 'node:net';

import {
	FAULT_KINDS,
	type FaultKind,
	type FaultRule,
} from '../../../sandbox/keeper-partner/faults.mts';
import { provision, records, sandboxForTests, student, students } from './provision.mts';

const sandbox = sandboxForTests();

const run = async (count: number, options = {}) =>
	records(
		await provision({
			baseUrl: sandbox.get().url,
			people: students(count),
			parameters: { options: { timeoutSeconds: 1, ...options } },
		}),
	);

/** The fault meets the second of three: after the first a run would end. */
const withFault = async (rule: FaultRule) => {
	const { email } = student(1);
	sandbox.get().setFaults({ rules: [{ ...rule, email }] });
	const [before, faulted, after] = await run(3);
	expect([before.outcome, after.outcome]).toEqual(['provisioned', 'provisioned']);
	const requests = sandbox
		.get()
		.requests()
		.filter((request) => request.email === email);
	return { faulted, requests: requests.length };
};

describe('a request that may have reached Keeper', () => {
	const undecided: FaultKind[] = [
		'500-before',
		'500-after',
		'502-html-before',
		'502-html-after',
		'503-retry-after',
		'timeout-before',
		'timeout-after',
		'reset-before',
		'reset-after',
		'reset-mid-body',
		'huge-body',
		'slow-body',
	];
	it.each(undecided)('is sent once and has the outcome unknown after %s', async (kind) => {
		const { faulted, requests } = await withFault({ kind });
		expect(requests).toBe(1);
		expect(faulted).toMatchObject({
			outcome: 'unknown',
			safeToRetry: false,
			error: expect.stringMatching(/\[item 1\]$/),
			description: expect.stringContaining('Send this person again only if it does not'),
		});
	});
});

describe('an answer that is no confirmation', () => {
	it("with success:false is failed, with the reason in Keeper's words", async () => {
		const { faulted, requests } = await withFault({ kind: 'success-false' });
		expect(requests).toBe(1);
		expect(faulted).toMatchObject({ outcome: 'failed', reason: 'refused', safeToRetry: true });
		expect(faulted.error).toMatch(/^Keeper did not create the license: .+ \[item 1\]$/);
	});

	const unreadable: Array<[FaultKind, string]> = [
		['empty-200', 'it is empty'],
		['html-200', 'it is a web page, not JSON'],
		['json-array-200', 'it is not a JSON object'],
		['truncated-json-200', 'it is not a JSON object'],
	];
	it.each(unreadable)(
		'such as %s is unknown, as no answer tells whether there is a license',
		async (kind, what) => {
			const { faulted, requests } = await withFault({ kind });
			expect(requests).toBe(1);
			expect(faulted).toMatchObject({
				outcome: 'unknown',
				reason: 'unreadable_answer',
				safeToRetry: false,
			});
			expect(faulted.error).toContain(`Keeper's answer cannot be read: ${what}.`);
		},
	);

	it.each([301, 302, 303, 307, 308] as const)(
		'such as a %d redirect is failed and not followed',
		async (redirectStatus) => {
			const { faulted } = await withFault({
				kind: 'redirect-other-host',
				redirectStatus,
				redirectTo: 'http://elsewhere.example:81',
			});
			expect(faulted).toMatchObject({
				outcome: 'failed',
				reason: 'redirected',
				httpStatus: redirectStatus,
			});
			expect(faulted.error).toContain(
				'redirects to elsewhere.example:81; the redirect was not followed',
			);
		},
	);

	it('without a vault URL is still a license', async () => {
		const { faulted } = await withFault({ kind: 'missing-vault-url' });
		expect(faulted).toMatchObject({
			outcome: 'provisioned',
			orderNumber: expect.any(String),
		});
		expect(faulted).not.toHaveProperty('vaultUrl');
	});

	it('leaves no kind of fault untested', () => {
		const throttling: FaultKind[] = ['429', '403-throttled'];
		const tested = [
			...unreadable.map(([kind]) => kind),
			...throttling,
			'success-false',
			'redirect-other-host',
			'missing-vault-url',
		];
		expect(Object.keys(FAULT_KINDS).length).toBe(tested.length + 12);
	});
});

describe('a throttled request', () => {
	const waits: FaultRule[] = [
		{ kind: '429', retryAfterSeconds: 1, times: 2 },
		{ kind: '429', retryAfterSeconds: 1, retryAfterForm: 'http-date', times: 1 },
		{ kind: '403-throttled', retryAfterSeconds: 1, times: 1 },
	];
	it.each(waits)('is put off and then sent: %j', async (rule) => {
		sandbox.get().setFaults({ rules: [rule] });
		const started = Date.now();
		const outcomes = (await run(3)).map(({ outcome }) => outcome);
		expect(outcomes).toEqual(['provisioned', 'provisioned', 'provisioned']);
		expect(sandbox.get().ledger()).toHaveLength(3);
		// An HTTP date has whole seconds, so its wait may be cut short.
		if (rule.retryAfterForm !== 'http-date')
			expect(Date.now() - started).toBeGreaterThanOrEqual(990 * (rule.times ?? 1));
	});

	it('whose wait is beyond patience is failed, and safe to send again', async () => {
		sandbox.get().setFaults({ rules: [{ kind: '429', retryAfterSeconds: 86_400 }] });
		expect((await run(1))[0]).toMatchObject({
			outcome: 'failed',
			reason: 'throttled',
			safeToRetry: true,
		});
	});
});

describe('a request that surely did not arrive', () => {
	it('is sent again until the service is back', async () => {
		const { url, port } = sandbox.get();
		await sandbox.get().close();
		const running = run(1);
		await new Promise((resolve) => setTimeout(resolve, 700));
		await sandbox.get().reopen();
		expect((await running)[0].outcome).toBe('provisioned');
		expect(sandbox.get().ledger()).toHaveLength(1);
		expect(sandbox.get().url).toBe(url);
		expect(sandbox.get().port).toBe(port);
	});

	it.each([
		['refused', async () => `http://127.0.0.1:${await freePort()}`, 'ECONNREFUSED'],
		['unknown host', async () => 'https://no-such-host.invalid', /ENOTFOUND|EAI_AGAIN/],
	])(
		'is failed after some tries (%s), safe to send again, without its address in the message',
		async (_, baseUrl, code) => {
			const [record] = records(await provision({ baseUrl: await baseUrl(), people: [student(1)] }));
			expect(record).toMatchObject({ outcome: 'failed', reason: 'unreachable', safeToRetry: true });
			expect(record.description).toMatch(code);
			expect(JSON.stringify(record)).not.toMatch(/hash=|transaction_id=/);
		},
	);
});

describe('401', () => {
	it('ends the run after one call, and every remaining item says so', async () => {
		const result = records(
			await provision({
				baseUrl: sandbox.get().url,
				people: students(20),
				credential: { partnerSecret: 'wrong' },
				parameters: { options: { concurrency: 20 } },
			}),
		);
		expect(sandbox.get().requests()).toHaveLength(1);
		expect(result[0]).toMatchObject({ outcome: 'failed', reason: 'unauthorized', httpStatus: 401 });
		expect(result[0].description).toContain("'Partner Secret'");
		for (const record of result.slice(1)) {
			expect(record).toMatchObject({
				outcome: 'failed',
				reason: 'not_attempted',
				safeToRetry: true,
			});
			expect(record.error).toContain('Not sent, because Keeper did not accept the credential');
		}
	});

	it('does not end the run when the option says so, and no call is sent twice', async () => {
		await provision({
			baseUrl: sandbox.get().url,
			people: students(7),
			credential: { partnerSecret: 'wrong' },
			parameters: { options: { continueAfterUnauthorized: true } },
		});
		expect(sandbox.get().requests()).toHaveLength(7);
	});
});

describe('the pace', () => {
	it.each([[1], [5], [20]])('keeps at most %d requests under way', async (concurrency) => {
		sandbox.get().setFaults({ latencyMs: 30 });
		await run(41, { concurrency });
		expect(sandbox.get().stats().peakRequestsInFlight).toBe(concurrency);
		expect(sandbox.get().ledger()).toHaveLength(41);
	});

	it('leaves the pause between the starts of requests', async () => {
		await run(6, { pauseMs: 100, concurrency: 5 });
		const times = sandbox
			.get()
			.requests()
			.map(({ receivedAt }) => Date.parse(receivedAt));
		expect(times[5] - times[1]).toBeGreaterThanOrEqual(4 * 100 - 20);
	});
});

describe('Retry On Fail, which would send the whole batch again', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const)(
		'is refused before any call (%s)',
		async (onError) => {
			const result = await provision({
				baseUrl: sandbox.get().url,
				people: students(3),
				settings: { onError, retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
			});
			expect(sandbox.get().requests()).toHaveLength(0);
			expect(JSON.stringify([result.error?.message, result.outputs])).toContain(
				"'Retry On Fail' must be off",
			);
		},
	);
});

describe('cancelling the execution', () => {
	it('sends nothing more', async () => {
		sandbox.get().setFaults({ latencyMs: 100 });
		const stop = new AbortController();
		const running = provision({
			baseUrl: sandbox.get().url,
			people: students(200),
			signal: stop.signal,
		}).catch(() => undefined);
		await sandbox.get().whenReceived(8);
		stop.abort();
		await running;
		// What was on its way at that moment still comes in.
		await new Promise((resolve) => setTimeout(resolve, 200));
		const received = sandbox.get().requests().length;
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(sandbox.get().requests().length).toBe(received);
		expect(received).toBeLessThan(30);
	});
});

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as { port: number };
	await new Promise((resolve) => server.close(resolve));
	return port;
}
