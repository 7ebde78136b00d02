import { readFileSync } from 'node:fs';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import { verifyLicenseFile } from '../../../../nodes/Keygen/crypto/files/license-file';
import { verifyLicenseKey } from '../../../../nodes/Keygen/crypto/keys/license-key';
import { verifyMachineFile } from '../../../../nodes/Keygen/crypto/files/machine-file';
import { verifyResponse } from '../../../../nodes/Keygen/crypto/http/response-signature';
import { verifyWebhookRequest } from '../../../../nodes/Keygen/crypto/http/webhook-signature';
import published from './vectors/published.json';

const read = (name: string) => readFileSync(`${__dirname}/vectors/${name}`);
const keyOf = (name: string) =>
	importPublicKey(published.publicKeys[name as keyof typeof published.publicKeys].value);

describe('what Keygen published as examples', () => {
	test.each(published.licenseKeys)('license key of $scheme is valid ($licenseId)', (vector) => {
		const options = { publicKeys: keyOf(vector.publicKey), now: 0 };
		const { scheme, key } = vector;
		const expected = { valid: true, code: 'VALID', scheme, dataFormat: 'json' };
		for (const result of [
			verifyLicenseKey(key, options),
			verifyLicenseKey(key, { ...options, scheme }),
			verifyLicenseKey(Buffer.from(`${key}\n`), options),
		]) {
			expect(result).toMatchObject(expected);
			expect(result.data).toMatchObject({ license: { id: vector.licenseId } });
		}
	});

	test('license file is valid within its month and decrypts to the printed document', () => {
		const { file, publicKey, licenseKey, licenseId, issued, expiry, ttl } = published.licenseFile;
		const options = { publicKeys: keyOf(publicKey), licenseKey };
		const at = (time: string) =>
			verifyLicenseFile(read(file), { ...options, now: Date.parse(time) });

		const result = at('2022-04-20T00:00:00Z');
		expect(result).toMatchObject({ valid: true, code: 'VALID', issued, expiry, ttl });
		expect(result.algorithm).toBe('aes-256-gcm+ed25519');
		expect(result.document).toMatchObject({
			data: {
				id: licenseId,
				type: 'licenses',
				attributes: { name: 'Java Example', key: licenseKey, maxMachines: 1, protected: true },
			},
			meta: { issued, expiry, ttl },
		});
		expect(at(expiry).code).toBe('VALID');
		expect(at('2022-05-01T13:18:09.931Z')).toMatchObject({ valid: false, code: 'EXPIRED' });
		expect(at('2022-04-01T13:13:09.930Z').code).toBe('VALID');
		expect(at('2022-04-01T13:13:09.929Z').code).toBe('NOT_YET_VALID');
	});

	test('machine file decrypts with license key and fingerprint', () => {
		const { file, publicKey, licenseKey, fingerprint } = published.machineFile;
		const options = { publicKeys: keyOf(publicKey), licenseKey, fingerprint, now: Date.now() };
		const result = verifyMachineFile(read(file), options);
		expect(result).toMatchObject({ authentic: true, algorithm: 'aes-256-gcm+ed25519' });
		expect(result.document).toMatchObject({
			data: { type: 'machines', attributes: { fingerprint } },
		});
		const { issued, expiry } = result;
		expect(new Date(issued as string).toISOString()).toBe(issued);
		const middle = (Date.parse(issued as string) + Date.parse(expiry as string)) / 2;
		expect(verifyMachineFile(read(file), { ...options, now: middle }).code).toBe('VALID');
	});

	test('webhook request is valid', () => {
		const { bodyFile, publicKey, accountId, url, headers } = published.webhook;
		const request = { registeredUrl: url, headers, body: read(bodyFile) };
		const now = Date.parse('2022-06-06T16:15:00Z');
		const options = { publicKeys: keyOf(publicKey), algorithm: 'ed25519', accountId, now } as const;
		expect(verifyWebhookRequest(request, options)).toMatchObject({
			valid: true,
			code: 'VALID',
			signedAt: Date.parse('2022-06-06T16:13:37Z'),
		});
	});

	test('response to a validation is valid', () => {
		const { bodyFile, publicKey, accountId, method, url, headers } = published.response;
		const response = { method, url, headers, body: read(bodyFile) };
		const now = Date.parse('2023-02-09T21:20:14Z');
		const options = { publicKeys: keyOf(publicKey), algorithm: 'ed25519', accountId, now } as const;
		expect(verifyResponse(response, options)).toMatchObject({ valid: true, code: 'VALID' });
	});
});
