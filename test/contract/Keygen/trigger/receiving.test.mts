import { createHash } from 'node:crypto';

import { allEvents } from '../../../../sandbox/keygen/webhooks/event-names.mts';
import { signedHeaders } from '../../../../sandbox/keygen-signing/message-signatures.mts';
import { HOST, OTHER_HOST } from '../../../../sandbox/n8n/tls-proxy.mts';
import { PATH } from './published.mts';
import { openScene, type Scene } from './scene.mts';
import { present } from '../../../present.mts';

let scene: Scene;
afterEach(async () => await scene?.close());

const ALGORITHMS = ['ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256'] as const;
const outputs = () =>
	scene.workflow.executions.map(([{ json }]) => json as Record<string, unknown>);

describe('each of the 115 events', () => {
	it('starts the workflow once, with what Keygen says of it', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		for (const event of allEvents) scene.keygen.emit({ event });
		await scene.keygen.webhooksIdle();
		expect(
			outputs()
				.map(({ event }) => event as string)
				.sort(),
		).toEqual([...allEvents].sort());
		const events = scene.keygen.world.store.all('webhook-events');
		for (const output of outputs()) {
			const { facts, created } = present(events.find(({ id }) => id === output.id));
			expect(output).toMatchObject({
				event: facts.event,
				idempotencyToken: facts.idempotencyToken,
				createdAt: new Date(created).toISOString(),
			});
			const { data } = JSON.parse(String(facts.payload));
			const ids = (records: unknown) =>
				[records].flat().map((record) => (record as { id: string }).id);
			expect(ids(output.data)).toEqual(ids(data));
		}
	});
});

it('receives events at a URL with the user and password that a proxy asks for', async () => {
	const webhookUrl = `https://proxy:s3cret@${HOST}${PATH}`;
	scene = await openScene({ parameters: { events: ['license.created'], options: { webhookUrl } } });
	await scene.workflow.activate();
	await scene.emit('license.created');
	expect(scene.statuses()).toEqual(['DELIVERED']);
	expect(outputs()).toMatchObject([{ event: 'license.created' }]);
});

describe('what comes out', () => {
	it('is flat, with relations as IDs', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		const [license] = scene.keygen.seed({ type: 'licenses', attributes: { name: 'Ada' } });
		scene.keygen.emit({ event: 'license.validation.failed', id: license.id });
		await scene.keygen.webhooksIdle();
		expect(outputs()[0]).toMatchObject({
			data: {
				id: license.id,
				type: 'licenses',
				name: 'Ada',
				policyId: license.links.policy,
				ownerId: null,
			},
			meta: { valid: false, code: 'EXPIRED' },
		});
	});

	it('is as Keygen sent it without Simplify', async () => {
		scene = await openScene({ parameters: { events: ['*'], simplify: false } });
		await scene.workflow.activate();
		const [license] = scene.keygen.seed({ type: 'licenses', attributes: { name: 'Ada' } });
		scene.keygen.emit({ event: 'license.created', id: license.id });
		await scene.keygen.webhooksIdle();
		expect(outputs()[0]).toMatchObject({
			event: 'license.created',
			data: {
				id: license.id,
				attributes: { name: 'Ada' },
				relationships: { policy: { data: { type: 'policies', id: license.links.policy } } },
			},
		});
	});

	it('is a list where the event is about several records', async () => {
		scene = await openScene();
		await scene.workflow.activate();
		await scene.emit('license.entitlements.attached');
		expect(outputs()[0].data).toEqual([expect.objectContaining({ type: 'license-entitlements' })]);
	});
});

