import { constants, privateEncrypt } from 'node:crypto';
import { signBytes } from './account-keys.mts';
import type { AccountKeys, SigningAlgorithm } from './account-keys.mts';

const SIGNING: Readonly<Record<string, { algorithm: SigningAlgorithm; prefix: string }>> = {
	ED25519_SIGN: { algorithm: 'ed25519', prefix: 'key/' },
	ECDSA_P256_SIGN: { algorithm: 'ecdsa-p256', prefix: 'key/' },
	RSA_2048_PKCS1_SIGN_V2: { algorithm: 'rsa-sha256', prefix: 'key/' },
	RSA_2048_PKCS1_PSS_SIGN_V2: { algorithm: 'rsa-pss-sha256', prefix: 'key/' },
	RSA_2048_PKCS1_SIGN: { algorithm: 'rsa-sha256', prefix: '' },
	RSA_2048_PKCS1_PSS_SIGN: { algorithm: 'rsa-pss-sha256', prefix: '' },
};

/** A license key of the scheme with the seed embedded; for a token the seed is its claims. */
export function makeLicenseKey(keys: AccountKeys, scheme: string, seed: string): string {
	const bytes = Buffer.from(seed, 'utf8');
	if (scheme === 'RSA_2048_PKCS1_ENCRYPT') {
		const padding = constants.RSA_PKCS1_PADDING;
		return paddedUrl(privateEncrypt({ key: keys.rsa, padding }, bytes));
	}
	if (scheme === 'RSA_2048_JWT_RS256') {
		const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
		const input = `${header}.${bytes.toString('base64url')}`;
		const signature = signBytes(keys, 'rsa-sha256', Buffer.from(input));
		return `${input}.${signature.toString('base64url')}`;
	}
	const signing = SIGNING[scheme];
	if (!signing) throw new Error(`no such scheme: ${scheme}`);
	const data = `${signing.prefix}${paddedUrl(bytes)}`;
	const signed = signing.prefix ? Buffer.from(data) : bytes;
	return `${data}.${paddedUrl(signBytes(keys, signing.algorithm, signed))}`;
}

/** The offline proof of a machine: what it states, signed with RSA whatever the scheme. */
export function makeMachineProof(keys: AccountKeys, dataset: string): string {
	const signed = `proof/${paddedUrl(Buffer.from(dataset, 'utf8'))}`;
	return `${signed}.${paddedUrl(signBytes(keys, 'rsa-sha256', Buffer.from(signed)))}`;
}

function paddedUrl(bytes: Buffer): string {
	return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
