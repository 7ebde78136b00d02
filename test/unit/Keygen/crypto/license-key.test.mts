import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import {
	LICENSE_KEY_SCHEMES,
	verifyLicenseKey,
} from '../../../../nodes/Keygen/crypto/keys/license-key';
import type { LicenseKeyScheme } from '../../../../nodes/Keygen/crypto/keys/license-key';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import { signBytes } from '../../../../sandbox/keygen-signing/account-keys.mts';
import { makeLicenseKey } from '../../../../sandbox/keygen-signing/license-keys.mts';
import { signedHeaders } from '../../../../sandbox/keygen-signing/message-signatures.mts';
import { createAccount, NOW } from './account.mts';

const account = createAccount();
const other = createAccount();
const options = { publicKeys: account.all, now: NOW };
const verify = (key: string, more: object = {}) => verifyLicenseKey(key, { ...options, ...more });
const make = (scheme: string, seed: string) => makeLicenseKey(account.keys, scheme, seed);
const unpadded = (text: string | Buffer) => Buffer.from(text).toString('base64url');
const padded = (text: string | Buffer) => {
	return Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
};
const token = (header: string, claims: string) => {
	const input = `${unpadded(header)}.${unpadded(claims)}`;
	return `${input}.${unpadded(signBytes(account.keys, 'rsa-sha256', Buffer.from(input)))}`;
};

const NOTHING = { scheme: null, data: null, dataFormat: null };
const keyTypeOf = (scheme: string) => {
	if (scheme.startsWith('RSA')) return 'rsa';
	return scheme === 'ED25519_SIGN' ? 'ed25519' : 'p256';
};

describe.each([...LICENSE_KEY_SCHEMES])('a key of %s', (scheme: LicenseKeyScheme) => {
	const seed = '{"license":{"id":"l-1"},"seats":[1,2]}';
	const key = make(scheme, seed);

	test('is valid, its scheme found out or given', () => {
		const expected = { valid: true, code: 'VALID', scheme, data: JSON.parse(seed) };
		expect(verify(key)).toMatchObject(expected);
		expect(verify(key, { scheme })).toMatchObject(expected);
		expect(verify(key, { publicKeys: account[keyTypeOf(scheme)] })).toMatchObject(expected);
		expect(verify(` ${key}\r\n`)).toMatchObject(expected);
	});

	test('with a part of another key of the account is not', () => {
		const parts = key.split('.');
		const others = make(scheme, '{"license":{"id":"l-2"},"seats":[1,2]}').split('.');
		for (let at = 0; parts.length > 1 && at < parts.length; at++) {
			// The header of a token is the same in both.
			if (others[at] === parts[at]) continue;
			const mixed = parts.map((part, index) => (index === at ? others[index] : part)).join('.');
			expect(verify(mixed)).toMatchObject({ valid: false, code: 'SIGNATURE_INVALID', ...NOTHING });
		}
	});

	test('of another account is not', () => {
		const code = scheme === 'RSA_2048_PKCS1_ENCRYPT' ? 'DECRYPTION_FAILED' : 'SIGNATURE_INVALID';
		const foreign = makeLicenseKey(other.keys, scheme, seed);
		expect(verify(foreign)).toMatchObject({ valid: false, code, ...NOTHING });
	});

	test('needs a public key of its own type', () => {
		const keys = [account.ed25519, account.rsa, account.p256].filter((publicKey) => {
			return publicKey.ok && publicKey.type !== keyTypeOf(scheme);
		});
		expect(verify(key, { publicKeys: keys })).toMatchObject({ code: 'KEY_MISMATCH', ...NOTHING });
		expect(verify(key, { publicKeys: [] }).code).toBe('KEY_MISMATCH');
	});

	test('with a public key that cannot be read says so', () => {
		const result = verify(key, { publicKeys: importPublicKey('nonsense') });
		expect(result).toMatchObject({ valid: false, code: 'INVALID_PUBLIC_KEY' });
		expect(result.detail).toContain('cannot be read');
	});

	test('is refused under the name of every other scheme', () => {
		for (const name of LICENSE_KEY_SCHEMES.filter((candidate) => candidate !== scheme)) {
			const result = verify(key, { scheme: name });
			expect(['SCHEME_MISMATCH', 'SIGNATURE_INVALID']).toContain(result.code);
			expect(result).toMatchObject({ valid: false, ...NOTHING });
		}
	});
});

