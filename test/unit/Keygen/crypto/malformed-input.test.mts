import * as crypto from 'node:crypto';
import fc from 'fast-check';
import { verifyLicenseFile } from '../../../../nodes/Keygen/crypto/files/license-file';
import {
	LICENSE_KEY_SCHEMES,
	verifyLicenseKey,
} from '../../../../nodes/Keygen/crypto/keys/license-key';
import { verifyMachineFile } from '../../../../nodes/Keygen/crypto/files/machine-file';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import { verifyResponse } from '../../../../nodes/Keygen/crypto/http/response-signature';
import {
	armor,
	makeCheckedOutFile,
} from '../../../../sandbox/keygen-signing/checked-out-files.mts';
import { makeLicenseKey } from '../../../../sandbox/keygen-signing/license-keys.mts';
import {
	createAccount,
	FINGERPRINT,
	LICENSE_KEY,
	licenseDocument,
	machineDocument,
	NOW,
} from './account.mts';

const account = createAccount();
const options = {
	publicKeys: account.all,
	now: NOW,
	licenseKey: LICENSE_KEY,
	fingerprint: FINGERPRINT,
};
const MEBIBYTE = 1024 * 1024;

const verifiers = {
	'license key': (input: string | Uint8Array) => verifyLicenseKey(input, options),
	'license file': (input: string | Uint8Array) => verifyLicenseFile(input, options),
	'machine file': (input: string | Uint8Array) => verifyMachineFile(input, options),
};

const key = (scheme: string) => makeLicenseKey(account.keys, scheme, '{"id":"l-1"}');
const plainFile = makeCheckedOutFile(account.keys, {
	kind: 'license',
	algorithm: 'base64+ed25519',
	document: licenseDocument(),
});
const encryptedFile = makeCheckedOutFile(account.keys, {
	kind: 'machine',
	algorithm: 'aes-256-gcm+rsa-sha256',
	document: machineDocument(),
	secret: LICENSE_KEY + FINGERPRINT,
});
const verifierOf = (text: string) =>
	text === plainFile
		? verifiers['license file']
		: text === encryptedFile
			? verifiers['machine file']
			: verifiers['license key'];
const genuine = [plainFile, encryptedFile, ...LICENSE_KEY_SCHEMES.map(key)];

function refusedByAll(input: string | Uint8Array): void {
	for (const verify of Object.values(verifiers)) {
		expect(verify(input)).toMatchObject({ valid: false, code: expect.any(String) as string });
	}
	expect(importPublicKey(input)).toMatchObject({ ok: false });
}

describe('what is no license key or file is refused with a code, never with an exception', () => {
	test('any text', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), refusedByAll));
	});

	test('any bytes', () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), refusedByAll));
	});

	test('text in the shapes of the real ones', () => {
		const base64 = fc.base64String({ maxLength: 400 });
		const shapes = [
			fc.tuple(base64, base64).map(([a, b]) => `key/${a}.${b}`),
			fc.tuple(base64, base64).map(([a, b]) => `${a}.${b}`),
			fc.tuple(base64, base64, base64).map((parts) => parts.join('.')),
			base64,
			fc.json().map((json) => armor('license', json)),
			fc
				.record({ enc: base64, sig: base64, alg: fc.constant('aes-256-gcm+ed25519') })
				.map((parts) => armor('machine', JSON.stringify(parts))),
		];
		fc.assert(fc.property(fc.oneof(...shapes), refusedByAll), { numRuns: 1000 });
	});

	test('anything but text and bytes', () => {
		for (const input of [undefined, null, 1, {}, [], true, { toString: () => genuine[2] }]) {
			refusedByAll(input as unknown as string);
		}
	});

	test('every truncation, at either end', () => {
		for (const text of genuine) {
			const verify = verifierOf(text);
			expect(verify(text).valid).toBe(true);
			for (let at = 1; at < text.length; at++) {
				const [head, tail] = [text.slice(0, at), text.slice(at)];
				// The last line break is no part of a file.
				if (head.trim() !== text.trim()) expect(verify(head)).toMatchObject({ valid: false });
				expect(verify(tail)).toMatchObject({ valid: false });
			}
		}
	});

	test('a character put in, taken out or exchanged anywhere', () => {
		const characters = fc.constantFrom(...'Aa0+/-_=.\n\r\t "\\\u0000\u0141\u2028é');
		const edits = fc.tuple(fc.nat(), fc.nat(1), fc.option(characters, { nil: '' }));
		fc.assert(
			fc.property(fc.constantFrom(...genuine), edits, (text, [position, removed, added]) => {
				const at = position % text.length;
				const changed = text.slice(0, at) + added + text.slice(at + removed);
				// Blanks around, and line breaks with the blanks beside them, are no part of it.
				const essence = (whole: string) => whole.trim().replace(/[ \t]*[\r\n]+[ \t]*/g, '');
				fc.pre(essence(changed) !== essence(text));
				const verify = verifierOf(text);
				expect(verify(changed)).toMatchObject({ valid: false });
			}),
			{ numRuns: 20_000 },
		);
	});

	test('characters whose low byte is that of the right one', () => {
		for (const text of genuine) {
			const verify = verifierOf(text);
			for (let at = 0; at < text.length; at++) {
				const double = String.fromCharCode(text.charCodeAt(at) + 0x100);
				expect(verify(text.slice(0, at) + double + text.slice(at + 1)).valid).toBe(false);
			}
		}
	});
});

