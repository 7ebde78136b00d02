import { createServer, type Server, type Socket } from 'node:net';

import { answering, type FixedAnswer } from './answering.mts';
import { provision, records, runsOf, sandboxForTests, student, students } from './provision.mts';

const sandbox = sandboxForTests();
const outcomes = (result: Array<Record<string, unknown>>) => {
	const counts: Record<string, number> = {};
	for (const { outcome, reason } of result) {
		const key = reason === undefined ? String(outcome) : `${outcome} ${reason}`;
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return counts;
};

describe('an outage', () => {
	it.each([
		'500-before',
		'502-html-after',
		'503-retry-after',
		'timeout-after',
		'reset-before',
		'html-200',
	] as const)(
		'that meets the first call (%s) leaves one person in doubt, and everybody else untouched',
		async (kind) => {
			sandbox.get().setFaults({ rules: [{ kind }] });
			const result = records(
				await provision({
					baseUrl: sandbox.get().url,
					people: students(60),
					parameters: { options: { timeoutSeconds: 1 } },
				}),
			);
			expect(sandbox.get().requests()).toHaveLength(1);
			expect(result[0].outcome).toBe('unknown');
			for (const record of result.slice(1)) {
				expect(record).toMatchObject({
					outcome: 'failed',
					reason: 'not_attempted',
					safeToRetry: true,
				});
			}
		},
	);

	it('that begins in the middle ends the run after five calls in a row', async () => {
		const { url } = sandbox.get();
		sandbox.get().setFaults({
			rules: Array.from({ length: 100 }, (_, index) => ({ kind: '500-after', nth: 21 + index })),
		});
		const result = records(
			await provision({
				baseUrl: url,
				people: students(100),
				parameters: { options: { concurrency: 1 } },
			}),
		);
		expect(outcomes(result)).toEqual({
			provisioned: 20,
			'unknown server_fault': 5,
			'failed not_attempted': 75,
		});
	});

	it('in a loop of one ends the calls of the whole execution after five', async () => {
		sandbox.get().setFaults({ rules: [{ kind: '500-before' }] });
		const everybody = students(20);
		const result = await provision({
			baseUrl: sandbox.get().url,
			people: everybody.slice(0, 1),
			later: everybody.slice(1).map((person) => [person]),
		});
		expect(sandbox.get().requests()).toHaveLength(5);
		expect(outcomes(runsOf(result).flat())).toEqual({
			'unknown server_fault': 5,
			'failed not_attempted': 15,
		});
	});

	it('is not seen in single faults among good answers', async () => {
		sandbox.get().setFaults({
			rules: [3, 6, 9, 12, 15, 18].map((nth) => ({ kind: '500-before', nth })),
		});
		const result = records(await provision({ baseUrl: sandbox.get().url, people: students(30) }));
		expect(outcomes(result)).toEqual({ provisioned: 24, 'unknown server_fault': 6 });
	});
});

describe('Retry-After beyond the patience of the node', () => {
	it('costs one request, not one for everybody', async () => {
		sandbox.get().setFaults({ rules: [{ kind: '429', retryAfterSeconds: 3600 }] });
		const result = records(await provision({ baseUrl: sandbox.get().url, people: students(200) }));
		expect(sandbox.get().requests()).toHaveLength(1);
		expect(outcomes(result)).toEqual({ 'failed throttled': 1, 'failed not_attempted': 199 });
		expect(result[1].error).toContain('asks for a longer wait');
	});
});

describe('an answer that is not of Keeper', () => {
	const page = '<!doctype html><title>Blocked</title>';
	const answers: Array<[FixedAnswer, RegExp]> = [
		[{ status: 403, body: page }, /firewall/],
		[{ status: 407, body: page }, /HTTPS_PROXY/],
		[{ status: 404, body: page }, /'Region' or 'Base URL'/],
		[{ status: 401, body: page }, /firewall/],
		[{ status: 451, body: '{"blocked":true}' }, /firewall/],
	];
	it.each(answers)('says so, blames nobody, and ends the run: %j', async (answer, advice) => {
		const server = await answering(answer);
		const result = records(await provision({ baseUrl: server.url, people: students(20) }));
		await server.close();
		expect(server.requests).toHaveLength(1);
		expect(outcomes(result)).toEqual({ 'failed not_from_keeper': 1, 'failed not_attempted': 19 });
		expect(result[0]).toMatchObject({ safeToRetry: true, httpStatus: answer.status });
		expect(result[0].error).toContain("and not by Keeper's partner API");
		expect(result[0].description).toMatch(advice);
	});
});

describe('one word for one doubt', () => {
	it.each<[string, FixedAnswer]>([
		['2 MB of JSON', { status: 200, body: JSON.stringify({ pad: 'x'.repeat(2_000_000) }) }],
		['a web page', { status: 200, body: '<!doctype html><title>Sign in</title>' }],
		['nothing', { status: 200, body: '' }],
		['JSON without the expected members', { status: 200, body: '{"ok":1}' }],
	])('%s is unknown', async (_, answer) => {
		const server = await answering({ ...answer, after: 1 });
		const result = records(await provision({ baseUrl: server.url, people: students(2) }));
		await server.close();
		expect(result[1]).toMatchObject({
			outcome: 'unknown',
			reason: 'unreadable_answer',
			safeToRetry: false,
		});
	});

	it.each([[200], [400]])(
		'success:false with an order number (%d) is unknown, and shows the number',
		async (status) => {
			const body = '{"success":false,"order_number":"12345678-1234","message":"late"}';
			const server = await answering({ status, body, after: 1 });
			const result = records(await provision({ baseUrl: server.url, people: students(2) }));
			await server.close();
			expect(result[1]).toMatchObject({
				outcome: 'unknown',
				safeToRetry: false,
				orderNumber: '12345678-1234',
			});
		},
	);
});

describe('a proxy', () => {
	let proxy: Server;
	let answer: string | undefined;
	let connects: string[] = [];
	const environment = { ...process.env };

	beforeAll(async () => {
		proxy = createServer((socket: Socket) => {
			socket.on('error', () => {});
			socket.once('data', (data) => {
				connects.push(String(data).split('\r\n')[0]);
				socket.end(answer ?? '');
			});
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		const { port } = proxy.address() as { port: number };
		process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
		delete process.env.NO_PROXY;
	});
	beforeEach(() => (connects = []));
	afterAll(async () => {
		process.env = environment;
		await new Promise((resolve) => proxy.close(resolve));
	});

	it.each([
		['502 Bad Gateway', 4],
		['503 Service Unavailable', 4],
		['403 Forbidden', 4],
		['407 Proxy Authentication Required', 1],
	])('that answers CONNECT with %s has surely sent nothing on', async (status, tries) => {
		answer = `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\n\r\n<h1>${status}</h1>`;
		const result = records(
			await provision({ baseUrl: 'https://keeper.invalid', people: students(10) }),
		);
		expect(connects).toEqual(Array(tries).fill('CONNECT keeper.invalid:443 HTTP/1.1'));
		expect(outcomes(result)).toEqual({ 'failed unreachable': 1, 'failed not_attempted': 9 });
		expect(result[0]).toMatchObject({ safeToRetry: true });
		expect(result[0].error).toContain('The proxy between n8n and Keeper did not open a connection');
		expect(result[0].description).toContain(`PROXY_${status.slice(0, 3)}`);
	});

	it('that hangs up on CONNECT has surely sent nothing on', async () => {
		answer = undefined;
		const [record] = records(
			await provision({ baseUrl: 'https://keeper.invalid', people: [student(1)] }),
		);
		expect(record).toMatchObject({ outcome: 'failed', reason: 'unreachable', safeToRetry: true });
	});
});
