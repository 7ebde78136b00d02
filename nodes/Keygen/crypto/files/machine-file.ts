import { isJsonObject } from '../../../shared/json';
import { verifyFile } from './checked-out-file';
import { futileSecret } from './legacy-license';
import type { FileOptions, FileResult } from './checked-out-file';
import type { TextInput } from '../strict-decoding';

interface MachineFileOptions extends FileOptions {
	/**
	 * Decrypts an encrypted file, together with the fingerprint. A plain file must include its license,
	 * with this key.
	 */
	readonly licenseKey?: string;
	/** The machine that the file must be of, encrypted or not. */
	readonly fingerprint?: string;
}

/**
 * Verifies a machine file as Keygen's check-out of a machine hands it out. See `verifyFile` for
 * the order of the checks.
 */
export function verifyMachineFile(file: TextInput, options: MachineFileOptions): FileResult {
	const { licenseKey, fingerprint } = options;
	return verifyFile(
		file,
		{
			kind: 'machine',
			resourceType: 'machines',
			secret: licenseKey && fingerprint ? licenseKey + fingerprint : undefined,
			secretName: 'the license key and the fingerprint of the machine decrypt it',
			futile: futileSecret(licenseKey),
			mismatch(document, attributes, isEncrypted) {
				// The secret is both in a row: other cuts of the same characters decrypt as well.
				if (fingerprint && attributes.fingerprint !== fingerprint) return 'FINGERPRINT_MISMATCH';
				const key = includedLicenseKey(document.included);
				if (licenseKey && key !== undefined && key !== licenseKey) return 'LICENSE_MISMATCH';
				// The key of an encrypted file has proven itself by decrypting it.
				if (licenseKey && key === undefined && !isEncrypted) return 'LICENSE_NOT_INCLUDED';
				return undefined;
			},
		},
		options,
	);
}

function includedLicenseKey(included: unknown): string | undefined {
	if (!Array.isArray(included)) return undefined;
	const license: unknown = included.find((item) => isJsonObject(item) && item.type === 'licenses');
	const attributes = isJsonObject(license) ? license.attributes : undefined;
	const key = isJsonObject(attributes) ? attributes.key : undefined;
	return typeof key === 'string' ? key : undefined;
}
