import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { INode, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../../sandbox/keeper-events/faults.mts';
import { getMany, records } from './get-many.mts';
import { happened, inOrder, sandboxForTests, TOKEN } from './service.mts';

const sandbox = sandboxForTests({ history: { count: 500, days: 0.9 } });
const parameters = { options: { pageSize: 100 } };

describe('reads all events once in spite of', () => {
	const faults: Array<[string, Fault[]]> = [
		['errors', [{ kind: 'error-500', times: 2 }]],
		['a web page in place of an answer', [{ kind: 'html-502', on: 'later' }]],
		['being put off (429)', [{ kind: 'throttled-429', seconds: 1, on: 'later' }]],
		['being put off as Keeper does it (403)', [{ kind: 'throttled-403', seconds: 1 }]],
		['lost connections', [{ kind: 'reset', on: 'later' }]],
		['a token that expired', [{ kind: 'expired-token' }]],
		['a token that is given twice', [{ kind: 'repeated-token' }]],
		['more without a token', [{ kind: 'more-without-token', on: 'later' }]],
		['an empty page that promises more', [{ kind: 'empty-page', on: 'later' }]],
	];

	it.each(faults)('%s', async (_, list) => {
		sandbox().service.faults.add(list);
		const events = records(await getMany({ baseUrl: sandbox().url, parameters }));
		expect(sandbox().service.faults.list()).toEqual([]);
		expect(inOrder(events)).toEqual(inOrder(happened(sandbox())));
	});

	it.each(faults.slice(5))('%s, in one file', async (_, list) => {
		sandbox().service.faults.add(list);
		sandbox().service.pages.rules.order = 'random';
		const file = { output: 'file', binaryPropertyName: 'data', fileName: 'f' };
		const result = await getMany({
			baseUrl: sandbox().url,
			parameters: { ...parameters, ...file },
		});
		const text = Buffer.from(result.outputs[0][0].binary?.data.data ?? '', 'base64').toString();
		const events = text
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as unknown);
		expect(inOrder(events)).toEqual(inOrder(happened(sandbox())));
	});
});

it('gives up an answer that does not come in time', async () => {
	sandbox().service.faults.add(Array.from({ length: 9 }, () => ({ kind: 'timeout' as const })));
	const { error } = await getMany({
		baseUrl: sandbox().url,
		parameters: { options: { timeoutSeconds: 1 } },
	});
	expect(error?.message).toBe('Keeper did not answer in time [item 0]');
}, 30_000);

it('can be cancelled', async () => {
	sandbox().service.faults.add([{ kind: 'timeout' }]);
	const stop = new AbortController();
	setTimeout(() => stop.abort(), 300);
	const started = Date.now();
	await getMany({ baseUrl: sandbox().url, signal: stop.signal });
	expect(Date.now() - started).toBeLessThan(20_000);
});

describe('says what is wrong', () => {
	const failing = async (
		run: Omit<Parameters<typeof getMany>[0], 'baseUrl'> & { baseUrl?: string },
	) => {
		const { error } = await getMany({ baseUrl: sandbox().url, ...run });
		return { message: error?.message, description: error?.description };
	};

	it('when the token is not accepted', async () => {
		const { message, description } = await failing({ credential: { apiToken: 'another' } });
		expect(message).toBe('Keeper did not accept the API token (401) [item 0]');
		for (const cause of ['expired', 'revoked', 'another region', 'SIEM', 'ARAM']) {
			expect(description).toContain(cause);
		}
		// Once and not twice, as n8n's own authentication would.
		expect(sandbox().service.requests).toBe(1);
	});

	it('when the address is that of something else', async () => {
		const { message } = await failing({ baseUrl: `${sandbox().url}/elsewhere` });
		expect(message).toBe("The address answers, but not as Keeper's Admin API (404) [item 0]");
	});

	it('when nobody listens', async () => {
		const { message, description } = await failing({ baseUrl: 'http://127.0.0.1:9' });
		expect(message).toBe('Keeper cannot be reached [item 0]');
		expect(description).toContain('Base URL');
	}, 30_000);

	it('when Keeper cannot answer for long', async () => {
		sandbox().service.faults.add([{ kind: 'error-500', times: 50 }]);
		const { message } = await failing({});
		expect(message).toBe('Keeper cannot answer at the moment (500) [item 0]');
	}, 30_000);

	it.each([
		['a web page', 200, '<html>Sign in</html>', 'Keeper answered with something that is not JSON'],
		[
			'no list',
			200,
			'{"news":1}',
			"The service's answer holds no list of events. Keys received: news",
		],
		[
			'a refusal',
			403,
			'{"message":"no role"}',
			'Keeper does not let this API token read events (403)',
		],
		['a redirect', 302, '', 'The address redirects elsewhere, which is not followed (302)'],
		['a teapot', 418, '{}', 'Keeper refused the request for events (418)'],
	])('when the answer is %s', async (_, status, body, words) => {
		const other = await answering(status, body);
		try {
			const { message } = await failing({ baseUrl: urlOf(other) });
			expect(message).toBe(`${words} [item 0]`);
		} finally {
			other.close();
		}
	});

	const wrong: Array<[string, INodeParameters, string]> = [
		[
			'no start',
			{ timeRange: 'custom', start: '={{ $json.nothing }}' },
			"'Start' is empty [item 0]",
		],
		[
			'a start that is none',
			{ timeRange: 'custom', start: 'soon' },
			"'Start' is not a valid date or time: 'soon'",
		],
		[
			'an end that is none',
			{ timeRange: 'custom', start: '2026-01-01', end: '2026-02-30' },
			"'End' is not a valid date or time: '2026-02-30'",
		],
		[
			'a start after the end',
			{ timeRange: 'custom', start: '2026-02-01', end: '2026-01-01' },
			"'Start' (2026-02-01T00:00:00.000Z) is after",
		],
		['an unknown range', { timeRange: 'lastYear' }, "'Time Range' is 'lastYear'"],
		[
			'no limit',
			{ returnAll: false, limit: 0 },
			"'Limit' must be a whole number of at least 1, but is '0'",
		],
		[
			'an address that is none',
			{ filters: { addresses: '10.0.0.300' } },
			"'Addresses' has '10.0.0.300'",
		],
		['an unknown order', { order: 'sideways' }, "'Order' is 'sideways'"],
		['an unknown format', { outputFormat: 'xml' }, "'Event Format' is 'xml'"],
		[
			'no file name',
			{ output: 'file', binaryPropertyName: 'data', fileName: '={{ " " }}' },
			"'File Name' is empty",
		],
	];
	it.each(wrong)('when there is %s, before any request', async (_, change, words) => {
		const { message, description } = await failing({ parameters: change });
		expect(message).toContain(words);
		expect(description).not.toBe('');
		expect(sandbox().service.requests).toBe(0);
	});

	it.each([
		['an empty token', { apiToken: ' Bearer ' }, "'API Token' of the credential is empty"],
		[
			'a token with a line break inside',
			{ apiToken: 'ab\ncd' },
			"'API Token' of the credential holds characters",
		],
		[
			'an address without https',
			{ baseUrl: 'http://keeper.example' },
			"'Base URL' must start with https://",
		],
		['an unknown region', { region: 'MOON' }, "'Region' is 'MOON'"],
	])('when the credential has %s', async (_, change, words) => {
		const { message, description } = await failing({ credential: change });
		expect(message).toContain(words);
		expect(description).toContain('Keeper Admin API');
		expect(sandbox().service.requests).toBe(0);
	});
});