describe('signatures', () => {
	it.each(ALGORITHMS)('by %s with the key of the account', async (signatureAlgorithm) => {
		scene = await openScene({ parameters: { events: ['*'], options: { signatureAlgorithm } } });
		await scene.workflow.activate();
		await scene.emit('license.created', 3);
		expect(scene.statuses()).toEqual(['DELIVERED', 'DELIVERED', 'DELIVERED']);
		expect(scene.workflow.executions).toHaveLength(3);
	});

	const base64 = (text: string) => Buffer.from(text).toString('base64');
	const spki = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, '');
	const hexToDer = (hex: string) =>
		Buffer.from(`302a300506032b6570032100${hex}`, 'hex').toString('base64');
	it.each<[string, (keys: Record<string, string>) => [string, string]]>([
		['hexadecimal', ({ ed25519 }) => ['ed25519', ed25519]],
		['hexadecimal in base64', ({ ed25519 }) => ['ed25519', base64(ed25519)]],
		['DER in base64', ({ ed25519 }) => ['ed25519', hexToDer(ed25519)]],
		['PEM', ({ rsa2048 }) => ['rsa-sha256', rsa2048]],
		['PEM in base64', ({ rsa2048 }) => ['rsa-pss-sha256', base64(rsa2048)]],
		['PEM in one line', ({ ecdsa }) => ['ecdsa-p256', ecdsa.replace(/\n/g, '\\n')]],
		['DER in base64, of ECDSA', ({ ecdsa }) => ['ecdsa-p256', spki(ecdsa)]],
	])('with a key pasted as %s, without asking for the account', async (_, choose) => {
		scene = await openScene();
		const [signatureAlgorithm, publicKey] = choose(scene.keygen.publicKeys());
		scene.workflow = scene.workflow.changed({
			parameters: { events: ['*'], options: { signatureAlgorithm, publicKey } },
		});
		await scene.workflow.activate();
		await scene.emit('license.created');
		expect(scene.workflow.executions).toHaveLength(1);
		const asked = scene.keygen.requests.entries.map(({ url }) => new URL(url, 'http://x').pathname);
		expect(asked).not.toContain(`/v1/accounts/${scene.keygen.accountId}`);
	});

	it('are refused by another key, which is told when publishing where it cannot be the right one', async () => {
		scene = await openScene();
		const { ed25519, rsa2048 } = scene.keygen.publicKeys();
		const withKey = (publicKey: string) =>
			scene.workflow.changed({ parameters: { events: ['*'], options: { publicKey } } });
		await expect(withKey(rsa2048).activate()).rejects.toThrow(/does not fit 'Signature Algorithm'/);
		await expect(withKey('rubbish!').activate()).rejects.toThrow(/is not a public key of Keygen/);
		const other = createHash('sha256').update(ed25519).digest('hex');
		scene.workflow = withKey(other);
		await scene.workflow.activate().catch((error: Error) => {
			expect(error.message).toMatch(/'Public Key'/);
		});
	});

	it('need a pasted key through a custom domain', async () => {
		scene = await openScene();
		const server = { host: 'customDomain', domain: 'licensing.example.com' };
		scene.workflow = scene.workflow.changed({ credential: server });
		await expect(scene.workflow.activate()).rejects.toThrow();
	}, 30_000);

	it('are not asked for where that is chosen', async () => {
		scene = await openScene({ parameters: { events: ['*'], options: { verify: false } } });
		await scene.workflow.activate();
		expect(scene.workflow.stored).not.toMatchObject({
			'node:Keygen Trigger': { endpoint: { key: expect.anything() } },
		});
		const { status } = await scene.workflow.receive({ headers: {}, body: bodyOf('anything') });
		expect([status, scene.workflow.executions.length]).toEqual([200, 1]);
	});

	it('verify with what Keygen was told a moment ago, before n8n has stored it', async () => {
		scene = await openScene();
		const before = scene.workflow.stored;
		await scene.workflow.activate();
		scene.workflow.stored = before;
		await scene.emit('license.created');
		expect(scene.workflow.executions).toHaveLength(1);
	});

	it('are not judged by a process that does not know the endpoint: Keygen is to come again', async () => {
		scene = await openScene({ workflowId: 'never-published' });
		const answer = await scene.workflow.receive({ headers: {}, body: bodyOf('x') });
		expect(answer).toMatchObject({ status: 503 });
		expect(scene.workflow.executions).toEqual([]);
	});
});

function bodyOf(idempotencyToken: string): Buffer {
	const payload = JSON.stringify({ data: { type: 'licenses', id: 'l', attributes: {} } });
	const attributes = { event: 'license.created', created: '2026-06-22T13:49:08.000Z', payload };
	return Buffer.from(
		JSON.stringify({
			data: { id: 'e', type: 'webhook-events', attributes, meta: { idempotencyToken } },
		}),
	);
}

