import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { publishedKeys } from '../../keygen-signing/account-keys.mts';
import type { AccountKeys } from '../../keygen-signing/account-keys.mts';

export type { AccountKeys };

/** New keys of an account; the RSA key, which takes long to make, is made when it is first used. */
export function makeAccountKeys(): AccountKeys {
	let rsa: KeyObject | undefined;
	return {
		ed25519: generateKeyPairSync('ed25519').privateKey,
		ecdsa: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
		get rsa() {
			return (rsa ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
		},
	};
}

/** The public keys as users paste them: ed25519 as 64 hex digits, the others as PEM. */
export function publicKeysOf(keys: AccountKeys): {
	ed25519: string;
	rsa2048: string;
	ecdsa: string;
} {
	const decode = (base64: string) => Buffer.from(base64, 'base64').toString();
	const { ed25519, rsa2048, ecdsa } = publishedKeys(keys).keys;
	return { ed25519: decode(ed25519), rsa2048: decode(rsa2048), ecdsa: decode(ecdsa) };
}