it.each([`Bearer ${TOKEN}`, `  ${TOKEN}\n`, `bearer   ${TOKEN} `])(
	'takes a token pasted as %j',
	async (apiToken) => {
		const result = await getMany({ baseUrl: `${sandbox().url}/`, credential: { apiToken } });
		expect(records(result)).toHaveLength(500);
	},
);

describe('On Error', () => {
	const items = [{ json: { day: 'no date' } }, { json: { day: '2026-01-01' } }];
	const run = async (onError: INode['onError']) =>
		await getMany({
			baseUrl: sandbox().url,
			items,
			parameters: { timeRange: 'custom', start: '={{ $json.day }}', ...parameters },
			settings: { onError },
		});

	it('Stop Workflow stops and names the item', async () => {
		const { error } = await run('stopWorkflow');
		expect(error?.message).toContain('[item 0]');
		expect(error?.context).toMatchObject({ itemIndex: 0 });
	});

	it('Continue keeps the failed item in its place', async () => {
		const [first, ...others] = (await run('continueRegularOutput')).outputs[0];
		expect(first).toMatchObject({
			json: { error: expect.stringContaining("'Start' is not a valid date or time: 'no date'") },
			pairedItem: { item: 0 },
		});
		expect(others).toHaveLength(500);
	});

	it('Continue using the error output branches it off', async () => {
		const [good, bad] = (await run('continueErrorOutput')).outputs;
		expect(good).toHaveLength(500);
		expect(bad.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				day: 'no date',
				error: expect.objectContaining({
					message: expect.stringContaining("'Start' is not a valid date or time: 'no date'"),
				}),
			}),
		]);
	});
});

it.each([
	['the token is refused', { credential: { apiToken: `${TOKEN}-old` } }],
	['nobody listens', { baseUrl: 'http://127.0.0.1:9' }],
])(
	'shows the token nowhere when %s',
	async (_, change) => {
		const { run, error } = await getMany({ baseUrl: sandbox().url, ...change });
		expect(inspect(error, { depth: 20 })).toContain('Keeper');
		expect(
			JSON.stringify(run.data) + inspect(run.data, { depth: 20 }) + inspect(error, { depth: 20 }),
		).not.toContain(TOKEN);
	},
	30_000,
);

it('shows the token nowhere when the service repeats it', async () => {
	const echo = await answering(401, JSON.stringify({ message: `Unknown token ${TOKEN}` }));
	const { run, error } = await getMany({ baseUrl: urlOf(echo) });
	echo.close();
	expect(error?.description).toContain('Unknown token [redacted]');
	expect(JSON.stringify(run.data) + inspect(error, { depth: 20 })).not.toContain(TOKEN);
});

async function answering(status: number, body: string): Promise<Server> {
	const server = createServer((_, response) => {
		response.writeHead(status, { location: 'http://127.0.0.1:9/', connection: 'close' }).end(body);
	});
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	return server;
}

const urlOf = (server: Server): string =>
	`http://127.0.0.1:${(server.address() as AddressInfo).port}`;