describe('what a valid key gives', () => {
	test.each([
		['text', 'ACME-2026 / größer'],
		['text that is a number', '12345678901234567890'],
		['text that is almost JSON', '{"a":1'],
		['JSON deeper than documents are', '['.repeat(33) + ']'.repeat(33)],
	])('%s comes out as it was embedded', (_name, seed) => {
		const expected = { valid: true, data: seed, dataFormat: 'text' };
		expect(verify(make('ED25519_SIGN', seed))).toMatchObject(expected);
		expect(verify(make('RSA_2048_PKCS1_SIGN', seed))).toMatchObject(expected);
		expect(verify(make('RSA_2048_PKCS1_ENCRYPT', seed))).toMatchObject(expected);
	});

	test('JSON of more members than any license has is text', () => {
		const seed = `{${Array.from({ length: 40_001 }, (_, n) => `"${n}":1`).join()}}`;
		expect(verify(make('ED25519_SIGN', seed))).toMatchObject({
			valid: true,
			data: seed,
			dataFormat: 'text',
		});
	});

	test('an array is JSON', () => {
		const expected = { data: ['a', { b: null }], dataFormat: 'json' };
		expect(verify(make('ECDSA_P256_SIGN', '["a",{"b":null}]'))).toMatchObject(expected);
	});

	test('a seed as long as encryption allows', () => {
		const seed = 'x'.repeat(245);
		expect(verify(make('RSA_2048_PKCS1_ENCRYPT', seed))).toMatchObject({ data: seed });
	});
});

describe('the times of a token', () => {
	const seconds = NOW / 1000;
	const at = (claims: object, more: object = {}) => {
		return verify(make('RSA_2048_JWT_RS256', JSON.stringify(claims)), more);
	};

	test.each([
		[{ exp: seconds + 1 }, 'VALID'],
		[{ exp: seconds }, 'VALID'],
		[{ exp: seconds - 1 }, 'EXPIRED'],
		[{ nbf: seconds + 300 }, 'VALID'],
		[{ nbf: seconds + 301 }, 'NOT_YET_VALID'],
		[{ exp: null, nbf: null }, 'VALID'],
		[{ exp: 'tomorrow' }, 'MALFORMED'],
		[{ nbf: {} }, 'MALFORMED'],
	])('%j is %s', (claims, code) => {
		expect(at(claims)).toMatchObject({ valid: code === 'VALID', code });
	});

	test('a tolerance moves the beginning, not the end', () => {
		const more = { clockToleranceSeconds: 10 };
		expect(at({ nbf: seconds + 10 }, more).code).toBe('VALID');
		expect(at({ nbf: seconds + 11 }, more).code).toBe('NOT_YET_VALID');
		expect(at({ exp: seconds - 1 }, more).code).toBe('EXPIRED');
	});

	test('the claims of an expired token can still be read', () => {
		const claims = { sub: 'l-1', exp: 1 };
		const scheme = 'RSA_2048_JWT_RS256';
		expect(at(claims)).toMatchObject({ valid: false, code: 'EXPIRED', scheme, data: claims });
	});
});

