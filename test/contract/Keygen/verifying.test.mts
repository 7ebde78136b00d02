import { createPublicKey, type KeyObject } from 'node:crypto';

import { publishedKeys } from '../../../sandbox/keygen-signing/account-keys.mts';
import { armor, makeCheckedOutFile } from '../../../sandbox/keygen-signing/checked-out-files.mts';
import { makeLicenseKey } from '../../../sandbox/keygen-signing/license-keys.mts';
import { publicKeysOf } from '../../../sandbox/keygen/state/signing.mts';
import type { Document } from '../json-api.mts';
import type { NodeRunResult } from '../../../sandbox/n8n/engine.mts';
import { chosen, openWorkbench, type Workbench } from './workbench.mts';

const MINUTE = 60_000;
const FINGERPRINT = 'aa:bb:cc';

let bench: Workbench;
let license: { id: string; facts: { key: string } };
let machine: { id: string };
let entitlement: { id: string };

beforeAll(async () => {
	bench = await openWorkbench();
	const { seed } = bench.sandbox;
	const [policy] = seed({ type: 'policies', attributes: { floating: true, maxMachines: 9 } });
	const [{ id, facts }] = seed({ type: 'licenses', relationships: { policy: policy.id } });
	license = { id, facts: { key: String(facts.key) } };
	const attributes = { fingerprint: FINGERPRINT };
	[machine] = seed({ type: 'machines', attributes, relationships: { license: license.id } });
	[entitlement] = seed({ type: 'entitlements', attributes: { code: 'EXPORT' } });
	const relationships = { license: license.id, entitlement: entitlement.id };
	seed({ type: 'license-entitlements', relationships });
});

const keys = () => bench.sandbox.world.keys;
const pasted = (text: string) => ({ publicKeySource: 'pasted', publicKey: text });
const ed25519 = () => pasted(publicKeysOf(keys()).ed25519);
const keyOf = (scheme: string, seed = '{"id":"1"}') => makeLicenseKey(keys(), scheme, seed);

/** A file as the service would have made it at another time, or of another content. */
function fileOf(
	kind: 'license' | 'machine',
	{ issued = Date.now(), ttl = 3600 as number | null, algorithm = 'base64+ed25519' } = {},
): string {
	const expiry = ttl === null ? null : new Date(issued + ttl * 1000).toISOString();
	const attributes = kind === 'license' ? { key: 'KEY-OF-IT' } : { fingerprint: FINGERPRINT };
	const document = {
		data: { type: `${kind}s`, id: `${kind}-1`, attributes },
		meta: { issued: new Date(issued).toISOString(), expiry, ttl },
	};
	const secret = `KEY-OF-IT${kind === 'machine' ? FINGERPRINT : ''}`;
	return makeCheckedOutFile(keys(), { kind, algorithm, document, secret });
}

/** A file of which one letter of the payload was changed, by somebody who knows the form. */
function tampered(file: string): string {
	const kind = file.includes('LICENSE') ? 'license' : 'machine';
	const inside = Buffer.from(file.replace(/-----.*-----/g, ''), 'base64').toString();
	const { enc, ...others } = JSON.parse(inside);
	return armor(kind, JSON.stringify({ enc: enc.replace(/[A-Y]/, 'Z'), ...others }));
}

test('an offline proof feeds directly into a verification', async () => {
	const { outputs } = await bench.run('machine.generateOfflineProof', {
		machine: chosen(machine.id),
	});
	const verify = async (offlineProof: string, more = {}) =>
		await bench.run('machine.verifyOfflineProof', { offlineProof, ...more }, { items: outputs[0] });
	const genuine = await verify('={{ $json.proof }}', pasted(publicKeysOf(keys()).rsa2048));
	expect(genuine.outputs[0][0].json).toMatchObject({
		valid: true,
		code: 'VALID',
		data: { machine: { id: machine.id, fingerprint: FINGERPRINT } },
	});
	const changed = await verify('={{ $json.proof.replace("proof/e", "proof/f") }}');
	expect(changed.outputs[0][0].json).toMatchObject({ valid: false, data: null });
	const stopped = await verify('proof/e30=.AAAA', { options: { stopOnInvalid: true } });
	expect(stopped.error?.message).toBe('The proof is not valid (SIGNATURE_INVALID) [item 0]');
	const nothing = await verify('={{ $json.missing }}');
	expect(nothing.error?.message).toBe("'Proof' is empty [item 0]");
});