describe('requests that Keygen did not sign just now for this webhook', () => {
	const signed = (
		change: Partial<Parameters<typeof signedHeaders>[1]> = {},
		body = bodyOf('t'),
	) => {
		const { world, accountId } = scene.keygen;
		const message = {
			method: 'post',
			target: PATH,
			host: HOST,
			body,
			date: new Date(),
			accountId,
			algorithm: 'ed25519' as const,
			...change,
		};
		return { headers: lowerCase(signedHeaders(world.keys, message)), body };
	};
	const lowerCase = (headers: Record<string, string>) =>
		Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
	const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

	beforeEach(async () => {
		scene = await openScene();
		await scene.workflow.activate();
	});

	it('are refused, while those that it did are not', async () => {
		expect(await scene.workflow.receive(signed())).toMatchObject({ status: 200 });
		expect(scene.workflow.executions).toHaveLength(1);
	});

	it.each<[string, string, () => { headers: Record<string, string>; body: Buffer }]>([
		['SIGNATURE_MISSING', 'no signature', () => ({ headers: {}, body: bodyOf('t') })],
		['DIGEST_MISMATCH', 'another body', () => ({ ...signed(), body: bodyOf('other') })],
		['SIGNATURE_INVALID', 'another path', () => signed({ target: '/elsewhere' })],
		['SIGNATURE_INVALID', 'another host', () => signed({ host: 'elsewhere.example.com' })],
		['SIGNATURE_INVALID', 'another method', () => signed({ method: 'put' })],
		[
			'ACCOUNT_MISMATCH',
			'another account',
			() => signed({ accountId: '00000000-0000-4000-8000-000000000000' }),
		],
		['ALGORITHM_MISMATCH', 'another algorithm', () => signed({ algorithm: 'rsa-sha256' })],
		['DATE_TOO_OLD', 'a signature of six minutes ago', () => signed({ date: minutesAgo(6) })],
		['DATE_IN_FUTURE', 'a signature of in six minutes', () => signed({ date: minutesAgo(-6) })],
	])('are answered with 401 and logged as %s for %s', async (code, _, make) => {
		const request = make();
		const { status, body } = await scene.workflow.receive(request);
		expect([status, body]).toEqual([401, { message: 'Unauthorized' }]);
		expect(scene.workflow.executions).toEqual([]);
		const log = scene.workflow.log.join('\n');
		expect(log).toContain(`(${code})`);
		const signature = request.headers['keygen-signature'];
		if (signature) expect(log).not.toContain(present(/signature="([^"]+)"/.exec(signature))[1]);
		expect(log).not.toContain(scene.keygen.adminToken);
	});

	it('may be older where a longer age is allowed', async () => {
		scene.workflow = scene.workflow.changed({
			parameters: { events: ['*'], options: { toleranceSeconds: 600 } },
		});
		expect(await scene.workflow.receive(signed({ date: minutesAgo(9) }))).toMatchObject({
			status: 200,
		});
		expect(await scene.workflow.receive(signed({ date: minutesAgo(11) }))).toMatchObject({
			status: 401,
		});
	});

	it('are refused where signed bytes are no event', async () => {
		const answer = await scene.workflow.receive(
			signed({}, Buffer.from('{"data":{"type":"licenses"}}')),
		);
		expect(answer).toMatchObject({ status: 400 });
		expect(scene.workflow.executions).toEqual([]);
	});
});

describe('proxies', () => {
	const replaced = (headers: string[], name: string, value: string) => {
		const at = headers.findIndex(
			(header, index) => index % 2 === 0 && header.toLowerCase() === name,
		);
		return headers.map((header, index) => (index === at + 1 ? value : header));
	};

	it.each<[string, (headers: string[]) => string[]]>([
		['another Host', (headers) => replaced(headers, 'host', '10.0.0.7')],
		['a port in Host', (headers) => replaced(headers, 'host', `${HOST}:8443`)],
		['another Date', (headers) => replaced(headers, 'date', new Date(0).toUTCString())],
		[
			'headers of its own',
			(headers) => [...headers, 'X-Forwarded-For', '10.0.0.7', 'Via', '1.1 proxy'],
		],
	])('may write %s', async (_, change) => {
		scene = await openScene();
		scene.proxy.rewrite = ({ path, headers }) => ({ path, headers: change(headers) });
		await scene.workflow.activate();
		await scene.emit('license.created');
		expect(scene.statuses()).toEqual(['DELIVERED']);
		expect(scene.workflow.executions).toHaveLength(1);
	});

	it.each([
		['a port', `https://${OTHER_HOST}:8443${PATH}`],
		['a prefix', `https://${OTHER_HOST}/n8n${PATH}`],
		['a path and query of its own', `https://${OTHER_HOST}/hook?from=keygen&x=1`],
	])('may add %s, told by the option', async (_, webhookUrl) => {
		scene = await openScene({
			// As n8n is where nobody told it of a proxy.
			n8nUrl: 'http://localhost:5678',
			parameters: { events: ['*'], options: { webhookUrl } },
		});
		scene.proxy.rewrite = ({ headers }) => ({ path: PATH, headers });
		await scene.workflow.activate();
		expect(scene.endpoints()).toMatchObject([{ url: webhookUrl }]);
		await scene.emit('license.created');
		expect(scene.workflow.executions).toHaveLength(1);
		await scene.workflow.deactivate();
		await scene.untilEndpoints(0);
		expect(scene.endpoints()).toEqual([]);
	});
});