describe('algorithm confusion', () => {
	const claims = '{"sub":"l-1"}';

	test.each(['none', 'None', 'HS256', 'RS512', 'PS256', 'ES256', 'rs256', ''])(
		'a token that calls itself %j is refused',
		(alg) => {
			const result = verify(token(JSON.stringify({ alg }), claims));
			expect(result).toMatchObject({ code: 'ALGORITHM_MISMATCH', ...NOTHING });
		},
	);

	test('a token without signature is refused', () => {
		const result = verify(`${unpadded('{"alg":"none"}')}.${unpadded(claims)}.`);
		expect(result.code).toBe('ALGORITHM_MISMATCH');
		expect(verify(`${unpadded('{"alg":"RS256"}')}.${unpadded(claims)}.`).valid).toBe(false);
	});

	test('a token keyed with the public key itself is refused', () => {
		const pem = createPublicKey(account.keys.rsa).export({ format: 'pem', type: 'spki' });
		for (const alg of ['HS256', 'RS256']) {
			const input = `${unpadded(JSON.stringify({ alg }))}.${unpadded(claims)}`;
			const mac = createHmac('sha256', pem).update(input).digest();
			expect(verify(`${input}.${unpadded(mac)}`).valid).toBe(false);
		}
	});

	test('a token with critical extensions is refused', () => {
		expect(verify(token('{"alg":"RS256","crit":["b64"],"b64":false}', claims)).code).toBe(
			'MALFORMED',
		);
	});

	test('ECDSA signatures of two bare numbers are refused, whichever key is at hand', () => {
		const data = Buffer.from(`key/${padded('seed')}`);
		const key = { key: account.keys.ecdsa, dsaEncoding: 'ieee-p1363' } as const;
		const raw = `${data.toString()}.${padded(sign('sha256', data, key))}`;
		expect(verify(raw)).toMatchObject({ valid: false, code: 'SIGNATURE_INVALID' });
		expect(verify(raw, { scheme: 'ECDSA_P256_SIGN' }).valid).toBe(false);
	});

	test('a weak RSA key is no public key', () => {
		const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
		const keys = { ...account.keys, rsa: weak.privateKey };
		const pem = weak.publicKey.export({ format: 'pem', type: 'spki' }).toString();
		const key = makeLicenseKey(keys, 'RSA_2048_PKCS1_SIGN_V2', 'seed');
		expect(verify(key, { publicKeys: importPublicKey(pem) }).valid).toBe(false);
	});
});

describe('a signature that the account made for another purpose is no license key', () => {
	const rsa = (data: string | Buffer) => signBytes(account.keys, 'rsa-sha256', Buffer.from(data));
	const pss = (data: string | Buffer) =>
		signBytes(account.keys, 'rsa-pss-sha256', Buffer.from(data));

	test.each([
		['a newer key', `key/${padded('{"license":1}')}`],
		['a license file', 'license/eyJhIjoxfQ=='],
		['a machine file', 'machine/eyJhIjoxfQ=='],
		['an activation proof', 'proof/eyJhIjoxfQ=='],
		['a token', `${unpadded('{"alg":"RS256"}')}.${unpadded('{"sub":"a"}')}`],
	])('dressed up as version 1: %s', (_name, signed) => {
		for (const signature of [rsa(signed), pss(signed)]) {
			const key = `${padded(signed)}.${padded(signature)}`;
			expect(verify(key)).toMatchObject({ valid: false, code: 'SCHEME_MISMATCH', ...NOTHING });
		}
	});

	test('dressed up as version 1: a response', () => {
		const message = {
			method: 'GET',
			host: 'api.keygen.sh',
			target: '/v1/accounts/a/me',
			body: '{}',
			date: new Date(NOW),
			algorithm: 'rsa-sha256',
			accountId: account.id,
		} as const;
		const { date, digest, ...headers } = signedHeaders(account.keys, message);
		const text = `(request-target): get ${message.target}\nhost: ${message.host}\ndate: ${date}\ndigest: ${digest}`;
		const signature = /signature="([^"]+)"/.exec(headers['keygen-signature'])?.[1] ?? '';
		const key = `${padded(text)}.${padded(Buffer.from(signature, 'base64'))}`;
		expect(verify(key).code).toBe('SCHEME_MISMATCH');
	});

	test('dressed up as an encrypted key: any RSA signature', () => {
		const result = verify(padded(rsa('key/anything')));
		expect(result).toMatchObject({ valid: false, code: 'SCHEME_MISMATCH', ...NOTHING });
	});
});

describe('keys that prove nothing', () => {
	test('a random key is told apart from a damaged one', () => {
		expect(verify('C1B6DE-39A6E3-DE1529-8559A0-4AF593-V3')).toMatchObject({
			valid: false,
			code: 'NOT_SIGNED',
		});
	});

	test('schemes that only the service can check are named', () => {
		expect(verify('key/YQ==.YQ==', { scheme: 'LEGACY_ENCRYPT' }).code).toBe('UNSUPPORTED_SCHEME');
	});

	test('a clock that is no number is the fault of the caller', () => {
		expect(() => verify('key/YQ==.YQ==', { now: Number.NaN })).toThrow(TypeError);
		expect(() => verify('x', { clockToleranceSeconds: -1 })).toThrow(TypeError);
	});
});