describe('large and deep input', () => {
	const million = MEBIBYTE - 100;
	const large: Record<string, string> = {
		blanks: ' '.repeat(million),
		'line breaks': '\n'.repeat(million),
		'blanks between letters': `a${' '.repeat(million)}a`,
		'base64 letters': 'A'.repeat(million),
		dots: '.'.repeat(million),
		'a random key of many parts': 'ABCDEF-'.repeat(million / 7),
		'a key of one long part': `key/${'A'.repeat(million - 100)}.${'A'.repeat(86)}==`,
		'a key with a long signature': `key/YQ==.${'A'.repeat(million - 100)}`,
		'a token with a long claim': `eyJhbGciOiJSUzI1NiJ9.${'A'.repeat(million - 400)}.AAAA`,
		'first lines': '-----BEGIN LICENSE FILE-----\n'.repeat(million / 30),
		hyphens: '-'.repeat(million),
		'an armored mass': armor('license', ' '.repeat(million * 0.7)),
		'armored brackets': armor('license', '['.repeat(million * 0.7)),
		'armored objects': armor('machine', '{"enc":'.repeat((million * 0.7) / 7)),
		'armored members': armor('license', `{${'"k":1,'.repeat(million / 10)}"k":1}`),
		'a token with many members': `${Buffer.from(`{${'"k":1,'.repeat(million / 10)}"alg":"RS256"}`).toString('base64url')}.e30.AAAA`,
		'armored quotes': armor('machine', '"\\'.repeat((million * 0.7) / 2)),
		'an armored payload': armor(
			'license',
			JSON.stringify({ enc: 'A'.repeat(million * 0.6), sig: 'AAAA', alg: 'base64+ed25519' }),
		),
		'an armored payload of parts': armor(
			'license',
			JSON.stringify({ enc: '.'.repeat(million * 0.6), sig: 'AAAA', alg: 'aes-256-gcm+ed25519' }),
		),
		'a PEM of blanks': `-----BEGIN PUBLIC KEY-----${' '.repeat(million - 100)}`,
	};

	test.each(Object.keys(large))('just below the limit, %s are refused', (name) => {
		expect(large[name].length).toBeLessThanOrEqual(MEBIBYTE);
		refusedByAll(large[name]);
		refusedByAll(Buffer.from(large[name]));
	});

	test('beyond the limit nothing is looked at', () => {
		for (const verify of Object.values(verifiers)) {
			expect(verify('A'.repeat(MEBIBYTE + 1)).code).toBe('TOO_LARGE');
			expect(verify(Buffer.alloc(MEBIBYTE + 1, 0x41)).code).toBe('TOO_LARGE');
		}
	});

	test('a genuine key and a genuine file of nearly the limit are valid', () => {
		const seed = 'x'.repeat(700_000);
		const long = makeLicenseKey(account.keys, 'ED25519_SIGN', seed);
		expect(verifiers['license key'](long)).toMatchObject({ valid: true, data: seed });
		const document = { ...licenseDocument(), included: ['x'.repeat(500_000)] };
		const checkOut = { kind: 'license', algorithm: 'base64+ed25519', document } as const;
		const file = makeCheckedOutFile(account.keys, checkOut);
		expect(verifiers['license file'](file)).toMatchObject({ valid: true, document });
	});

	test('a response of a million brackets has no nonce', () => {
		const body = Buffer.from('['.repeat(MEBIBYTE));
		const headers = {};
		const url = 'https://api.keygen.sh/v1/me';
		const given = { ...options, algorithm: 'ed25519', nonce: 1 } as const;
		expect(verifyResponse({ method: 'GET', url, headers, body }, given).valid).toBe(false);
	});

	// Counted in the bytes that go through the primitives, not in time: a constant factor at every
	// size means that the work grows with the input and not faster.
	test('the work is a small multiple of the input, at every size', () => {
		for (const text of [...Object.values(large), plainFile.repeat(100), genuine[2].repeat(1000)]) {
			for (const part of [1, 1 / 4, 1 / 16, 1 / 64]) {
				const half = Math.floor((text.length * part) / 2);
				const input = text.slice(0, half) + text.slice(-half);
				for (const verify of Object.values(verifiers)) {
					expect(bytesWorkedOn(() => verify(input))).toBeLessThan(8 * input.length + 10_000);
				}
			}
		}
	});
});

/** The bytes handed to the decoders, the parser and the hashes while something runs. */
function bytesWorkedOn(work: () => unknown): number {
	let bytes = 0;
	const lengthOf = (value: unknown) => {
		if (typeof value === 'string') return value.length;
		return value instanceof Uint8Array ? value.byteLength : 0;
	};
	const spies = [
		count(Buffer, 'from', (args) => lengthOf(args[0])),
		count(JSON, 'parse', (args) => lengthOf(args[0])),
		count(Buffer.prototype, 'toString', (_args, self) => lengthOf(self)),
		count(String.prototype, 'replace', (_args, self) => lengthOf(String(self))),
		count(String.prototype, 'charCodeAt', () => 1),
		count(crypto.Hash.prototype, 'update', (args) => lengthOf(args[0])),
	];
	function count(target: object, name: string, size: (args: unknown[], self: unknown) => number) {
		const members = target as Record<string, (...args: unknown[]) => unknown>;
		const original = members[name];
		return jest.spyOn(members, name).mockImplementation(function (this: unknown, ...args) {
			bytes += size(args, this);
			return original.apply(this, args);
		});
	}
	try {
		work();
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
	return bytes;
}
