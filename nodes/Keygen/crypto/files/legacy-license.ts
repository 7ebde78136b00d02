import { isLegacyKey } from '../keys/license-key-form';

/**
 * The scheme LEGACY_ENCRYPT stores a key as a hash, and the service encrypts files of such a license
 * with that hash, which nobody else has.
 */
export function futileSecret(licenseKey: string | undefined): string | undefined {
	return licenseKey !== undefined && isLegacyKey(licenseKey)
		? "Nobody can decrypt this file: Keygen encrypts files of licenses under the scheme LEGACY_ENCRYPT with a secret of its own. Check it out without 'Encrypt'."
		: undefined;
}
