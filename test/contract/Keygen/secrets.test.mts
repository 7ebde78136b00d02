import { createServer } from 'node:http';

import { chosen, openWorkbench, type Workbench } from './workbench.mts';
import { present } from '../../present.mts';

let bench: Workbench;
const PASSWORD = 'hunter2-hunter2';

beforeAll(async () => {
	bench = await openWorkbench();
});

type Result = Awaited<ReturnType<Workbench['run']>>;

/**
 * All that n8n stores of the node's run. The secrets come in with the items, so that none stands in
 * the node's own parameters; n8n puts the item that came in back on the error branch, of which only
 * what the node added counts.
 */
function stored({ run, outputs }: Result): string {
	const { runData, error } = run.data.resultData;
	const [{ data, ...task }] = runData['Node Under Test'];
	const added = outputs
		.flat()
		.map(({ json: { error, details, secret, ...json } }) => ({ error, details, json }));
	return JSON.stringify({
		task,
		added,
		error,
		message: error?.message,
		stack: error?.stack,
		description: error?.description,
	});
}

const itemWith = (secret: string) => [{ json: { secret } }];
const bySecret = (mode: string) => chosen('={{ $json.secret }}', mode);

describe.each([
	['stops', {}],
	['goes on', { onError: 'continueErrorOutput' as const }],
])('a run that %s', (_, settings) => {
	test.each(['reset-before', '500', '502', '429'] as const)(
		'and meets %s shows neither token nor key',
		async (kind) => {
			bench.sandbox.fault({ kind, times: 6, retryAfter: 400 });
			const result = await bench.run(
				'license.get',
				{ license: bySecret('key') },
				{ settings, items: itemWith('KEY-THAT-IS-SECRET') },
			);
			bench.sandbox.clearFaults();
			expect(stored(result)).toMatch(/lost|cannot answer|fewer requests/);
			expect(stored(result)).not.toContain(bench.sandbox.adminToken);
			expect(stored(result)).not.toContain('KEY-THAT-IS-SECRET');
		},
		30_000,
	);

	test.each(['ABCDEF-123456-SECRET-V3', 'key/c2VjcmV0IHNlY3JldA==.c2lnbmF0dXJl='])(
		'and does not find a license shows nothing of the key %s',
		async (key) => {
			for (const operation of [
				'license.get',
				'license.delete',
				'license.suspend',
				'machine.create',
			]) {
				const result = await bench.run(
					operation,
					{ license: bySecret('key'), fingerprint: 'x' },
					{ settings, items: itemWith(key) },
				);
				expect(stored(result)).toContain('License with this key was not found');
				expect(stored(result)).not.toContain(key);
				expect(stored(result)).not.toContain(encodeURIComponent(key));
			}
		},
	);

	test('and is refused shows no password', async () => {
		const items = itemWith(PASSWORD);
		const refused = await bench.run(
			'user.create',
			{ email: 'no', additionalFields: { password: '={{ $json.secret }}' } },
			{ settings, items },
		);
		expect(stored(refused)).toContain('is not an email address');
		expect(stored(refused)).not.toContain(PASSWORD);
		const login = await bench.run(
			'token.generateForPassword',
			{ email: 'a@example.com', password: '={{ $json.secret }}' },
			{ settings, items },
		);
		expect(stored(login)).not.toContain(PASSWORD);
		expect(stored(login)).not.toContain(
			Buffer.from(`a@example.com:${PASSWORD}`).toString('base64'),
		);
	});

	test('and gets a token in place of its ID does not show it', async () => {
		const result = await bench.run(
			'token.get',
			{ token: bySecret('id') },
			{ settings, items: itemWith('prod-0123456789abcdef-v3') },
		);
		expect(stored(result)).toContain("'Token' is not an ID");
		expect(stored(result)).not.toContain('prod-0123456789abcdef-v3');
	});
});

test('a token that the service quotes back is taken out', async () => {
	const token = `${bench.sandbox.adminToken}x`;
	const result = await bench.run('license.getAll', {}, { credential: { token } });
	expect(result.error?.message).toBe('Keygen does not know the token [item 0]');
	expect(stored(result)).not.toContain(token);
});

test('a license key as credential is not shown and reaches the service as such', async () => {
	const [policy] = bench.sandbox.seed({
		type: 'policies',
		attributes: { authenticationStrategy: 'LICENSE' },
	});
	const [license] = bench.sandbox.seed({ type: 'licenses', relationships: { policy: policy.id } });
	const credential = { authentication: 'licenseKey', licenseKey: license.facts.key, token: '' };
	expect(await bench.get('profile.get', {}, { credential })).toMatchObject([{ id: license.id }]);
	expect(
		stored(
			await bench.run(
				'policy.create',
				{ product: chosen(present(policy.links.product)), name: 'x' },
				{ credential },
			),
		),
	).not.toContain(license.facts.key);
});

test('what a server quotes of the request is shown without the secrets in it', async () => {
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			const detail = `was ${request.headers.authorization} ${request.url} ${body}`;
			response.writeHead(422, { 'content-type': 'application/vnd.api+json' });
			response.end(
				JSON.stringify({
					errors: [
						{ title: 'Unprocessable', detail },
						{ title: 'Other', detail },
					],
				}),
			);
		});
	}).listen(0, '127.0.0.1');
	await new Promise((done) => server.once('listening', done));
	const baseUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
	const quoted: Array<[string, object]> = [
		['license.get', { license: bySecret('key') }],
		[
			'user.create',
			{ email: 'a@example.com', additionalFields: { password: '={{ $json.secret }}' } },
		],
		['license.validateKey', { licenseKey: '={{ $json.secret }}' }],
		['machine.getAll', { filters: { key: '={{ $json.secret }}' } }],
	];
	for (const [operation, parameters] of quoted) {
		const secret = 'key/c2Vj"cmV0==.c2ln';
		const result = await bench.run(operation, parameters as never, {
			items: itemWith(secret),
			credential: { baseUrl },
		});
		expect(result.error?.message).toMatch(/Was \w+ \[redacted\]/i);
		for (const form of [
			secret,
			encodeURIComponent(secret),
			JSON.stringify(secret).slice(1, -1),
			bench.sandbox.adminToken,
		]) {
			expect(stored(result)).not.toContain(form);
			expect(JSON.parse(stored(result)).message).not.toContain(form);
		}
	}
	server.close();
});

test('the token goes to no other host, even when the server sends requests there', async () => {
	const seen: string[] = [];
	const listen = async (handler: Parameters<typeof createServer>[1]) => {
		const server = createServer(present(handler)).listen(0, '127.0.0.1');
		await new Promise((done) => server.once('listening', done));
		return { server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}` };
	};
	const other = await listen((request, response) => {
		seen.push(String(request.headers.authorization));
		response.end('{}');
	});
	const first = await listen((_, response) => {
		response.writeHead(302, { location: `${other.url}/v1/licenses` });
		response.end();
	});
	const { error } = await bench.run('license.getAll', {}, { credential: { baseUrl: first.url } });
	expect(error?.message).toMatch(/^The server sends requests on to http:\/\/127\.0\.0\.1:\d+/);
	expect(seen).toEqual([]);
	first.server.close();
	other.server.close();
});