describe('a check-out feeds directly into a verification', () => {
	const KINDS = [
		['license', 'licenseFile.verify', () => ({ license: chosen(license.id) })],
		['machine', 'machineFile.verify', () => ({ machine: chosen(machine.id) })],
	] as const;
	const secrets = () => ({ licenseKey: license.facts.key, fingerprint: FINGERPRINT });
	const SIGNED = ['ed25519', 'ecdsa-p256', 'rsa-sha256', 'rsa-pss-sha256'];

	describe.each(KINDS)('of a %s', (kind, verify, of) => {
		test.each(SIGNED.flatMap((signed) => [`base64+${signed}`, `aes-256-gcm+${signed}`]))(
			'with %s',
			async (algorithm) => {
				const encrypt = algorithm.startsWith('aes');
				const checkedOut = await bench.run(`${kind}.checkOut`, {
					...of(),
					additionalFields: { algorithm, encrypt },
				});
				const file = await bench.run(`${kind}.checkOutFile`, {
					...of(),
					additionalFields: { fileAlgorithm: algorithm, encryptFile: encrypt },
				});
				const raw = await bench.run(`${kind}.checkOut`, {
					...of(),
					simplify: false,
					additionalFields: { algorithm, encrypt },
				});
				const ways: Array<[NodeRunResult, object]> = [
					[checkedOut, {}],
					[file, {}],
					[file, { fileSource: 'binary' }],
					[raw, { certificate: '={{ $json.data.attributes.certificate }}' }],
				];
				for (const [{ outputs }, parameters] of ways) {
					const given = encrypt ? secrets() : {};
					const [verdict] = await bench.get(verify, { ...given, ...parameters } as never, {
						items: outputs[0],
					});
					expect(verdict).toMatchObject({
						valid: true,
						code: 'VALID',
						authentic: true,
						algorithm,
						[kind]: { id: kind === 'license' ? license.id : machine.id },
					});
				}
				const { issued, expiry, ttl } = checkedOut.outputs[0][0].json;
				const [same] = await bench.get(verify, encrypt ? secrets() : {}, {
					items: checkedOut.outputs[0],
				});
				expect(same).toMatchObject({ issued, expiry, ttl });
			},
			30_000,
		);
	});

	test('with what was included in the file', async () => {
		const { outputs } = await bench.run('license.checkOut', {
			license: chosen(license.id),
			additionalFields: { fileInclude: ['entitlements', 'policy'] },
		});
		const [simple] = await bench.get('licenseFile.verify', {}, { items: outputs[0] });
		const included = simple.included as Array<{ type: string }>;
		expect(included.map(({ type }) => type).sort()).toEqual(['entitlements', 'policies']);
		expect(simple.included).toContainEqual(
			expect.objectContaining({ id: entitlement.id, code: 'EXPORT' }),
		);
		const [raw] = await bench.get<{ document: Document }>(
			'licenseFile.verify',
			{ simplify: false },
			{ items: outputs[0] },
		);
		expect(raw.document.data).toMatchObject({ type: 'licenses', id: license.id });
		expect(raw.document.included).toContainEqual(
			expect.objectContaining({ attributes: expect.objectContaining({ code: 'EXPORT' }) }),
		);
		expect(raw).not.toHaveProperty('license');
	});
});

