import { verifyLicenseFile } from '../../../../nodes/Keygen/crypto/files/license-file';
import { verifyMachineFile } from '../../../../nodes/Keygen/crypto/files/machine-file';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import { signBytes } from '../../../../sandbox/keygen-signing/account-keys.mts';
import {
	armor,
	makeCheckedOutFile,
} from '../../../../sandbox/keygen-signing/checked-out-files.mts';
import * as fixture from './account.mts';
import {
	ALGORITHMS,
	FINGERPRINT,
	LICENSE_KEY,
	licenseDocument,
	machineDocument,
} from './account.mts';

const account = fixture.createAccount();
const options = { publicKeys: account.all, now: fixture.NOW, licenseKey: LICENSE_KEY };
const machineOptions = { ...options, fingerprint: FINGERPRINT };
const license = (algorithm: string, document: unknown = licenseDocument()) =>
	makeCheckedOutFile(account.keys, { kind: 'license', algorithm, document, secret: LICENSE_KEY });
const machine = (algorithm: string, document: unknown = machineDocument()) => {
	const secret = LICENSE_KEY + FINGERPRINT;
	return makeCheckedOutFile(account.keys, { kind: 'machine', algorithm, document, secret });
};
const inside = (file: string) => {
	const body = file.trim().split('\n').slice(1, -1).join('');
	return JSON.parse(Buffer.from(body, 'base64').toString()) as Record<string, string>;
};
const KEY_TYPES = {
	ed25519: 'ed25519',
	'rsa-pss-sha256': 'rsa',
	'rsa-sha256': 'rsa',
	'ecdsa-p256': 'p256',
};
const UNPROVEN = { valid: false, authentic: false, document: null, issued: null, expiry: null };

describe.each(['aes-256-gcm', 'base64'])('files encoded with %s', (encoding) => {
	test.each(ALGORITHMS)('and signed with %s give their document', (signing) => {
		const algorithm = `${encoding}+${signing}`;
		const times = { issued: fixture.ISSUED, expiry: fixture.EXPIRY, ttl: 2678400 };
		const expected = { valid: true, code: 'VALID', authentic: true, algorithm, ...times };
		expect(verifyLicenseFile(license(algorithm), options)).toEqual({
			...expected,
			detail: expect.any(String) as string,
			document: licenseDocument(),
		});
		expect(verifyMachineFile(Buffer.from(machine(algorithm)), machineOptions)).toMatchObject({
			...expected,
			document: machineDocument(),
		});
	});

	test('are refused with the key of another account', () => {
		const publicKeys = fixture.createAccount().all;
		for (const signing of ALGORITHMS) {
			const result = verifyLicenseFile(license(`${encoding}+${signing}`), {
				...options,
				publicKeys,
			});
			expect(result).toMatchObject({ ...UNPROVEN, code: 'SIGNATURE_INVALID' });
		}
	});

	test('are refused as files of the other kind', () => {
		const algorithm = `${encoding}+ed25519`;
		const asMachine = license(algorithm).replaceAll('LICENSE FILE', 'MACHINE FILE');
		expect(verifyMachineFile(license(algorithm), machineOptions).code).toBe('WRONG_FILE_TYPE');
		expect(verifyMachineFile(asMachine, machineOptions)).toMatchObject({
			...UNPROVEN,
			code: 'SIGNATURE_INVALID',
		});
		const asLicense = machine(algorithm).replaceAll('MACHINE FILE', 'LICENSE FILE');
		expect(verifyLicenseFile(machine(algorithm), options).code).toBe('WRONG_FILE_TYPE');
		expect(verifyLicenseFile(asLicense, options).code).toBe('SIGNATURE_INVALID');
	});

	test('are refused when a part is taken from another file of the account', () => {
		const [one, two] = [licenseDocument(), licenseDocument({ issued: fixture.ISSUED })].map(
			(document) => inside(license(`${encoding}+ed25519`, document)),
		);
		const mixed = [
			{ ...one, enc: two.enc },
			{ ...one, sig: two.sig },
			{ ...one, sig: inside(machine(`${encoding}+ed25519`)).sig },
		];
		for (const parts of mixed) {
			const result = verifyLicenseFile(armor('license', JSON.stringify(parts)), options);
			expect(result).toMatchObject({ ...UNPROVEN, code: 'SIGNATURE_INVALID' });
		}
	});

	test('are refused when they name another algorithm than theirs', () => {
		for (const signing of ALGORITHMS) {
			for (const claimed of ALGORITHMS.filter((name) => name !== signing)) {
				const parts = {
					...inside(license(`${encoding}+${signing}`)),
					alg: `${encoding}+${claimed}`,
				};
				const file = armor('license', JSON.stringify(parts));
				expect(verifyLicenseFile(file, options)).toMatchObject({
					...UNPROVEN,
					code: 'SIGNATURE_INVALID',
				});
				// With only the right key, that key must not be tried with the claimed algorithm.
				const publicKeys = account.all.filter((key) => key.ok && key.type === KEY_TYPES[signing]);
				expect(verifyLicenseFile(file, { ...options, publicKeys }).valid).toBe(false);
			}
		}
	});
});

