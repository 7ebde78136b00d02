import { createDecipheriv } from 'node:crypto';

import { openClient, type Client } from './client.mts';

const SUBMIT = '/api/v2/executecommand-async';

describe('requests', () => {
	let client: Client;
	beforeAll(async () => {
		client = await openClient({ commands: ['whoami', 'enterprise-user'] });
	});
	const jsonType = () => ({
		'api-key': client.sandbox.apiKey,
		'content-type': 'application/json',
	});

	test.each<[string, string, Record<string, string> | undefined, number, string]>([
		['a text', '{"command":"whoami"}', { 'content-type': 'text/plain' }, 400, 'Content-Type'],
		['nothing', '{}', undefined, 400, 'Invalid or empty JSON'],
		['no command', '{"x":1}', undefined, 400, 'Missing required field "command"'],
		['a number', '{"command":1}', undefined, 400, 'Command must be a string'],
		['broken JSON', '{', undefined, 500, '400 Bad Request'],
		['4097 characters', JSON.stringify({ command: 'w'.repeat(4097) }), undefined, 400, 'length'],
		['another command', '{"command":"eu"}', undefined, 403, 'Not permitted'],
		['a blank in front', '{"command":" whoami"}', undefined, 403, 'Not permitted'],
		['a line break', '{"command":"whoami \\n"}', undefined, 400, 'control characters'],
	])('with %s are refused', async (_, body, headers, code, error) => {
		const answer = await client.post(SUBMIT, body, { ...jsonType(), ...headers });
		expect(answer).toMatchObject({ code, body: { status: 'error' } });
		expect(answer.body.error).toContain(error);
	});

	test('without the right key are refused', async () => {
		expect(await client.get('/api/v2/queue/status', {})).toMatchObject({ code: 401 });
		expect(await client.get('/api/v2/queue/status', { 'api-key': 'x' })).toMatchObject({
			code: 401,
			body: { error: 'Please provide a valid api key' },
		});
		expect(await client.get('/health', {})).toMatchObject({ code: 200, body: { status: 'ok' } });
	});

	test('for what is not there get a page in HTML', async () => {
		expect(await client.get('/api/v3')).toMatchObject({
			code: 404,
			type: expect.stringContaining('text/html'),
		});
		expect(await client.get(SUBMIT)).toMatchObject({
			code: 405,
			type: expect.stringContaining('text/html'),
		});
	});
});

test('an expired key is told so', async () => {
	const { get } = await openClient({ keys: [{ key: 'old', commands: [], expires: 1 }] });
	expect(await get('/api/v2/queue/status', { 'api-key': 'old' })).toMatchObject({
		code: 401,
		body: { error: 'API key has expired' },
	});
});

test('without the queue only the older API is there', async () => {
	const { get, post } = await openClient({ queue: false });
	expect(await get('/api/v2/queue/status')).toMatchObject({
		code: 404,
		type: expect.stringContaining('html'),
	});
	expect(await post('/api/v1/executecommand', '{"command":"whoami --format=json"}')).toMatchObject({
		code: 200,
		body: { status: 'success', command: 'whoami', data: { logged_in: true } },
	});
});

describe('the queue', () => {
	test('works requests off one by one, and shows their states', async () => {
		const { sandbox, submit, get } = await openClient();
		const release = sandbox.hold();
		const [first, second] = [await submit('whoami --format=json'), await submit('version')];
		expect((await get(`/api/v2/status/${first}`)).body.status).toBe('processing');
		expect(await get(`/api/v2/result/${second}`)).toMatchObject({
			code: 202,
			body: { status: 'queued' },
		});
		expect((await get('/api/v2/queue/status')).body).toMatchObject({
			queue_size: 1,
			active_requests: 2,
			currently_processing: first,
			worker_running: true,
		});
		release();
		expect((await get(`/api/v2/status/${first}`)).body).toMatchObject({
			status: 'completed',
			status_code: 200,
			result: { data: { logged_in: true } },
		});
	});

	test('takes 100 that wait and no more', async () => {
		const { sandbox, submit, post } = await openClient();
		const release = sandbox.hold();
		for (let count = 0; count < 101; count++) await submit('version');
		expect(await post(SUBMIT, '{"command":"version"}')).toMatchObject({
			code: 503,
			body: { error: 'Error: Request queue is full. Please try again later.' },
		});
		release();
	});

	test('forgets results after an hour, and everything with a restart', async () => {
		const { sandbox, submit, get } = await openClient();
		const ids = [await submit('version'), await submit('version')];
		sandbox.clock.advance(3_601_000);
		expect(await get(`/api/v2/result/${ids[0]}`)).toMatchObject({
			code: 404,
			body: { status: 'error' },
		});
		const fresh = await submit('version');
		expect((await get(`/api/v2/result/${fresh}`)).code).toBe(200);
		sandbox.restart();
		expect((await get(`/api/v2/result/${fresh}`)).code).toBe(404);
	});

	test('tells nobody but the key that submitted', async () => {
		const { submit, get } = await openClient({ keys: [{ key: 'other', commands: ['version'] }] });
		const id = await submit('version');
		expect((await get(`/api/v2/result/${id}`, { 'api-key': 'other' })).code).toBe(404);
	});

	test('shows the command with its quotes escaped', async () => {
		const { submit, get } = await openClient();
		const id = await submit("version 'a'");
		expect((await get(`/api/v2/status/${id}`)).body.command).toBe('version &#x27;a&#x27;');
	});
});

test('requests are counted by endpoint before the key is looked at, and too many get HTML without a time', async () => {
	const { sandbox, get } = await openClient({ rateLimit: '2/minute;3/hour' });
	const queue = async () => await get('/api/v2/queue/status', { 'api-key': 'wrong' });
	expect((await queue()).code).toBe(401);
	expect((await queue()).code).toBe(401);
	expect(await queue()).toMatchObject({
		code: 429,
		body: expect.stringContaining('2 per 1 minute'),
	});
	expect((await get('/api/v2/result/x')).code).toBe(404);
	sandbox.clock.advance(60_000);
	expect(await queue()).toMatchObject({ code: 429, body: expect.stringContaining('3 per 1 hour') });
});

test('results are encrypted, errors are not', async () => {
	const key = 'abcdefghijklmnopqrstuvwxyz012345';
	const { run, submit, get } = await openClient({ encryptionKey: key });
	const { bytes, type, code } = await run('whoami --format=json');
	expect([code, type]).toEqual([200, 'text/html; charset=utf-8']);
	const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
	decipher.setAuthTag(bytes.subarray(-16));
	const text = Buffer.concat([
		decipher.update(bytes.subarray(12, -16)),
		decipher.final(),
	]).toString();
	expect(JSON.parse(text)).toMatchObject({ status: 'success', data: { logged_in: true } });
	expect((await run('enterprise-user --lock nobody@x.org')).body).toMatchObject({
		status: 'error',
	});
	const id = await submit('version');
	expect((await get(`/api/v2/status/${id}`)).body.result).toEqual({
		encrypted: true,
		type: 'bytes',
	});
});

test('the log holds command lines, secrets and all', async () => {
	const { sandbox, run } = await openClient();
	await run('public-api-key revoke -f somebody');
	expect(sandbox.service.log.join()).toContain('public-api-key revoke -f somebody');
});
