import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { FAULT_KINDS } from '../../../sandbox/keeper-partner/faults.mts';
import type { FaultKind, FaultRule } from '../../../sandbox/keeper-partner/faults.mts';
import { startKeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import type { KeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import { JANE, PARTNER, hashOf, send, target } from './raw-request.mts';
import type { RawAnswer } from './raw-request.mts';
import { present } from '../../present.mts';

let sandbox: KeeperPartnerSandbox;

beforeAll(async () => {
	sandbox = await startKeeperPartnerSandbox(PARTNER);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

type Expectation = {
	rule?: Partial<FaultRule>;
	/** Whether the student has a license afterwards. */
	created: boolean;
	/** What the client gets; `undefined` as error when nothing comes until it gives up. */
	seen: (answer: RawAnswer | undefined, error: NodeJS.ErrnoException | undefined) => void;
};

const status = (expected: number) => (answer?: RawAnswer) => expect(answer?.status).toBe(expected);
const html = (expected: number) => (answer?: RawAnswer) => {
	expect(answer?.status).toBe(expected);
	expect(answer?.headers['content-type']).toBe('text/html');
	expect(answer?.body).toMatch(/^<!doctype html>/);
};
const noAnswer = (answer?: RawAnswer, error?: NodeJS.ErrnoException) => {
	expect(answer).toBeUndefined();
	expect(error?.code).toBe('GAVE_UP');
};
const reset = (answer?: RawAnswer, error?: NodeJS.ErrnoException) => {
	expect(answer).toBeUndefined();
	expect(error?.code).toBe('ECONNRESET');
};

const EXPECTED: Record<FaultKind, Expectation> = {
	'500-before': { created: false, seen: status(500) },
	'500-after': { created: true, seen: status(500) },
	'502-html-before': { created: false, seen: html(502) },
	'502-html-after': { created: true, seen: html(502) },
	'503-retry-after': {
		rule: { retryAfterSeconds: 7 },
		created: false,
		seen: (answer) => {
			expect(answer?.status).toBe(503);
			expect(answer?.headers['retry-after']).toBe('7');
		},
	},
	'429': {
		rule: { retryAfterSeconds: 3 },
		created: false,
		seen: (answer) => {
			expect(answer?.status).toBe(429);
			expect(answer?.headers['retry-after']).toBe('3');
		},
	},
	'403-throttled': {
		created: false,
		seen: (answer) => {
			expect(answer?.status).toBe(403);
			expect(JSON.parse(present(answer).body)).toEqual({
				error: 'throttled',
				message: expect.stringContaining('2 seconds'),
			});
		},
	},
	'timeout-before': { created: false, seen: noAnswer },
	'timeout-after': { created: true, seen: noAnswer },
	'reset-before': { created: false, seen: reset },
	'reset-after': { created: true, seen: reset },
	'reset-mid-body': { created: true, seen: reset },
	'success-false': {
		created: false,
		seen: (answer) => {
			expect(answer?.status).toBe(200);
			expect(JSON.parse(present(answer).body)).toMatchObject({ success: false });
		},
	},
	'missing-vault-url': {
		created: true,
		seen: (answer) => {
			expect(answer?.status).toBe(200);
			const order_number = sandbox.ledger()[0].orderNumber;
			expect(JSON.parse(present(answer).body)).toEqual({ success: true, order_number });
		},
	},
	'empty-200': {
		created: true,
		seen: (answer) => expect([answer?.status, answer?.body]).toEqual([200, '']),
	},
	'html-200': { created: false, seen: html(200) },
	'json-array-200': {
		created: true,
		seen: (answer) => {
			expect(answer?.status).toBe(200);
			expect(JSON.parse(present(answer).body)).toEqual([
				expect.objectContaining({ success: true }),
			]);
		},
	},
	'truncated-json-200': {
		created: true,
		seen: (answer) => {
			expect(answer?.status).toBe(200);
			expect(answer?.body).toMatch(/^\{"success":true/);
			expect(() => JSON.parse(present(answer).body)).toThrow(SyntaxError);
		},
	},
	'redirect-other-host': {
		rule: { redirectTo: 'http://elsewhere.example/', redirectStatus: 307 },
		created: false,
		seen: (answer) => {
			expect(answer?.status).toBe(307);
			expect(answer?.headers.location).toBe(`http://elsewhere.example${target()}`);
		},
	},
	'huge-body': {
		rule: { bodyMegabytes: 3 },
		created: true,
		seen: (answer) => {
			expect(present(answer).body.length).toBeGreaterThan(3 * 1024 * 1024);
			expect(JSON.parse(present(answer).body)).toMatchObject({ success: true });
		},
	},
	'slow-body': {
		rule: { dripMs: 1 },
		created: true,
		seen: (answer) => {
			expect(answer?.status).toBe(200);
			expect(JSON.parse(present(answer).body)).toMatchObject({ success: true });
		},
	},
};

/** Sends one request and gives up once the sandbox has taken it and stayed silent. */
async function sendUnderFault(path: string, givesUp: boolean) {
	const giveUp = new AbortController();
	const silence = Object.assign(new Error('no answer'), { code: 'GAVE_UP' });
	const call = send(sandbox.url, path, { signal: giveUp.signal }).then(
		(answer) => ({ answer, error: undefined }),
		(error: NodeJS.ErrnoException) => ({
			answer: undefined,
			error: giveUp.signal.aborted ? silence : error,
		}),
	);
	if (givesUp) {
		const faultsBefore = sandbox.appliedFaults().length;
		while (sandbox.appliedFaults().length === faultsBefore) await new Promise(setImmediate);
		giveUp.abort();
	}
	return await call;
}

describe.each(Object.entries(EXPECTED))('%s', (name, { rule, created, seen }) => {
	const kind = name as FaultKind;
	const silent = kind.startsWith('timeout');

	it(`reaches the client, and a license is ${created ? 'created' : 'not created'}`, async () => {
		sandbox.setFaults({ rules: [{ kind, ...rule }] });
		const { answer, error } = await sendUnderFault(target(), silent);

		seen(answer, error);
		expect(sandbox.ledger().map((row) => row.email)).toEqual(created ? [JANE] : []);
		expect(sandbox.appliedFaults()).toEqual([
			{
				request: 1,
				email: JANE,
				kind,
				committed: created,
				...(created && { orderNumber: sandbox.ledger()[0].orderNumber }),
			},
		]);
		expect(sandbox.requests()[0].fault).toBe(kind);
	});

	it('never creates a license for a request with a wrong hash', async () => {
		sandbox.setFaults({ rules: [{ kind, ...rule }] });
		await sendUnderFault(target({ hash: hashOf('someone else') }), silent && !created);
		expect(sandbox.ledger()).toEqual([]);
		expect(sandbox.appliedFaults().filter((fault) => fault.committed)).toEqual([]);
	});
});

it('the list of kinds and the list of expectations are the same', () => {
	expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(FAULT_KINDS).sort());
});

describe('answers that tell nothing about the license', () => {
	const open: FaultKind[] = ['empty-200', 'html-200', 'json-array-200', 'truncated-json-200'];

	it.each(open.flatMap((kind) => [[kind, true] as const, [kind, false] as const]))(
		'%s follows committed: %s',
		async (kind, committed) => {
			sandbox.setFaults({ rules: [{ kind, committed }] });
			const { status: code } = await send(sandbox.url, target());
			expect(code).toBe(200);
			expect(sandbox.ledger()).toHaveLength(committed ? 1 : 0);
			expect(sandbox.appliedFaults()[0].committed).toBe(committed);
		},
	);

	it('look the same whether or not a license was created', async () => {
		const bodies: string[] = [];
		for (const committed of [true, false]) {
			sandbox.setFaults({ rules: [{ kind: 'truncated-json-200', committed }] });
			bodies.push((await send(sandbox.url, target())).body);
		}
		expect(bodies[0].replace(/\d/g, '0')).toBe(bodies[1].replace(/\d/g, '0'));
	});

	it('committed does not change a kind whose nature is certain', async () => {
		sandbox.setFaults({ rules: [{ kind: '500-before', committed: true }] });
		await send(sandbox.url, target());
		expect(sandbox.ledger()).toEqual([]);
	});
});

describe('retry-after', () => {
	it('can be an HTTP date that is no sooner than asked', async () => {
		sandbox.setFaults({
			rules: [{ kind: '429', retryAfterSeconds: 5, retryAfterForm: 'http-date' }],
		});
		const before = Date.now();
		const header = present((await send(sandbox.url, target())).headers['retry-after']);
		expect(header).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
		expect(Date.parse(header)).toBeGreaterThanOrEqual(before + 5000);
	});
});

describe('a redirect', () => {
	it('leads to a server that can watch whether it is followed', async () => {
		const visited: string[] = [];
		const other = createServer((request, response) => {
			visited.push(request.url ?? '');
			response.end();
		});
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const redirectTo = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
		try {
			sandbox.setFaults({ rules: [{ kind: 'redirect-other-host', redirectTo }] });
			const response = await fetch(sandbox.url + target());
			expect(response.redirected).toBe(true);
			expect(visited).toEqual([target()]);
		} finally {
			other.closeAllConnections();
			await new Promise((resolve) => other.close(resolve));
		}
	});
});

describe('rules', () => {
	const kinds = () => sandbox.requests().map((entry) => entry.fault);
	const other = 'other@students.northfield.example';

	it('match by e-mail, case ignored', async () => {
		sandbox.setFaults({ rules: [{ kind: '500-before', email: JANE.toUpperCase() }] });
		for (const email of [JANE, other]) await send(sandbox.url, target({ email }));
		expect(kinds()).toEqual(['500-before', undefined]);
	});

	it('match the nth request', async () => {
		sandbox.setFaults({ rules: [{ kind: '429', nth: 2 }] });
		for (let i = 0; i < 3; i += 1) await send(sandbox.url, target());
		expect(kinds()).toEqual([undefined, '429', undefined]);
	});

	it('match the nth attempt for one e-mail', async () => {
		sandbox.setFaults({ rules: [{ kind: '429', attempt: 1 }] });
		for (const email of [JANE, other, JANE, other]) await send(sandbox.url, target({ email }));
		expect(kinds()).toEqual(['429', '429', undefined, undefined]);
	});

	it('stop after the given number of times', async () => {
		sandbox.setFaults({ rules: [{ kind: '429', times: 2 }] });
		for (let i = 0; i < 3; i += 1) await send(sandbox.url, target());
		expect(kinds()).toEqual(['429', '429', undefined]);
	});

	it('leave it to the first one that applies', async () => {
		sandbox.setFaults({ rules: [{ kind: '429', nth: 1 }, { kind: '500-before' }] });
		for (let i = 0; i < 2; i += 1) await send(sandbox.url, target());
		expect(kinds()).toEqual(['429', '500-before']);
	});
});

describe('latency', () => {
	it('of a single student lets later requests overtake', async () => {
		sandbox.setFaults({ rules: [{ email: JANE, latencyMs: 150 }] });
		const order: string[] = [];
		const slow = send(sandbox.url, target()).then(() => order.push('slow'));
		await sandbox.whenReceived(1);
		const quick = send(sandbox.url, target({ email: 'q@students.northfield.example' })).then(() =>
			order.push('quick'),
		);
		await Promise.all([slow, quick]);
		expect(order).toEqual(['quick', 'slow']);
	});

	it('does not spare a client that hangs up: the license is created all the same', async () => {
		sandbox.setFaults({ latencyMs: 50 });
		const giveUp = new AbortController();
		const call = send(sandbox.url, target(), { signal: giveUp.signal });
		await sandbox.whenReceived(1);
		giveUp.abort();
		await expect(call).rejects.toThrow();
		while (sandbox.ledger().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		expect(sandbox.ledger()[0].email).toBe(JANE);
	});
});
