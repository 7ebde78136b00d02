import { readFileSync } from 'node:fs';
import { verifyLicenseFile } from '../../../../nodes/Keygen/crypto/files/license-file';
import {
	LICENSE_KEY_SCHEMES,
	verifyLicenseKey,
} from '../../../../nodes/Keygen/crypto/keys/license-key';
import { verifyMachineFile } from '../../../../nodes/Keygen/crypto/files/machine-file';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import { makeCheckedOutFile } from '../../../../sandbox/keygen-signing/checked-out-files.mts';
import { makeLicenseKey } from '../../../../sandbox/keygen-signing/license-keys.mts';
import { ALGORITHMS, createAccount, FINGERPRINT, LICENSE_KEY, NOW } from './account.mts';
import { licenseDocument, machineDocument } from './account.mts';
import published from './vectors/published.json';

const account = createAccount();
const options = { publicKeys: account.all, now: NOW, licenseKey: LICENSE_KEY };
const keyOf = (name: string) =>
	importPublicKey(published.publicKeys[name as keyof typeof published.publicKeys].value);

interface Answer {
	readonly valid: boolean;
	readonly code: string;
}

/** The positions (byte, bit) whose flip the verifier did not refuse. */
function acceptedFlips(original: Buffer, verify: (changed: Buffer) => Answer): string[] {
	expect(verify(original)).toMatchObject({ valid: true, code: 'VALID' });
	const accepted: string[] = [];
	const changed = Buffer.from(original);
	for (let byte = 0; byte < original.length; byte++) {
		for (let bit = 0; bit < 8; bit++) {
			changed[byte] ^= 1 << bit;
			if (verify(changed).valid) accepted.push(`${byte}:${bit}`);
			changed[byte] ^= 1 << bit;
		}
	}
	return accepted;
}

describe('every flip of a single bit is refused', () => {
	test('in the published license file', () => {
		const { file, publicKey, licenseKey, issued } = published.licenseFile;
		const given = { publicKeys: keyOf(publicKey), licenseKey, now: Date.parse(issued) };
		const original = readFileSync(`${__dirname}/vectors/${file}`);
		expect(acceptedFlips(original, (bytes) => verifyLicenseFile(bytes, given))).toEqual([]);
	});

	test('in the published machine file', () => {
		const { file, publicKey, licenseKey, fingerprint } = published.machineFile;
		const original = readFileSync(`${__dirname}/vectors/${file}`);
		const given = { publicKeys: keyOf(publicKey), licenseKey, fingerprint, now: 0 };
		const { issued } = verifyMachineFile(original, given);
		const then = { ...given, now: Date.parse(issued as string) };
		expect(acceptedFlips(original, (bytes) => verifyMachineFile(bytes, then))).toEqual([]);
	});

	test.each(published.licenseKeys)('in the published key of $scheme ($licenseId)', (vector) => {
		const given = { publicKeys: keyOf(vector.publicKey), now: NOW };
		const flips = acceptedFlips(Buffer.from(vector.key), (bytes) => verifyLicenseKey(bytes, given));
		expect(flips).toEqual([]);
	});

	test.each([...LICENSE_KEY_SCHEMES])('in a key of %s', (scheme) => {
		// 1 and 2 bytes more than a multiple of 3: base64 then has 4 and 2 bits that mean nothing.
		for (const seed of ['{"id":"a"}', '{"id":"ab"}']) {
			const key = Buffer.from(makeLicenseKey(account.keys, scheme, seed));
			expect(acceptedFlips(key, (bytes) => verifyLicenseKey(bytes, options))).toEqual([]);
		}
	});

	test.each(ALGORITHMS)('in files signed with %s', (signing) => {
		const secret = LICENSE_KEY + FINGERPRINT;
		const plain = { algorithm: `base64+${signing}`, document: licenseDocument() };
		const license = makeCheckedOutFile(account.keys, { kind: 'license', ...plain });
		const encrypted = { algorithm: `aes-256-gcm+${signing}`, document: machineDocument(), secret };
		const machine = makeCheckedOutFile(account.keys, { kind: 'machine', ...encrypted });

		const asLicense = (bytes: Buffer) => verifyLicenseFile(bytes, options);
		expect(acceptedFlips(Buffer.from(license), asLicense)).toEqual([]);
		const given = { ...options, fingerprint: FINGERPRINT };
		const asMachine = (bytes: Buffer) => verifyMachineFile(bytes, given);
		expect(acceptedFlips(Buffer.from(machine), asMachine)).toEqual([]);
	});
});