describe('a license key', () => {
	const SCHEMES = [
		'ED25519_SIGN',
		'ECDSA_P256_SIGN',
		'RSA_2048_PKCS1_SIGN_V2',
		'RSA_2048_PKCS1_PSS_SIGN_V2',
		'RSA_2048_PKCS1_SIGN',
		'RSA_2048_PKCS1_PSS_SIGN',
		'RSA_2048_PKCS1_ENCRYPT',
		'RSA_2048_JWT_RS256',
	];

	test.each(SCHEMES)(
		'of %s that the service made is valid, and another is not',
		async (scheme) => {
			const [product] = bench.sandbox.seed({ type: 'products' });
			const [policy] = await bench.get('policy.create', {
				product: chosen(product.id),
				name: scheme,
				additionalFields: { scheme },
			});
			const given = scheme.endsWith('ENCRYPT') ? { key: '{"id":"short"}' } : {};
			const [{ id, key }] = await bench.get<{ id: string; key: string }>('license.create', {
				policy: chosen(policy.id),
				additionalFields: given,
			});
			const [verdict] = await bench.get('license.verifyKey', { signedLicenseKey: key });
			expect(verdict).toMatchObject({ valid: true, code: 'VALID', scheme, dataFormat: 'json' });
			const data = verdict.data as { id?: string; sub?: string; license?: { id: string } };
			expect(data.license?.id ?? data.sub ?? data.id).toBe(given.key ? 'short' : id);
			const other = key.slice(0, -8) + (key.at(-8) === 'A' ? 'B' : 'A') + key.slice(-7);
			expect(await bench.get('license.verifyKey', { signedLicenseKey: other })).toMatchObject([
				{ valid: false, data: null, scheme: null },
			]);
		},
		30_000,
	);

	test('that holds text gives it as text', async () => {
		const items = ['plain words', '{"broken'].map((seed) => ({
			json: { key: keyOf('ED25519_SIGN', seed) },
		}));
		const verdicts = await bench.get(
			'license.verifyKey',
			{ signedLicenseKey: '={{ $json.key }}' },
			{ items },
		);
		expect(verdicts).toMatchObject([
			{ valid: true, data: 'plain words', dataFormat: 'text' },
			{ valid: true, data: '{"broken', dataFormat: 'text' },
		]);
	});

	test('without a signature, or of another scheme than the given one, says so', async () => {
		const verify = async (signedLicenseKey: string, options = {}) =>
			(await bench.get('license.verifyKey', { signedLicenseKey, options }))[0].code;
		expect(await verify('C1B6DE-39A6E3-DE1529-8559A0-4AF593-V3')).toBe('NOT_SIGNED');
		const key = keyOf('ED25519_SIGN');
		expect(await verify(key, { keyScheme: 'ED25519_SIGN' })).toBe('VALID');
		expect(await verify(key, { keyScheme: 'ECDSA_P256_SIGN' })).toBe('SCHEME_MISMATCH');
	});

	test('that is a token is held against the moment and the tolerance', async () => {
		const seconds = Math.floor(Date.now() / 1000);
		const claims = { sub: '1', nbf: seconds + 600, exp: seconds + 7200 };
		const signedLicenseKey = keyOf('RSA_2048_JWT_RS256', JSON.stringify(claims));
		const code = async (options: object) =>
			(await bench.get('license.verifyKey', { signedLicenseKey, options } as never))[0].code;
		const at = (time: number) => ({ verifyAt: new Date(time * 1000).toISOString() });
		expect(await code({})).toBe('NOT_YET_VALID');
		expect(await code({ clockTolerance: 900 })).toBe('VALID');
		expect(await code(at(claims.nbf))).toBe('VALID');
		expect(await code(at(claims.exp + 1))).toBe('EXPIRED');
	});
});

