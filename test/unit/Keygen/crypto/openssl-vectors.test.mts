import { readFileSync } from 'node:fs';
import { verifyLicenseFile } from '../../../../nodes/Keygen/crypto/files/license-file';
import { verifyLicenseKey } from '../../../../nodes/Keygen/crypto/keys/license-key';
import { verifyMachineFile } from '../../../../nodes/Keygen/crypto/files/machine-file';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import { verifyWebhookRequest } from '../../../../nodes/Keygen/crypto/http/webhook-signature';
import { openssl } from './openssl.mts';
import { ALGORITHMS, EXPIRY, ISSUED, LICENSE_KEY, NOW } from './account.mts';
import { licenseDocument, machineDocument, FINGERPRINT } from './account.mts';
import published from './vectors/published.json';

const signer = openssl();
afterAll(() => signer.remove());

const publicKeys = ['ed25519', 'rsa', 'p256'].map((type) =>
	importPublicKey(signer.publicKey(type)),
);
const url = (bytes: string | Buffer) =>
	Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
const unpadded = (bytes: string | Buffer) => url(bytes).replaceAll('=', '');

const SEED = JSON.stringify({ license: { id: 'l-1' }, note: 'ключ' });

const keys: Record<string, () => string> = {
	ED25519_SIGN: () => signedV2('ed25519'),
	ECDSA_P256_SIGN: () => signedV2('ecdsa-p256'),
	RSA_2048_PKCS1_SIGN_V2: () => signedV2('rsa-sha256'),
	RSA_2048_PKCS1_PSS_SIGN_V2: () => signedV2('rsa-pss-sha256'),
	RSA_2048_PKCS1_SIGN: () => `${url(SEED)}.${url(signer.sign('rsa-sha256', SEED))}`,
	RSA_2048_PKCS1_PSS_SIGN: () => `${url(SEED)}.${url(signer.sign('rsa-pss-sha256', SEED))}`,
	RSA_2048_PKCS1_ENCRYPT: () => url(signer.encryptPrivately(SEED)),
	RSA_2048_JWT_RS256: () => {
		const input = `${unpadded('{"typ":"JWT","alg":"RS256"}')}.${unpadded(SEED)}`;
		return `${input}.${unpadded(signer.sign('rsa-sha256', input))}`;
	},
};

function signedV2(algorithm: string): string {
	const data = `key/${url(SEED)}`;
	return `${data}.${url(signer.sign(algorithm, data))}`;
}

function file(kind: 'license' | 'machine', alg: string, enc: string): string {
	const sig = signer.sign(alg.slice(alg.indexOf('+') + 1), `${kind}/${enc}`).toString('base64');
	const label = `${kind.toUpperCase()} FILE`;
	const body = Buffer.from(JSON.stringify({ enc, sig, alg })).toString('base64');
	return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

describe('what the openssl command signed', () => {
	test.each(Object.keys(keys))('license key of %s is valid and gives its data', (scheme) => {
		const key = keys[scheme]();
		const expected = { valid: true, code: 'VALID', scheme, data: JSON.parse(SEED) };
		expect(verifyLicenseKey(key, { publicKeys, now: NOW })).toMatchObject(expected);
		expect(verifyLicenseKey(key, { publicKeys, scheme, now: NOW })).toMatchObject(expected);
	});

	test.each(ALGORITHMS)('plain files signed with %s are valid', (algorithm) => {
		const license = Buffer.from(JSON.stringify(licenseDocument())).toString('base64');
		const result = verifyLicenseFile(file('license', `base64+${algorithm}`, license), {
			publicKeys,
			licenseKey: LICENSE_KEY,
			now: NOW,
		});
		expect(result).toMatchObject({ valid: true, issued: ISSUED, expiry: EXPIRY });
		expect(result.document).toEqual(licenseDocument());

		const machine = Buffer.from(JSON.stringify(machineDocument())).toString('base64');
		const options = { publicKeys, fingerprint: FINGERPRINT, now: NOW };
		expect(
			verifyMachineFile(file('machine', `base64+${algorithm}`, machine), options),
		).toMatchObject({ valid: true, document: machineDocument() });
	});

	test.each(ALGORITHMS)('encrypted files signed with %s are valid', (algorithm) => {
		// Encrypted by Keygen (the published files), signed anew.
		const enc = (name: string) => {
			const lines = readFileSync(`${__dirname}/vectors/${name}`, 'utf8').trim().split('\n');
			const inner = Buffer.from(lines.slice(1, -1).join(''), 'base64').toString();
			return (JSON.parse(inner) as { enc: string }).enc;
		};
		const { licenseFile, machineFile } = published;
		const alg = `aes-256-gcm+${algorithm}`;
		const now = Date.parse(licenseFile.issued);
		const { licenseKey } = licenseFile;
		expect(
			verifyLicenseFile(file('license', alg, enc(licenseFile.file)), {
				publicKeys,
				licenseKey,
				now,
			}),
		).toMatchObject({ valid: true, algorithm: alg, ttl: licenseFile.ttl });
		const machine = verifyMachineFile(file('machine', alg, enc(machineFile.file)), {
			publicKeys,
			licenseKey: machineFile.licenseKey,
			fingerprint: machineFile.fingerprint,
			now,
		});
		expect(machine).toMatchObject({ authentic: true, document: { data: { type: 'machines' } } });
	});

	test.each(ALGORITHMS)('webhook request signed with %s is valid', (algorithm) => {
		const date = 'Tue, 20 Jan 2026 00:00:00 GMT';
		// sha256 of '{}', by `printf '{}' | openssl dgst -sha256 -binary | base64`.
		const digest = 'sha-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=';
		const text = `(request-target): post /hook?a=1\nhost: n8n.example.com\ndate: ${date}\ndigest: ${digest}`;
		const signature = signer.sign(algorithm, text).toString('base64');
		const request = {
			registeredUrl: 'https://n8n.example.com:8443/hook?a=1',
			headers: {
				date,
				digest,
				'keygen-signature': `keyid="a", algorithm="${algorithm}", signature="${signature}", headers="(request-target) host date digest"`,
			},
			body: Buffer.from('{}'),
		};
		expect(
			verifyWebhookRequest(request, { publicKeys, algorithm, accountId: 'a', now: NOW }),
		).toMatchObject({ valid: true, code: 'VALID', signedAt: NOW });
	});
});
