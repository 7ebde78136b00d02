import { gzipSync } from 'node:zlib';

import { signedHeaders } from '../../../sandbox/keygen-signing/message-signatures.mts';
import { makeAccountKeys, publicKeysOf } from '../../../sandbox/keygen/state/signing.mts';
import { pairsOf, startGoBetween, type GoBetween, type PassingAnswer } from './go-between.mts';
import { chosen, openWorkbench, type Workbench } from './workbench.mts';
import { present } from '../../present.mts';

let bench: Workbench;
let between: GoBetween;
let license: { id: string; facts: { key: string } };
/** The time at the service, in milliseconds ahead of the real one. */
let ahead = 0;

beforeAll(async () => {
	bench = await openWorkbench({ clock: { now: () => Date.now() + ahead } });
	between = await startGoBetween(bench.sandbox.url);
	const [{ id, facts }] = bench.sandbox.seed({ type: 'licenses' });
	license = { id, facts: { key: String(facts.key) } };
});
afterAll(() => between.close());
afterEach(() => {
	between.rest();
	ahead = 0;
});

const VALIDATIONS: Array<[string, () => object]> = [
	['license.validate', () => ({ license: chosen(license.id) })],
	['license.quickValidate', () => ({ license: chosen(license.id) })],
	['license.validateKey', () => ({ licenseKey: license.facts.key })],
];
const signed = (options: object = {}) => ({ options: { verifyResponse: true, ...options } });
const through = () => ({ credential: { baseUrl: between.url } });
const publicKeys = () => publicKeysOf(bench.sandbox.world.keys);

const without = (name: string) => (answer: PassingAnswer) => ({
	...answer,
	headers: pairsOf(answer.headers)
		.filter(([one]) => one.toLowerCase() !== name)
		.flat(),
});
const withHeader =
	(name: string, change: (value: string) => string) => (answer: PassingAnswer) => ({
		...answer,
		headers: pairsOf(answer.headers)
			.map(([one, value]) => [one, one.toLowerCase() === name ? change(value) : value])
			.flat(),
	});
const withBody = (change: (text: string) => string) => (answer: PassingAnswer) => {
	const body = Buffer.from(change(answer.body.toString()));
	return { ...withHeader('content-length', () => String(body.length))(answer), body };
};
const headerOf = ({ headers }: PassingAnswer, name: string) =>
	present(pairsOf(headers).find(([one]) => one.toLowerCase() === name))[1];