describe('the public key', () => {
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	const der = (key: KeyObject) =>
		createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
	const pem = (key: KeyObject) =>
		createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();
	const FORMATS: Array<[string, string, () => string]> = [
		['64 hexadecimal digits', 'ED25519_SIGN', () => publicKeysOf(keys()).ed25519],
		['their capitals', 'ED25519_SIGN', () => publicKeysOf(keys()).ed25519.toUpperCase()],
		['what the account shows as Ed25519', 'ED25519_SIGN', () => publishedKeys(keys()).keys.ed25519],
		['a PEM of Ed25519', 'ED25519_SIGN', () => pem(keys().ed25519)],
		['base64 of DER of Ed25519', 'ED25519_SIGN', () => der(keys().ed25519)],
		['a PEM of ECDSA', 'ECDSA_P256_SIGN', () => publicKeysOf(keys()).ecdsa],
		['what the account shows as ECDSA', 'ECDSA_P256_SIGN', () => publishedKeys(keys()).keys.ecdsa],
		['a PEM of RSA', 'RSA_2048_PKCS1_SIGN_V2', () => publicKeysOf(keys()).rsa2048],
		[
			'a PEM that lost its lines',
			'RSA_2048_JWT_RS256',
			() => pem(keys().rsa).replaceAll('\n', ' '),
		],
		[
			'a PEM whose lines are escaped',
			'RSA_2048_JWT_RS256',
			() => pem(keys().rsa).replaceAll('\n', '\\n'),
		],
		['base64 of the PEM', 'RSA_2048_PKCS1_PSS_SIGN_V2', () => base64(pem(keys().rsa))],
		['base64 of DER of RSA', 'RSA_2048_PKCS1_ENCRYPT', () => der(keys().rsa)],
	];

	test.each(FORMATS)('can be pasted as %s, and nothing is sent', async (_, scheme, text) => {
		bench.sent();
		const parameters = { signedLicenseKey: keyOf(scheme), ...pasted(text()) };
		for (const credential of [null, undefined]) {
			expect(await bench.get('license.verifyKey', parameters, { credential })).toMatchObject([
				{ valid: true, scheme },
			]);
		}
		expect(bench.sent()).toEqual([]);
	});

	test('can be pasted for files, and nothing is sent', async () => {
		bench.sent();
		for (const kind of ['license', 'machine'] as const) {
			const parameters = { certificate: fileOf(kind), ...ed25519() };
			expect(await bench.get(`${kind}File.verify`, parameters, { credential: null })).toMatchObject(
				[{ valid: true, [kind]: { id: `${kind}-1` } }],
			);
		}
		expect(bench.sent()).toEqual([]);
	});

	test('of the account is asked for once in a run, and never without need', async () => {
		const items = Array.from({ length: 50 }, () => ({ json: { key: keyOf('ED25519_SIGN') } }));
		bench.sent();
		const parameters = { signedLicenseKey: '={{ $json.key }}' };
		expect(await bench.get('license.verifyKey', parameters, { items })).toHaveLength(50);
		expect(bench.sent()).toEqual(['GET ']);
	});

	test.each([
		['another one', () => 'ab'.repeat(32), 'SIGNATURE_INVALID'],
		['of another type', () => publicKeysOf(keys()).ecdsa, 'KEY_MISMATCH'],
		['cut off', () => publicKeysOf(keys()).ed25519.slice(2), 'INVALID_PUBLIC_KEY'],
		[
			'the private key',
			() => keys().ed25519.export({ format: 'pem', type: 'pkcs8' }).toString(),
			'INVALID_PUBLIC_KEY',
		],
	])('that is %s is an answer', async (_, text, code) => {
		const parameters = { signedLicenseKey: keyOf('ED25519_SIGN'), ...pasted(text()) };
		const [verdict] = await bench.get('license.verifyKey', parameters, { credential: null });
		expect(verdict).toMatchObject({ valid: false, code });
		expect(JSON.stringify(verdict)).not.toContain(text().slice(30, 60));
	});

	test('is asked of a server that holds one account too', async () => {
		const single = await openWorkbench({ mode: 'singleplayer', keys: keys() });
		expect(
			await single.get('license.verifyKey', { signedLicenseKey: keyOf('ED25519_SIGN') }),
		).toMatchObject([{ valid: true }]);
	});

	test('that cannot be had fails the items and says what to do', async () => {
		const parameters = { signedLicenseKey: keyOf('ED25519_SIGN') };
		const wrong = await bench.run('license.verifyKey', parameters, {
			credential: { token: 'x-v3' },
		});
		expect(wrong.error?.message).toBe('Keygen does not know the token [item 0]');
		const domain = await bench.run('license.verifyKey', parameters, {
			credential: { host: 'customDomain', domain: bench.sandbox.url },
		});
		expect(domain.error?.message).toMatch(/cannot be fetched through a custom domain/);
		expect(domain.error?.description).toMatch(/paste it/);
		const none = await bench.run('license.verifyKey', parameters, { credential: null });
		expect(none.error?.message).toMatch(/credential/i);
		const empty = await bench.run('license.verifyKey', {
			...parameters,
			...pasted('={{ $json.none }}'),
		});
		expect(empty.error?.message).toBe("'Public Key' is empty [item 0]");
	});
});

