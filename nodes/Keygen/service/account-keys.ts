import { importPublicKey, type ImportedKey } from '../crypto/public-key';
import { resourcesOf, type ServiceDocument } from './document';

/** What signatures of an account are verified with. */
export interface AccountKeys {
	/** A UUID, which signatures name as their `keyid`. */
	id: string;
	slug: string | null;
	/** One of each type, ready for use. */
	publicKeys: ImportedKey[];
}

/**
 * The public keys in the service's answer to "get account" (`meta.keys` of the account: ed25519,
 * rsa2048 and ecdsa, each in base64; https://keygen.sh/docs/api/accounts/).
 *
 * @returns the keys, or undefined where the response has none
 */
export function accountKeysOf(document: ServiceDocument): AccountKeys | undefined {
	const [account] = resourcesOf(document);
	const published = account?.meta?.keys;
	if (typeof published !== 'object' || published === null) return undefined;
	const publicKeys = Object.values(published)
		.filter((key) => typeof key === 'string')
		.slice(0, 8)
		.map(importPublicKey);
	if (publicKeys.length === 0) return undefined;
	const slug = account.attributes?.slug;
	return { id: account.id, slug: typeof slug === 'string' ? slug : null, publicKeys };
}
