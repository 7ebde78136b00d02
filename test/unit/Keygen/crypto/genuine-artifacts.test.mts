import { readFileSync } from 'node:fs';

import { verifyLicenseFile } from '../../../../nodes/Keygen/crypto/files/license-file';
import { verifyMachineFile } from '../../../../nodes/Keygen/crypto/files/machine-file';
import { verifyLicenseKey } from '../../../../nodes/Keygen/crypto/keys/license-key';
import { verifyMachineProof } from '../../../../nodes/Keygen/crypto/keys/machine-proof';
import { verifyWebhookRequest } from '../../../../nodes/Keygen/crypto/http/webhook-signature';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';

const now = Date.parse('2026-11-26T12:00:00Z');
const read = (name: string) =>
	JSON.parse(
		readFileSync(new URL(`../../../recorded/artefacts/${name}.json`, import.meta.url), 'utf8'),
	);
const { keys, licenses } = read('license-keys');
const publicKeys = Object.values(keys as Record<string, string>).map(importPublicKey);
const options = { publicKeys, now };
interface License {
	scheme: string | null;
	kind: string;
	key: string;
}

test.each(licenses as License[])('a genuine key of $scheme with $kind', ({ scheme, key }) => {
	const code =
		scheme === null ? 'NOT_SIGNED' : scheme === 'LEGACY_ENCRYPT' ? 'UNSUPPORTED_SCHEME' : 'VALID';
	expect(verifyLicenseKey(key, options).code).toBe(code);
});

const [signed] = (licenses as License[]).filter(({ scheme }) => scheme === 'ED25519_SIGN');
test.each<[string, (key: string) => string]>([
	['a byte order mark', (key) => `\ufeff${key}`],
	['a no-break space', (key) => `${key}\u00a0`],
	['a zero-width space', (key) => `${key.slice(0, 20)}\u200b${key.slice(20)}`],
	['quotes', (key) => `"${key}"`],
	["a mail's line break", (key) => `${key.slice(0, 76)}\r\n${key.slice(76)}\r\n`],
	['an escaped line break', (key) => `${key}\\n`],
])('a genuine key with %s is valid', (_, wrap) => {
	expect(verifyLicenseKey(wrap(signed.key), options).code).toBe('VALID');
});

test.each([
	'ACME-PRO-2026-0001',
	'0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31',
	'ABCDE-FGHIJ-KLMNO',
	'acme.pro.2026',
	'acme.pro',
	'a.b.c.d.e',
	'my own key, with words',
])('a key that a vendor brought holds no signature: %s', (key) => {
	expect(verifyLicenseKey(key, options).code).toBe('NOT_SIGNED');
});

test.each(read('machine-proofs').proofs as Array<{ proof: string }>)('a proof is named', (one) => {
	expect(verifyLicenseKey(one.proof, options)).toMatchObject({
		code: 'UNSUPPORTED_SCHEME',
		detail: expect.stringContaining('offline proof of a machine'),
	});
});

const { proofs } = read('machine-proofs') as { proofs: Array<{ proof: string }> };

test.each(proofs)(
	'a genuine proof verifies, whatever the scheme, and states its machine',
	(one) => {
		expect(verifyMachineProof(one.proof, publicKeys)).toMatchObject({
			valid: true,
			code: 'VALID',
			data: { machine: { fingerprint: expect.any(String) } },
		});
		expect(verifyMachineProof(one.proof.replace(/proof\/../, 'proof/ey0'), publicKeys).valid).toBe(
			false,
		);
		const [, data, signature] = /^proof\/(.*)\.(.*)$/.exec(one.proof) ?? [];
		for (const forged of [
			`key/${data}.${signature}`,
			`proof/${data}.${data}`,
			`${data}.${signature}`,
		])
			expect(verifyMachineProof(forged, publicKeys)).toMatchObject({ valid: false, data: null });
	},
);

interface Delivery {
	registeredUrl: string;
	algorithm: 'ed25519';
	receivedAt: string;
	rawHeaders: string[];
	bodyBase64: string;
}
const { accountId, requests } = read('webhook-requests') as {
	accountId: string;
	requests: Delivery[];
};

