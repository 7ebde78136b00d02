// A Keygen account of the sandbox, shared by the tests of one file: its keys as the service
// publishes them, and documents as a check-out contains them.
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import type { ImportedKey } from '../../../../nodes/Keygen/crypto/public-key';
import {
	createAccountKeys,
	publishedKeys,
} from '../../../../sandbox/keygen-signing/account-keys.mts';
import type { AccountKeys } from '../../../../sandbox/keygen-signing/account-keys.mts';

export const ALGORITHMS = ['ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256'] as const;

export interface Account {
	readonly id: string;
	readonly keys: AccountKeys;
	readonly ed25519: ImportedKey;
	readonly rsa: ImportedKey;
	readonly p256: ImportedKey;
	readonly all: readonly ImportedKey[];
}

export function createAccount(): Account {
	const keys = createAccountKeys();
	const { ed25519, rsa2048, ecdsa } = publishedKeys(keys).keys;
	const [first, second, third] = [ed25519, rsa2048, ecdsa].map((key) => importPublicKey(key));
	const id = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
	return { id, keys, ed25519: first, rsa: second, p256: third, all: [first, second, third] };
}

export const LICENSE_KEY = 'C1B6DE-39A6E3-DE1529-8559A0-4AF593-V3';
export const FINGERPRINT = '4d:3c:ab:10';
export const ISSUED = '2026-01-10T08:00:00.000Z';
export const EXPIRY = '2026-02-10T08:00:00.000Z';
/** Within the time of the documents below. */
export const NOW = Date.parse('2026-01-20T00:00:00.000Z');

const META = { issued: ISSUED, expiry: EXPIRY, ttl: 31 * 24 * 3600 };

export function licenseDocument(meta: unknown = META) {
	const attributes = { key: LICENSE_KEY, expiry: null, metadata: { plan: 'größer' } };
	return { data: { id: 'l-1', type: 'licenses', attributes }, included: [], meta };
}

export function machineDocument(meta: unknown = META) {
	const attributes = { fingerprint: FINGERPRINT, name: null };
	const license = { id: 'l-1', type: 'licenses', attributes: { key: LICENSE_KEY } };
	return { data: { id: 'm-1', type: 'machines', attributes }, included: [license], meta };
}