describe('time', () => {
	const at = (meta: object, now: string, more: object = {}) => {
		const file = license('base64+ed25519', licenseDocument(meta));
		return verifyLicenseFile(file, { ...options, now: Date.parse(now), ...more });
	};
	const meta = { issued: fixture.ISSUED, expiry: fixture.EXPIRY, ttl: 2678400 };

	test.each([
		['2026-02-10T08:00:00.000Z', 'VALID'],
		['2026-02-10T08:00:00.001Z', 'EXPIRED'],
		['2026-01-10T07:55:00.000Z', 'VALID'],
		['2026-01-10T07:54:59.999Z', 'NOT_YET_VALID'],
	])('at %s the file is %s', (now, code) => {
		const result = at(meta, now);
		expect(result).toMatchObject({ valid: code === 'VALID', code, authentic: true, ...meta });
		expect(result.document).not.toBeNull();
	});

	test('the tolerance for the beginning can be set', () => {
		const now = '2026-01-10T07:59:50.000Z';
		expect(at(meta, now, { clockToleranceSeconds: 10 }).code).toBe('VALID');
		expect(at(meta, now, { clockToleranceSeconds: 9 }).code).toBe('NOT_YET_VALID');
	});

	test('a file without end stays valid', () => {
		const endless = { issued: fixture.ISSUED, expiry: null, ttl: null };
		expect(at(endless, '2199-01-01T00:00:00Z')).toMatchObject({ valid: true, expiry: null });
		expect(at({ issued: fixture.ISSUED }, '2199-01-01T00:00:00Z').valid).toBe(true);
	});

	test('a ttl counts from the issue where no expiry is stated', () => {
		const ttlOnly = { issued: fixture.ISSUED, expiry: null, ttl: 3600 };
		expect(at(ttlOnly, '2026-01-10T09:00:00.000Z').code).toBe('VALID');
		expect(at(ttlOnly, '2026-01-10T09:00:00.001Z').code).toBe('EXPIRED');
	});

	test('times with another zone are the same times', () => {
		const zoned = { ...meta, expiry: '2026-02-10T09:00:00.000+01:00' };
		expect(at(zoned, '2026-02-10T08:00:00.000Z').code).toBe('VALID');
		expect(at(zoned, '2026-02-10T08:00:00.001Z').code).toBe('EXPIRED');
	});

	test.each([
		['no meta', undefined],
		['no issue', { expiry: fixture.EXPIRY }],
		['an issue that is no time', { ...meta, issued: 'January' }],
		['an expiry that is no time', { ...meta, expiry: 'never' }],
		['an expiry without a zone', { ...meta, expiry: '2026-02-10T08:00:00' }],
		['an expiry that is a number', { ...meta, expiry: 4102444800 }],
		['a ttl that is text', { ...meta, ttl: '3600' }],
		['a negative ttl', { issued: fixture.ISSUED, ttl: -1 }],
	])('a signed file with %s is refused, not taken for endless', (_name, stated) => {
		const document = { ...licenseDocument(), meta: stated };
		const file = license('base64+ed25519', document);
		expect(verifyLicenseFile(file, options)).toMatchObject({ valid: false, code: 'MALFORMED' });
	});

	test('a clock that is no number is the fault of the caller', () => {
		expect(() => at(meta, 'whenever')).toThrow(TypeError);
	});
});