test.each(requests.map((request, index) => ({ index, ...request })))(
	'a genuine delivery ($index: $algorithm) verifies, and no other way',
	({ registeredUrl, algorithm, receivedAt, rawHeaders, bodyBase64 }) => {
		const headers = Object.fromEntries(
			rawHeaders.flatMap((name, at) =>
				at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1]]] : [],
			),
		);
		const body = Buffer.from(bodyBase64, 'base64');
		const check = (changes = {}, change = {}) =>
			verifyWebhookRequest(
				{ registeredUrl, headers, body, ...changes },
				{ publicKeys, algorithm, accountId, now: Date.parse(receivedAt), ...change },
			).code;
		expect(check()).toBe('VALID');
		expect(check({ body: Buffer.concat([body, Buffer.from(' ')]) })).toBe('DIGEST_MISMATCH');
		expect(check({ registeredUrl: registeredUrl.replace('n8n.', 'other.') })).toBe(
			'SIGNATURE_INVALID',
		);
		expect(check({}, { now: Date.parse(receivedAt) + 86_400_000 })).toBe('DATE_TOO_OLD');
		expect(check({}, { accountId: '00000000-0000-4000-8000-000000000000' })).toBe(
			'ACCOUNT_MISMATCH',
		);
	},
);

const [file] = read('license-files').files as Array<{ certificate: string }>;
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
test.each<[string, (text: string) => string | Buffer]>([
	['a byte order mark', (text) => `\ufeff${text}`],
	['UTF-16', utf16],
	['UTF-16, big-endian', (text) => utf16(text).swap16()],
	['a byte order mark in bytes', (text) => Buffer.from(`\ufeff${text}`)],
	['literal line breaks', (text) => text.replace(/\n/g, '\\n')],
	['an indent', (text) => text.replace(/^/gm, '    ')],
	['trailing blanks', (text) => text.replace(/$/gm, '  ')],
	['mail quoting', (text) => text.replace(/^/gm, '> ')],
	['Windows line ends', (text) => text.replace(/\n/g, '\r\n')],
	['base64 around it', (text) => Buffer.from(text).toString('base64')],
	['quotes', (text) => JSON.stringify(text)],
])('a genuine file with %s is valid', (_, wrap) => {
	expect(verifyLicenseFile(wrap(file.certificate), options).code).toBe('VALID');
});

test('an encrypted file of a license under LEGACY_ENCRYPT says that nobody can decrypt it', () => {
	const legacy = (
		read('license-files').files as Array<{
			scheme: string | null;
			certificate: string;
			licenseKey: string;
		}>
	).filter(({ scheme }) => scheme === 'LEGACY_ENCRYPT');
	expect(legacy).toHaveLength(1);
	for (const { certificate, licenseKey } of legacy)
		expect(verifyLicenseFile(certificate, { ...options, licenseKey })).toMatchObject({
			code: 'DECRYPTION_FAILED',
			detail: expect.stringContaining('LEGACY_ENCRYPT'),
		});
});

test('a wrong license key for a plain machine file is not valid', () => {
	const { files } = read('machine-files') as { files: Array<{ certificate: string }> };
	const plain = files.filter(
		({ certificate }) => verifyMachineFile(certificate, options).code === 'VALID',
	);
	expect(plain.length).toBeGreaterThan(0);
	for (const { certificate } of plain)
		expect(verifyMachineFile(certificate, { ...options, licenseKey: 'WRONG' }).code).toMatch(
			/^LICENSE_(NOT_INCLUDED|MISMATCH)$/,
		);
});

const hex = Buffer.from(keys.ed25519, 'base64').toString();
test.each<[string, string]>([
	['32 bytes in base64', Buffer.from(hex, 'hex').toString('base64')],
	['0x in front', `0x${hex}`],
	['blanks', hex.replace(/../g, '$& ')],
	['quotes', `"${hex}"`],
	[
		'a JSON Web Key',
		JSON.stringify({
			kty: 'OKP',
			crv: 'Ed25519',
			x: Buffer.from(hex, 'hex').toString('base64url'),
		}),
	],
])('a public key is read with %s', (_, text) => {
	expect(verifyLicenseKey(signed.key, { publicKeys: importPublicKey(text), now }).code).toBe(
		'VALID',
	);
});
