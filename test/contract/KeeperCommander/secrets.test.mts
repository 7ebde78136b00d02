import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { openWorkbench, type Workbench } from './workbench.mts';

const ENCRYPTION_KEY = 'k3y-of-the-answers@0123456789abc';
const TOKEN = 'new-token-that-must-not-be-found-9c3d';
const ben = 'ben@northfield.example';

type Result = Awaited<ReturnType<Workbench['run']>>;

/** All that n8n stores of the node's run, without what came in. */
function stored({ run, outputs }: Result): string {
	const { runData, error } = run.data.resultData;
	const [{ data, ...task }] = runData['Node Under Test'];
	const added = outputs.flat().map(({ json: { secret, ...json } }) => json);
	return JSON.stringify({
		task,
		added,
		error,
		message: error?.message,
		stack: error?.stack,
		description: error?.description,
	});
}

const FAULTS = [
	['submit', 'reset-before'],
	['submit', 'reset-after'],
	['submit', 'html-502'],
	['submit', 'html-503'],
	['submit', 'strange-answer'],
	['submit', 'redirect'],
	['result', 'strange-answer'],
	['result', 'redirect'],
] as const;

describe.each([
	['stops', {}],
	['goes on', { onError: 'continueErrorOutput' as const }],
])('a run that %s', (_, settings) => {
	test.each(FAULTS)('and meets at %s a %s shows no key', async (on, kind) => {
		const bench = await openWorkbench();
		bench.sandbox.fault({ on, kind, times: 9 });
		const result = await bench.run(
			'user.lock',
			{ email: ben },
			{ settings, credential: { encryptionSecret: ENCRYPTION_KEY } },
		);
		expect(stored(result)).not.toContain(bench.sandbox.apiKey);
		expect(stored(result)).not.toContain(ENCRYPTION_KEY);
	});

	test('and finishes a rotation in vain shows no token', async () => {
		const bench = await openWorkbench();
		const result = await bench.run(
			'apiToken.finishRotation',
			{
				newTokenName: 'siem',
				newToken: '={{ $json.secret }}',
				oldTokenNames: '={{ $json.secret }}',
				region: 'custom',
				baseUrl: bench.keeper.url,
			},
			{ settings, items: [{ json: { secret: TOKEN } }] },
		);
		expect(stored(result)).toContain('no active token');
		expect(stored(result)).not.toContain(TOKEN);
	});
});

test('what a service quotes of a request is shown without the secrets in it', async () => {
	const server = createServer((request, response) => {
		response.writeHead(418, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify({ status: 'error', error: `no ${JSON.stringify(request.headers)}` }),
		);
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const bench = await openWorkbench();
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const result = await bench.run('user.lock', { email: ben }, { credential: { baseUrl } });
	server.close();
	expect(stored(result)).toContain('[redacted]');
	expect(stored(result)).not.toContain(bench.sandbox.apiKey);
});

test('a token is in the output of the operation that makes it, once, and in no other', async () => {
	const bench = await openWorkbench();
	const parameters = { tokenName: 'n8n', integrations: ['SIEM:1'], expires: '30d' };
	const made = await bench.run('apiToken.generate', parameters);
	const token = String(made.outputs[0][0].json.token);
	expect(stored(made).split(token)).toHaveLength(2);
	for (const operation of ['apiToken.getAll', 'apiToken.revoke'])
		expect(stored(await bench.run(operation, { token: 'n8n' }))).not.toContain(token);
});

test('a token that does not prove itself is not shown', async () => {
	const bench = await openWorkbench();
	let token = '';
	bench.sandbox.commander.tokens.issued = (made) => {
		token = made.token;
		bench.keeper.service.tokens.add(token);
	};
	bench.keeper.service.faults.add([{ kind: 'error-500', times: 99 }]);
	const result = await bench.run('apiToken.startRotation', {
		rotationName: 'siem',
		expires: '30d',
		region: 'custom',
		baseUrl: bench.keeper.url,
	});
	expect(token).not.toBe('');
	expect(stored(result)).toContain('did not accept the new token');
	expect(stored(result)).not.toContain(token);
});

test('no token is in a command line, which the service writes into its log', async () => {
	const bench = await openWorkbench();
	const region = { region: 'custom', baseUrl: bench.keeper.url };
	const [started] = await bench.get('apiToken.startRotation', {
		rotationName: 'siem',
		expires: '7d',
		...region,
	});
	await bench.get('apiToken.finishRotation', {
		newTokenName: String(started.name),
		newToken: String(started.token),
		oldTokenNames: '',
		...region,
	});
	expect(bench.sandbox.service.log.join('\n')).toContain('public-api-key generate');
	expect(bench.sandbox.service.log.join('\n')).not.toContain(started.token);
});