describe('secrets', () => {
	test('a missing one is told apart from a wrong one', () => {
		const file = license('aes-256-gcm+ed25519');
		const codeWith = (licenseKey?: string) =>
			verifyLicenseFile(file, { ...options, licenseKey }).code;
		expect(codeWith(undefined)).toBe('SECRET_REQUIRED');
		expect(codeWith('')).toBe('SECRET_REQUIRED');
		expect(codeWith('another')).toBe('DECRYPTION_FAILED');
	});

	test('a machine file needs both, and says that it is genuine all the same', () => {
		const file = machine('aes-256-gcm+ed25519');
		const { publicKeys, now } = options;
		const expected = { authentic: true, document: null };
		const only = { publicKeys, now, fingerprint: FINGERPRINT };
		expect(verifyMachineFile(file, options)).toMatchObject({
			...expected,
			code: 'SECRET_REQUIRED',
		});
		expect(verifyMachineFile(file, only).code).toBe('SECRET_REQUIRED');
		const wrong = { ...machineOptions, fingerprint: 'other' };
		expect(verifyMachineFile(file, wrong)).toMatchObject({
			...expected,
			code: 'DECRYPTION_FAILED',
		});
	});

	test('another cut of key and fingerprint decrypts, but is not that machine', () => {
		const shifted = {
			...options,
			licenseKey: LICENSE_KEY + FINGERPRINT.slice(0, 2),
			fingerprint: FINGERPRINT.slice(2),
		};
		const result = verifyMachineFile(machine('aes-256-gcm+ed25519'), shifted);
		expect(result).toMatchObject({ valid: false, code: 'FINGERPRINT_MISMATCH', authentic: true });
	});

	test('plain files are held against key and fingerprint, too', () => {
		const plain = 'base64+ed25519';
		const licenseKey = 'another';
		expect(verifyLicenseFile(license(plain), { ...options, licenseKey }).code).toBe(
			'LICENSE_MISMATCH',
		);
		expect(verifyMachineFile(machine(plain), { ...machineOptions, licenseKey }).code).toBe(
			'LICENSE_MISMATCH',
		);
		const fingerprint = 'another';
		expect(verifyMachineFile(machine(plain), { ...options, fingerprint }).code).toBe(
			'FINGERPRINT_MISMATCH',
		);
	});

	test('plain files need neither', () => {
		const { publicKeys, now } = options;
		expect(verifyLicenseFile(license('base64+ed25519'), { publicKeys, now }).valid).toBe(true);
		expect(verifyMachineFile(machine('base64+ed25519'), { publicKeys, now }).valid).toBe(true);
	});

	test('answers never contain a secret', () => {
		const licenseKey = 'SECRET-LICENSE-KEY';
		const result = verifyLicenseFile(license('aes-256-gcm+ed25519'), { ...options, licenseKey });
		expect(JSON.stringify(result)).not.toContain(licenseKey);
	});
});

describe('keys', () => {
	test('the algorithm of the file decides which key is used', () => {
		const file = license('base64+rsa-pss-sha256');
		expect(verifyLicenseFile(file, { ...options, publicKeys: account.rsa }).valid).toBe(true);
		expect(verifyLicenseFile(file, { ...options, publicKeys: account.ed25519 })).toMatchObject({
			...UNPROVEN,
			code: 'KEY_MISMATCH',
			algorithm: 'base64+rsa-pss-sha256',
		});
		const publicKeys = importPublicKey('');
		expect(verifyLicenseFile(file, { ...options, publicKeys }).code).toBe('INVALID_PUBLIC_KEY');
	});

	test('an algorithm that the caller insists on must be the one of the file', () => {
		const file = license('base64+rsa-pss-sha256');
		const insist = (algorithm: (typeof ALGORITHMS)[number]) =>
			verifyLicenseFile(file, { ...options, algorithm }).code;
		expect(insist('rsa-pss-sha256')).toBe('VALID');
		expect(insist('ed25519')).toBe('ALGORITHM_MISMATCH');
	});
});

