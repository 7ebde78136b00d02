import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import { serviceAddress } from './base-url';

/** What a credential says about a service. */
export interface Connection {
	url: string;
	apiKey: string;
	/** The 32 bytes by which the service encrypts results. */
	encryptionKey?: Buffer;
	skipTlsVerify: boolean;
	/** What must never be shown. */
	secrets: string[];
}

const KEY_LENGTH = 32;

/** Reads a credential. Never throws. */
export function connectionOf(credential: ICredentialDataDecryptedObject): Result<Connection> {
	const address = serviceAddress(credential.baseUrl, credential.allowHttp === true);
	if (!address.ok) return inCredential(address.failure);
	const apiKey = String(credential.apiKey ?? '').trim();
	if (apiKey === '') return inCredential("'API Key' of the credential is empty.");
	// HTTP headers cannot carry such characters.
	if (/[^\x20-\x7e]/.test(apiKey))
		return inCredential("'API Key' of the credential contains characters that no key has.");
	const encryptionKey = String(credential.encryptionSecret ?? '').trim();
	if (encryptionKey !== '' && Buffer.byteLength(encryptionKey) !== KEY_LENGTH)
		return inCredential(
			`'Encryption Key' of the credential must have ${KEY_LENGTH} characters; it has ${encryptionKey.length}.`,
		);
	return ok({
		url: address.value,
		apiKey,
		encryptionKey: encryptionKey === '' ? undefined : Buffer.from(encryptionKey),
		skipTlsVerify: credential.ignoreTlsIssues === true,
		secrets: [apiKey, encryptionKey],
	});
}

function inCredential(message: string): Result<never> {
	return fail({
		message,
		description: "Open the credential 'Keeper Commander API' and correct it. Nothing was sent.",
	});
}