describe.each(VALIDATIONS)('%s', (operation, parameters) => {
	test('gives what the service signed, and says that it did', async () => {
		for (const options of [{}, { responsePublicKey: publicKeys().ed25519 }]) {
			const given = { ...parameters(), ...signed(options) };
			const [plain] = await bench.get(operation, given as never, through());
			expect(plain).toMatchObject({
				valid: true,
				code: 'VALID',
				id: license.id,
				signature: { valid: true, code: 'VALID', algorithm: 'ed25519' },
			});
			const { signedAt } = plain.signature as { signedAt: string };
			expect(Math.abs(Date.parse(signedAt) - Date.now())).toBeLessThan(60_000);
			const [raw] = await bench.get(operation, { ...given, simplify: false } as never, through());
			expect(raw).toMatchObject({ meta: { valid: true }, signature: { valid: true } });
		}
	});

	test('says nothing of a signature where that was not asked for', async () => {
		between.change('/licenses', without('keygen-signature'));
		const [plain] = await bench.get(operation, parameters() as never, through());
		expect(plain).toMatchObject({ valid: true });
		expect(plain).not.toHaveProperty('signature');
	});

	test.each<[string, string, (answer: PassingAnswer) => PassingAnswer]>([
		[
			'whose verdict was changed',
			'DIGEST_MISMATCH',
			withBody((text) => text.replace('"valid":true', '"valid":false')),
		],
		['that got a blank more', 'DIGEST_MISMATCH', withBody((text) => `${text} `)],
		['without a signature', 'SIGNATURE_MISSING', without('keygen-signature')],
		[
			'with a signature of other bytes',
			'SIGNATURE_INVALID',
			withHeader('keygen-signature', (value) =>
				value.replace(/signature="./, (start) =>
					start.endsWith('A') ? 'signature="B' : 'signature="A',
				),
			),
		],
		[
			'with the signature twice',
			'SIGNATURE_MALFORMED',
			(answer) => ({
				...answer,
				headers: [...answer.headers, 'Keygen-Signature', headerOf(answer, 'keygen-signature')],
			}),
		],
		[
			'by another account',
			'ACCOUNT_MISMATCH',
			withHeader('keygen-signature', (value) =>
				value.replace(/keyid="[^"]*"/, 'keyid="0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31"'),
			),
		],
		[
			'by an algorithm that was not asked for',
			'ALGORITHM_MISMATCH',
			withHeader('keygen-signature', (value) => value.replace('"ed25519"', '"rsa-sha256"')),
		],
		[
			'whose date was changed',
			'SIGNATURE_INVALID',
			withHeader('keygen-date', () => new Date(Date.now() - 5000).toUTCString()),
		],
		[
			'whose digest is there twice',
			'DIGEST_MISMATCH',
			(answer) => ({
				...answer,
				headers: [...answer.headers, 'Keygen-Digest', headerOf(answer, 'keygen-digest')],
			}),
		],
	])('fails for an answer %s (%s)', async (_, code, change) => {
		between.change('/licenses', change);
		const given = { ...parameters(), ...signed() } as never;
		const stopped = await bench.run(operation, given, through());
		expect(stopped.error?.message).toBe(
			`The answer does not carry the account's signature (${code}) [item 0]`,
		);
		const { outputs } = await bench.run(operation, given, {
			...through(),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(outputs[0].map(({ json }) => json)).toEqual([
			expect.objectContaining({ valid: false, code, error: expect.any(String) }),
		]);
		expect(JSON.stringify(outputs)).not.toContain(license.facts.key);
	});
});

test('a forged verdict with a digest to match is not taken for a good one', async () => {
	between.change('/licenses', (answer) => {
		const forger = makeAccountKeys();
		const body = Buffer.from(answer.body.toString().replace('"valid":false', '"valid":true'));
		const made = signedHeaders(forger, {
			method: 'POST',
			target: `/v1/accounts/${bench.sandbox.accountId}/licenses/actions/validate-key`,
			host: '127.0.0.1',
			body,
			date: new Date(),
			algorithm: 'ed25519',
			accountId: bench.sandbox.accountId,
		});
		return {
			status: 200,
			headers: ['Content-Type', 'application/json', ...Object.entries(made).flat()],
			body,
		};
	});
	const { error } = await bench.run(
		'license.validateKey',
		{ licenseKey: 'NO-SUCH-KEY', ...signed() },
		through(),
	);
	expect(error?.message).toContain('(SIGNATURE_INVALID)');
});

test('an unknown key is an answer, and a signed one', async () => {
	expect(
		await bench.get('license.validateKey', { licenseKey: 'NO-SUCH-KEY', ...signed() }),
	).toMatchObject([{ valid: false, code: 'NOT_FOUND', id: null, signature: { valid: true } }]);
});

test('an answer to an earlier request of the same kind is recognized', async () => {
	let recorded: PassingAnswer | undefined;
	between.change('/validate-key', (answer) => (recorded ??= answer));
	const parameters = { licenseKey: license.facts.key, ...signed() };
	expect(await bench.get('license.validateKey', parameters, through())).toHaveLength(1);
	const { error } = await bench.run('license.validateKey', parameters, through());
	expect(error?.message).toContain('(NONCE_MISMATCH)');
});

test('a nonce of the user goes out as it is, and is compared', async () => {
	const parameters = { licenseKey: license.facts.key, ...signed({ nonce: 7 }) };
	expect(await bench.get('license.validateKey', parameters, through())).toMatchObject([
		{ nonce: 7 },
	]);
	const nonces = bench.sandbox.requests.entries
		.map(({ body }) => (body as { meta?: { nonce?: number } } | undefined)?.meta?.nonce)
		.filter((nonce) => nonce !== undefined);
	expect(nonces.at(-1)).toBe(7);
	expect(new Set(nonces.slice(0, -1)).size).toBe(nonces.length - 1);
});

test.each(['rsa2048', 'ecdsa', 'ed25519'] as const)(
	'a pasted key of %s decides by which algorithm the service signs',
	async (type) => {
		const algorithms = { rsa2048: 'rsa-pss-sha256', ecdsa: 'ecdsa-p256', ed25519: 'ed25519' };
		bench.sent();
		const [answer] = await bench.get(
			'license.quickValidate',
			{ license: chosen(license.id), ...signed({ responsePublicKey: publicKeys()[type] }) },
			through(),
		);
		expect(answer.signature).toMatchObject({ valid: true, algorithm: algorithms[type] });
		expect(bench.sent()).toHaveLength(1);
	},
);

test.each(['license.validate', 'license.quickValidate'])(
	'a license named by a key with slashes and the like has its answer verified too (%s)',
	async (operation) => {
		const [policy] = bench.sandbox.seed({
			type: 'policies',
			attributes: { scheme: 'ED25519_SIGN' },
		});
		const [{ id, facts }] = bench.sandbox.seed({
			type: 'licenses',
			relationships: { policy: policy.id },
			attributes: { key: `key/${operation}+b~*!(c)'=.d e%2F` },
		});
		const [answer] = await bench.get(operation, {
			license: chosen(String(facts.key), 'key'),
			...signed(),
		});
		expect(answer).toMatchObject({ id, signature: { valid: true } });
	},
);

test('through a custom domain the key must be pasted, and then the answer is verified', async () => {
	const domain = await openWorkbench({
		customDomains: ['127.0.0.1'],
		keys: bench.sandbox.world.keys,
	});
	const credential = { host: 'customDomain', domain: domain.sandbox.url };
	const validate = async (options: object) =>
		await domain.run(
			'license.validateKey',
			{ licenseKey: 'X', ...signed(options) },
			{ credential },
		);
	expect((await validate({})).error?.message).toMatch(/cannot be fetched through a custom domain/);
	const { outputs } = await validate({ responsePublicKey: publicKeys().ed25519 });
	expect(outputs[0][0].json).toMatchObject({ code: 'NOT_FOUND', signature: { valid: true } });
});

test('a key that cannot be used is told before anything is sent', async () => {
	bench.sent();
	const { error } = await bench.run('license.validateKey', {
		licenseKey: license.facts.key,
		...signed({ responsePublicKey: 'no key' }),
	});
	expect(error?.message).toBe('The public key for the response cannot be used [item 0]');
	expect(bench.sent()).toEqual([]);
});

test('an answer from a clock that is off is refused, unless the tolerance allows it', async () => {
	for (const [minutes, code] of [
		[-10, 'DATE_TOO_OLD'],
		[10, 'DATE_IN_FUTURE'],
	] as const) {
		ahead = minutes * 60_000;
		const parameters = { license: chosen(license.id) };
		const { error } = await bench.run('license.validate', { ...parameters, ...signed() });
		expect(error?.message).toContain(`(${code})`);
		expect(error?.description).toContain("'Clock Tolerance (Seconds)'");
		const [answer] = await bench.get('license.validate', {
			...parameters,
			...signed({ clockTolerance: 900 }),
		});
		expect(answer.signature).toMatchObject({ valid: true });
	}
});

test('an answer that was compressed on the way is as good', async () => {
	between.change('/licenses', (answer) => {
		const body = gzipSync(answer.body);
		const { headers } = withHeader('content-length', () => String(body.length))(answer);
		return { ...answer, headers: [...headers, 'Content-Encoding', 'gzip'], body };
	});
	const [answer] = await bench.get(
		'license.validate',
		{ license: chosen(license.id), ...signed() },
		through(),
	);
	expect(answer).toMatchObject({ valid: true, signature: { valid: true } });
});

test('one bad answer of several fails alone, and the account is asked for its keys once', async () => {
	const ids = bench.sandbox.seed({ type: 'licenses', count: 5 }).map(({ id }) => id);
	between.change(
		ids[2],
		withBody((text) => `${text} `),
	);
	bench.sent();
	const { outputs } = await bench.run(
		'license.validate',
		{ license: chosen('={{ $json.id }}'), ...signed() },
		{
			...through(),
			items: ids.map((id) => ({ json: { id } })),
			settings: { onError: 'continueErrorOutput' },
		},
	);
	expect(outputs[0].map(({ json }) => json.id)).toEqual(ids.filter((_, index) => index !== 2));
	expect(outputs[1].map(({ json }) => json.error)).toMatchObject([
		{ valid: false, code: 'DIGEST_MISMATCH' },
	]);
	expect(bench.sent().filter((request) => request === 'GET ')).toHaveLength(1);
});