describe('what is not valid', () => {
	const certificate = '={{ $json.file }}';
	const items = () => [
		{ json: { file: fileOf('machine') } },
		{ json: { file: tampered(fileOf('machine')) } },
		{ json: { file: fileOf('machine', { issued: Date.now() - 180 * MINUTE }) } },
		{ json: { file: fileOf('license') } },
		{ json: { file: fileOf('machine') } },
	];
	const codes = ['VALID', 'SIGNATURE_INVALID', 'EXPIRED', 'WRONG_FILE_TYPE', 'VALID'];

	test('is an answer among others, in its place', async () => {
		const { outputs, error } = await bench.run(
			'machineFile.verify',
			{ certificate },
			{ items: items() },
		);
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ json }) => json.code)).toEqual(codes);
		expect(outputs[0].map(({ json }) => json.valid)).toEqual(codes.map((code) => code === 'VALID'));
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
			codes.map((_, item) => ({ item })),
		);
		for (const { json } of outputs[0]) expect(json.detail).toMatch(/^[A-Z].*\.$/);
	});

	test('stops the workflow where the user wants that', async () => {
		const parameters = { certificate, options: { stopOnInvalid: true } };
		const { error } = await bench.run('machineFile.verify', parameters, { items: items() });
		expect(error?.message).toMatch(
			/^The machine file is not valid \(SIGNATURE_INVALID\) \[item 1\]/,
		);
		expect(error?.description).toContain('The machine file is not valid (EXPIRED) [item 2]');
		const [good] = items();
		expect(await bench.get('machineFile.verify', parameters, { items: [good] })).toHaveLength(1);
	});

	test('takes the error branch where the user wants that', async () => {
		const { outputs } = await bench.run(
			'machineFile.verify',
			{ certificate, options: { stopOnInvalid: true } },
			{ items: items(), settings: { onError: 'continueErrorOutput' } },
		);
		expect(outputs[0].map(({ json }) => json.code)).toEqual(['VALID', 'VALID']);
		expect(outputs[1].map(({ json }) => json.error)).toMatchObject([
			{ valid: false, code: 'SIGNATURE_INVALID' },
			{ valid: false, code: 'EXPIRED' },
			{ valid: false, code: 'WRONG_FILE_TYPE' },
		]);
	});

	test('is never an error by its form: whoever sends it must not stop the workflow', async () => {
		const strange = [0, 7.5, true, {}, { a: 1 }, [], ['x'], 'x'.repeat(2 ** 21)];
		// Whatever is a text may be the key that a vendor brought.
		const unread = (operation: string, file: unknown) =>
			operation === 'license.verifyKey' && typeof file === 'number' ? 'NOT_SIGNED' : 'MALFORMED';
		const given = strange.map((file) => ({ json: { file } as never }));
		for (const [operation, parameters] of [
			['licenseFile.verify', { certificate }],
			['machineFile.verify', { certificate }],
			['license.verifyKey', { signedLicenseKey: certificate }],
		] as const) {
			const { outputs, error } = await bench.run(operation, parameters, { items: given });
			expect(error).toBeUndefined();
			expect(outputs[0].map(({ json }) => json.code)).toEqual([
				...strange.slice(0, -1).map((file) => unread(operation, file)),
				'TOO_LARGE',
			]);
		}
	});

	test.each([undefined, null, '', ' \n'])(
		'is no verdict where there is nothing: %j',
		async (file) => {
			for (const [operation, parameters, label] of [
				['licenseFile.verify', { certificate }, 'File'],
				['machineFile.verify', { certificate }, 'File'],
				['license.verifyKey', { signedLicenseKey: certificate }, 'License Key'],
			] as const) {
				const items = [{ json: { file } as never }];
				const { error } = await bench.run(operation, parameters, { items });
				expect(error?.message).toBe(`'${label}' is empty [item 0]`);
			}
			const { error } = await bench.run('machineFile.verify', {
				fileSource: 'binary',
				...ed25519(),
			});
			expect(error?.message).toBe("The item has no binary field 'data' [item 0]");
		},
	);

	test('can also be a file that is none', async () => {
		const binary = (data: Buffer, more: object = {}) => ({
			json: {},
			binary: { data: { data: data.toString('base64'), mimeType: 'text/plain', ...more } },
		});
		const given = [
			binary(Buffer.from([0, 255, 10])),
			binary(Buffer.alloc(2 ** 21, 65)),
			// As n8n describes a file that it keeps outside of the item.
			binary(Buffer.from('x'), { bytes: 2 ** 30, id: 'filesystem:none' }),
		];
		const parameters = { fileSource: 'binary', ...ed25519() };
		expect(await bench.get('machineFile.verify', parameters, { items: given })).toMatchObject([
			{ valid: false, code: 'MALFORMED' },
			{ valid: false, code: 'TOO_LARGE' },
			{ valid: false, code: 'TOO_LARGE' },
		]);
		const named = {
			json: {},
			binary: {
				upload: { data: Buffer.from(fileOf('machine')).toString('base64'), mimeType: 'text/plain' },
			},
		};
		expect(
			await bench.get(
				'machineFile.verify',
				{ ...parameters, inputBinaryField: 'upload' },
				{ items: [named] },
			),
		).toMatchObject([{ valid: true }]);
	});
});

