import { verifyFile } from './checked-out-file';
import { futileSecret } from './legacy-license';
import type { FileOptions, FileResult } from './checked-out-file';
import type { TextInput } from '../strict-decoding';

interface LicenseFileOptions extends FileOptions {
	/** Decrypts an encrypted file; a plain one must be of this license if it is given. */
	readonly licenseKey?: string;
}

/**
 * Verifies a license file as Keygen's check-out of a license hands it out. See `verifyFile` for
 * the order of the checks.
 */
export function verifyLicenseFile(file: TextInput, options: LicenseFileOptions): FileResult {
	const { licenseKey } = options;
	return verifyFile(
		file,
		{
			kind: 'license',
			resourceType: 'licenses',
			secret: licenseKey || undefined,
			secretName: 'the license key decrypts it',
			futile: futileSecret(licenseKey),
			mismatch(_document, { key }) {
				// The service keeps only a hash of some old keys; there is nothing to compare then.
				const comparable = licenseKey && typeof key === 'string';
				return comparable && key !== licenseKey ? 'LICENSE_MISMATCH' : undefined;
			},
		},
		options,
	);
}