describe('the form', () => {
	const file = license('aes-256-gcm+ed25519');
	const parts = inside(file);
	const codeOf = (text: string) => verifyLicenseFile(text, options).code;
	const rewrapped = (json: string) => codeOf(armor('license', json));

	test.each([
		['Windows line ends', file.replaceAll('\n', '\r\n')],
		['lost line breaks', file.replaceAll('\n', '')],
		['other line lengths', file.replaceAll('\n', '').replace(/(.{76})/g, '$1\n')],
		['an indent', file.replace('\n', '\n ')],
		['blanks around', `\n  ${file}  \n`],
	])('%s do not matter', (_name, text) => {
		expect(codeOf(text.replace('FILE-----ey', 'FILE-----\ney'))).toBe('VALID');
	});

	test.each([
		['no armor', file.split('\n').slice(1, -2).join('\n')],
		['a first line only', file.split('\n').slice(0, -2).join('\n')],
		['a last line of the other kind', file.replace('END LICENSE', 'END MACHINE')],
		['two files', file + file],
		['a blank inside a line', file.replace(/\n(.{30})/, '\n$1 ')],
		['text before it', `Your license:\n${file}`],
		['other armor', file.replaceAll('LICENSE FILE', 'CERTIFICATE')],
		['small letters', file.toLowerCase()],
	])('%s is malformed', (_name, text) => {
		expect(codeOf(text)).toBe('MALFORMED');
	});

	test.each([
		['blanks in the JSON', JSON.stringify(parts, null, 1)],
		['another part', JSON.stringify({ ...parts, kid: '1' })],
		['a repeated part', JSON.stringify(parts).replace('{', '{"enc":"YQ==",')],
		['a part less', JSON.stringify({ enc: parts.enc, alg: parts.alg })],
		['a part that is no text', JSON.stringify({ ...parts, sig: 1 })],
		['an escaped character', JSON.stringify(parts).replace('"alg"', '"\\u0061lg"')],
		[
			'a signature in the other alphabet',
			JSON.stringify({ ...parts, sig: flipAlphabet(parts.sig) }),
		],
		['a signature without padding', JSON.stringify({ ...parts, sig: parts.sig.replace('=', '') })],
		['an empty signature', JSON.stringify({ ...parts, sig: '' })],
		['an array', JSON.stringify([parts])],
		['null', 'null'],
		['nothing', ''],
	])('%s is malformed', (_name, json) => {
		expect(rewrapped(json)).toBe('MALFORMED');
	});

	test.each([
		'aes-256-gcm',
		'ed25519',
		'+',
		'aes-128-gcm+ed25519',
		'aes-256-gcm+ed448',
		'none+none',
		'aes-256-gcm+ed25519+v2',
		'AES-256-GCM+ED25519',
		'base64+none',
		'base64+toString',
	])('the algorithm %j is not supported', (alg) => {
		expect(rewrapped(JSON.stringify({ ...parts, alg }))).toBe('UNSUPPORTED_ALGORITHM');
	});

	test('a signed payload of the wrong shape is refused after its signature', () => {
		const [ciphertext, iv, tag] = parts.enc.split('.');
		const cut = Buffer.from(tag, 'base64').subarray(0, 12).toString('base64');
		for (const enc of [
			`${ciphertext}.${iv}`,
			`${ciphertext}.${iv}.${cut}`,
			`${ciphertext}.${tag}.${tag}`,
			`${ciphertext}.${iv}.${tag}.`,
			`${ciphertext} .${iv}.${tag}`,
			'',
		]) {
			const sig = signBytes(account.keys, 'ed25519', Buffer.from(`license/${enc}`));
			const json = JSON.stringify({ ...parts, enc, sig: sig.toString('base64') });
			const result = verifyLicenseFile(armor('license', json), options);
			expect(result).toMatchObject({ valid: false, authentic: true, code: 'MALFORMED' });
		}
	});

	test('a payload that was exchanged under a new signature does not decrypt', () => {
		const [ciphertext, iv, tag] = parts.enc.split('.');
		const bytes = Buffer.from(ciphertext, 'base64');
		bytes[10] ^= 1;
		const enc = [bytes.toString('base64'), iv, tag].join('.');
		const sig = signBytes(account.keys, 'ed25519', Buffer.from(`license/${enc}`));
		const json = JSON.stringify({ ...parts, enc, sig: sig.toString('base64') });
		expect(rewrapped(json)).toBe('DECRYPTION_FAILED');
	});

	test.each([
		['another type', { ...licenseDocument(), data: machineDocument().data }],
		['no attributes', { ...licenseDocument(), data: { type: 'licenses' } }],
		['a list', { ...licenseDocument(), data: [licenseDocument().data] }],
		['text', 'license'],
		['deep nesting', nested(40)],
	])('a signed document of %s is refused', (_name, document) => {
		const result = verifyLicenseFile(license('base64+ed25519', document), options);
		expect(result).toMatchObject({ valid: false, authentic: true, code: 'MALFORMED' });
	});
});

function flipAlphabet(base64: string): string {
	const flipped = base64.replaceAll('+', '-').replaceAll('/', '_');
	return flipped === base64 ? `${base64}-` : flipped;
}

function nested(depth: number) {
	let metadata: unknown = 'deep';
	for (let i = 0; i < depth; i++) metadata = { metadata };
	const document = licenseDocument();
	return { ...document, data: { ...document.data, attributes: { metadata } } };
}