describe('a file', () => {
	const code = async (kind: 'license' | 'machine', parameters: object) =>
		(await bench.get(`${kind}File.verify`, { ...ed25519(), ...parameters } as never))[0].code;

	test('is held against the moment and the tolerance', async () => {
		const certificate = fileOf('license', { issued: Date.now() + 10 * MINUTE, ttl: 7200 });
		const at = (minutes: number) => ({
			options: { verifyAt: new Date(Date.now() + minutes * MINUTE).toISOString() },
		});
		expect(await code('license', { certificate })).toBe('NOT_YET_VALID');
		expect(await code('license', { certificate, options: { clockTolerance: 1200 } })).toBe('VALID');
		expect(await code('license', { certificate, ...at(11) })).toBe('VALID');
		expect(await code('license', { certificate, ...at(131) })).toBe('EXPIRED');
		const endless = fileOf('license', { ttl: null });
		expect(await code('license', { certificate: endless, ...at(10 ** 7) })).toBe('VALID');
	});

	test('that has expired still shows what it says', async () => {
		const certificate = fileOf('license', { issued: Date.now() - 180 * MINUTE });
		expect(await bench.get('licenseFile.verify', { certificate })).toMatchObject([
			{ valid: false, code: 'EXPIRED', authentic: true, license: { id: 'license-1' } },
		]);
	});

	test('of another signature algorithm than the given one is refused', async () => {
		const certificate = fileOf('machine');
		for (const [signatureAlgorithm, expected] of [
			['ed25519', 'VALID'],
			['rsa-sha256', 'ALGORITHM_MISMATCH'],
		])
			expect(await code('machine', { certificate, options: { signatureAlgorithm } })).toBe(
				expected,
			);
	});

	test.each([
		['license', { licenseKey: 'KEY-OF-IT' }, 'VALID'],
		['license', { licenseKey: 'KEY-OF-ANOTHER' }, 'LICENSE_MISMATCH'],
		['license', {}, 'VALID'],
		['machine', { fingerprint: FINGERPRINT }, 'VALID'],
		['machine', { fingerprint: 'dd:ee' }, 'FINGERPRINT_MISMATCH'],
	] as const)('that is a plain %s file with %j is %s', async (kind, given, expected) => {
		expect(await code(kind, { certificate: fileOf(kind), ...given })).toBe(expected);
	});

	test.each([
		['license', { licenseKey: 'KEY-OF-IT' }, 'VALID'],
		['license', { licenseKey: 'KEY-OF-ANOTHER' }, 'DECRYPTION_FAILED'],
		['license', {}, 'SECRET_REQUIRED'],
		['machine', { licenseKey: 'KEY-OF-IT', fingerprint: FINGERPRINT }, 'VALID'],
		['machine', { licenseKey: 'KEY-OF-IT', fingerprint: 'dd:ee' }, 'DECRYPTION_FAILED'],
		['machine', { licenseKey: 'KEY-OF-IT' }, 'SECRET_REQUIRED'],
	] as const)('that is an encrypted %s file with %j is %s', async (kind, given, expected) => {
		const certificate = fileOf(kind, { algorithm: 'aes-256-gcm+ed25519' });
		expect(await code(kind, { certificate, ...given })).toBe(expected);
	});

	test('is not taken for the right one where the item lacks what it shall be compared with', async () => {
		const certificate = fileOf('machine');
		for (const json of [{}, { given: '' }, { given: null }, { given: {} }]) {
			const [verdict] = await bench.get(
				'machineFile.verify',
				{ certificate, fingerprint: '={{ $json.given }}' },
				{ items: [{ json: json as never }] },
			);
			expect(verdict).toMatchObject({
				valid: false,
				code: 'SECRET_REQUIRED',
				detail: 'The item has no fingerprint.',
				machine: null,
			});
		}
		const forged = tampered(certificate);
		const [verdict] = await bench.get('machineFile.verify', {
			certificate: forged,
			fingerprint: '={{ $json.given }}',
		});
		expect(verdict.code).toBe('SIGNATURE_INVALID');
	});
});

