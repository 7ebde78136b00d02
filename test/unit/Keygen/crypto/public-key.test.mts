import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import published from './vectors/published.json';

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const pem = (key: KeyObject, type: 'spki' | 'pkcs1' = 'spki') =>
	key.export({ format: 'pem', type }).toString();
const der = (key: KeyObject, type: 'spki' | 'pkcs1' = 'spki') =>
	key.export({ format: 'der', type });

const ed25519 = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });

// The bytes of the key by their definition: the last 32 of SubjectPublicKeyInfo (RFC 8410).
const ed25519Hex = der(ed25519.publicKey).subarray(-32).toString('hex');

describe('public keys are read in every format that Keygen hands out', () => {
	test.each([
		['hexadecimal', ed25519Hex],
		['hexadecimal with blanks around', ` ${ed25519Hex}\n`],
		['hexadecimal in capitals', ed25519Hex.toUpperCase()],
		['hexadecimal as the bytes of a file', Buffer.from(`${ed25519Hex}\n`)],
		['base64 of hexadecimal', base64(ed25519Hex)],
		['base64 of DER', base64(der(ed25519.publicKey))],
		['DER', der(ed25519.publicKey)],
		['PEM', pem(ed25519.publicKey)],
		['base64 of PEM', base64(pem(ed25519.publicKey))],
	])('Ed25519 as %s', (_format, text) => {
		const key = importPublicKey(text);
		expect(key).toMatchObject({ ok: true, type: 'ed25519' });
		expect(key.ok && key.handle.equals(ed25519.publicKey)).toBe(true);
	});

	test.each([
		['PEM', pem(rsa.publicKey)],
		['PEM with Windows line ends', pem(rsa.publicKey).replaceAll('\n', '\r\n')],
		['PEM whose line breaks became blanks', pem(rsa.publicKey).trim().replaceAll('\n', ' ')],
		['PEM with escaped line breaks', pem(rsa.publicKey).replaceAll('\n', '\\n')],
		['PEM of PKCS #1', pem(rsa.publicKey, 'pkcs1')],
		['base64 of PEM', base64(pem(rsa.publicKey))],
		['base64 of PEM, wrapped', base64(pem(rsa.publicKey)).replace(/(.{60})/g, '$1\n')],
		['base64 of DER', base64(der(rsa.publicKey))],
		['base64 of DER of PKCS #1', base64(der(rsa.publicKey, 'pkcs1'))],
		['DER', der(rsa.publicKey)],
	])('RSA as %s', (_format, text) => {
		const key = importPublicKey(text);
		expect(key).toMatchObject({ ok: true, type: 'rsa' });
		expect(key.ok && key.handle.equals(rsa.publicKey)).toBe(true);
	});

	test.each([
		['PEM', pem(p256.publicKey)],
		['base64 of PEM', base64(pem(p256.publicKey))],
		['base64 of DER', base64(der(p256.publicKey))],
	])('ECDSA P-256 as %s', (_format, text) => {
		const key = importPublicKey(text);
		expect(key).toMatchObject({ ok: true, type: 'p256' });
		expect(key.ok && key.handle.equals(p256.publicKey)).toBe(true);
	});

	test('a 32-byte key whose hexadecimal begins with 0 is not taken for DER', () => {
		const hex = `0${'a1'.repeat(31)}3`;
		expect(importPublicKey(Buffer.from(`${hex}\n`))).toMatchObject({ ok: true, type: 'ed25519' });
	});

	test('formats of one published key give the same key', () => {
		const { demoEd25519Hex, demoEd25519Der, demoRsaPem, demoRsaBase64OfPem } = published.publicKeys;
		for (const [one, other] of [
			[demoEd25519Hex, demoEd25519Der],
			[demoRsaPem, demoRsaBase64OfPem],
		]) {
			const [a, b] = [importPublicKey(one.value), importPublicKey(other.value)];
			expect(a.ok && b.ok && a.handle.equals(b.handle)).toBe(true);
		}
	});
});

describe('what is no usable public key is described', () => {
	const secp256k1 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey;
	const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
	const exponent3 = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
	const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey;
	const x25519 = generateKeyPairSync('x25519').publicKey;
	const privatePem = ed25519.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
	const damaged = pem(rsa.publicKey).replace('MII', 'MIJ');
	const spki = der(ed25519.publicKey);

	test.each<[string, unknown, string]>([
		['nothing', undefined, 'EMPTY'],
		['blanks', ' \n', 'EMPTY'],
		['a word', 'changeme', 'UNREADABLE'],
		['too few hexadecimal digits', ed25519Hex.slice(2), 'UNREADABLE'],
		['a letter that is no digit', `g${ed25519Hex.slice(1)}`, 'UNREADABLE'],
		['a private key', privatePem, 'PRIVATE_KEY'],
		['base64 of a private key', base64(privatePem), 'PRIVATE_KEY'],
		[
			'a certificate',
			pem(rsa.publicKey).replaceAll('PUBLIC KEY', 'CERTIFICATE'),
			'UNSUPPORTED_KEY_TYPE',
		],
		['another curve', pem(secp256k1), 'UNSUPPORTED_KEY_TYPE'],
		['a key for agreement', pem(x25519), 'UNSUPPORTED_KEY_TYPE'],
		['a key bound to PSS', pem(pss), 'UNSUPPORTED_KEY_TYPE'],
		['a short RSA key', pem(short), 'WEAK_KEY'],
		['an RSA key with the exponent 3', pem(exponent3.publicKey), 'WEAK_KEY'],
		['a damaged PEM', damaged, 'UNREADABLE'],
		['a PEM without its end', pem(rsa.publicKey).slice(0, -10), 'UNREADABLE'],
		['DER with bytes behind', Buffer.concat([spki, Buffer.of(0)]), 'UNREADABLE'],
		['DER cut short', spki.subarray(0, -1), 'UNREADABLE'],
		['a very long text', 'A'.repeat(1_000_000), 'UNREADABLE'],
		['a number', 42, 'EMPTY'],
	])('%s', (_name, input, problem) => {
		const key = importPublicKey(input);
		expect(key).toMatchObject({ ok: false, problem });
		expect(!key.ok && key.detail).toMatch(/\w+ .+\.$/);
	});

	test('the answer never repeats a private key', () => {
		const body = privatePem.split('\n')[1];
		expect(JSON.stringify(importPublicKey(privatePem))).not.toContain(body);
	});
});