test('many checks in a row let the rest of n8n work in between', async () => {
	const key = keyOf('RSA_2048_PKCS1_PSS_SIGN_V2');
	const items = Array.from({ length: 6000 }, () => ({ json: { key } }));
	const parameters = {
		signedLicenseKey: '={{ $json.key }}',
		...pasted(publicKeysOf(keys()).rsa2048),
	};
	// Each turn of the event loop is one in which n8n could have answered somebody.
	let turns = 0;
	const timer = setInterval(() => (turns += 1), 1);
	const start = performance.now();
	const verdicts = await bench.get('license.verifyKey', parameters, { items });
	const elapsed = performance.now() - start;
	clearInterval(timer);
	expect(verdicts.every(({ valid }) => valid)).toBe(true);
	// However fast the machine is, none waits for long. Without pauses there is no turn at all.
	expect(turns).toBeGreaterThan(elapsed / 200);
}, 30_000);

describe('no trace is left', () => {
	const SECRET = 'SECRET-0f3c9d1e-KEY';
	/** All that n8n stores of the run but the items that came in. */
	const stored = ({ run, outputs, hints }: NodeRunResult) => {
		const { runData, error } = run.data.resultData;
		const [{ data, ...task }] = runData['Node Under Test'];
		const added = outputs.flat().map(({ json: { secret, file, ...json } }) => json);
		const { message, description, stack } = error ?? {};
		return JSON.stringify({ task, added, error, message, description, stack, hints });
	};

	test.each([
		{},
		{ onError: 'continueErrorOutput' as const },
		{ onError: 'continueRegularOutput' as const },
	])('of a secret that does not decrypt, with %j', async (settings) => {
		for (const stopOnInvalid of [true, false]) {
			for (const algorithm of ['base64+ed25519', 'aes-256-gcm+ed25519']) {
				const items = [{ json: { secret: SECRET, file: fileOf('license', { algorithm }) } }];
				const result = await bench.run(
					'licenseFile.verify',
					{
						certificate: '={{ $json.file }}',
						licenseKey: '={{ $json.secret }}',
						options: { stopOnInvalid },
					},
					{ items, settings },
				);
				expect(stored(result)).toMatch(/LICENSE_MISMATCH|DECRYPTION_FAILED/);
				expect(stored(result)).not.toContain(SECRET);
			}
		}
	});

	test('of a secret that does, where the document does not hold it', async () => {
		const file = fileOf('machine', { algorithm: 'aes-256-gcm+ed25519' });
		const result = await bench.run(
			'machineFile.verify',
			{
				certificate: '={{ $json.file }}',
				licenseKey: '={{ $json.secret }}',
				fingerprint: FINGERPRINT,
			},
			{ items: [{ json: { secret: 'KEY-OF-IT', file } }] },
		);
		expect(stored(result)).toContain('"VALID"');
		expect(stored(result)).not.toContain('KEY-OF-IT');
	});

	test('of a license key that is not valid', async () => {
		const [[data], [, signature]] = ['{"id":"2"}', '{"id":"1"}'].map((seed) =>
			keyOf('ED25519_SIGN', seed).split('.'),
		);
		const secret = `${data}.${signature}`;
		for (const stopOnInvalid of [true, false]) {
			const result = await bench.run(
				'license.verifyKey',
				{ signedLicenseKey: '={{ $json.secret }}', options: { stopOnInvalid } },
				{ items: [{ json: { secret } }] },
			);
			expect(stored(result)).toContain('SIGNATURE_INVALID');
			expect(stored(result)).not.toContain(signature);
		}
	});
});
