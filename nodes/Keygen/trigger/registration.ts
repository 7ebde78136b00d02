import { hash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { importPublicKey, type ImportedKey, type PublicKey } from '../crypto/public-key';
import { isSignatureAlgorithm, type SignatureAlgorithm } from '../crypto/signature-algorithm';

/** What is known of the endpoint that Keygen sends to, as n8n's static data keeps it. */
export interface Registration {
	id: string;
	/** As registered, which is what signatures are over. */
	url: string;
	/** This node's URL as n8n itself had it then. A copy of n8n elsewhere has another. */
	site?: string;
	/** UUID of the account, which signatures name. */
	accountId?: string;
	algorithm: SignatureAlgorithm;
	/** Public key in base64 of DER; missing where signatures are not verified. */
	key?: string;
	/** Which node of which n8n this is about: static data travels with copies of a workflow. */
	owner: string;
}

/** Names a node among those of all n8n instances. */
export function ownerOf(context: {
	getInstanceId(): string;
	getWorkflow(): { id?: string };
	getNode(): { id: string };
}): string {
	const names = [context.getInstanceId(), context.getWorkflow().id, context.getNode().id];
	return hash('sha256', JSON.stringify(names), 'base64url').slice(0, 16);
}

/** Static data comes out of a database: its shape is checked. */
export function readRegistration(stored: unknown): Registration | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const { id, url, site, accountId, algorithm, key, owner } = stored as IDataObject;
	if (typeof id !== 'string' || typeof url !== 'string' || typeof owner !== 'string')
		return undefined;
	if (!isSignatureAlgorithm(algorithm)) return undefined;
	return {
		id,
		url,
		algorithm,
		owner,
		...(typeof site === 'string' ? { site } : {}),
		...(typeof accountId === 'string' ? { accountId } : {}),
		...(typeof key === 'string' ? { key } : {}),
	};
}

/** What this very node registered, and no other of which the workflow is a copy. */
export function ownRegistration(
	context: Parameters<typeof ownerOf>[0] & { getWorkflowStaticData(type: string): IDataObject },
): Registration | undefined {
	const known = readRegistration(context.getWorkflowStaticData('node').endpoint);
	return known?.owner === ownerOf(context) ? known : undefined;
}

export function isSameRegistration(one: Registration | undefined, other: Registration): boolean {
	return (
		one !== undefined &&
		(['id', 'url', 'site', 'accountId', 'algorithm', 'key', 'owner'] as const).every(
			(name) => one[name] === other[name],
		)
	);
}

/** The form in which a key is kept. */
export function storedKey({ handle }: PublicKey): string {
	return handle.export({ type: 'spki', format: 'der' }).toString('base64');
}

const MOST_KEYS = 100;
const importedKeys = new Map<string, ImportedKey>();

/** A stored key, ready for use. Making it ready costs more than a verification, so it is kept. */
export function usableKey(stored: string): ImportedKey {
	const known = importedKeys.get(stored);
	if (known) return known;
	const key = importPublicKey(stored);
	if (importedKeys.size >= MOST_KEYS) importedKeys.clear();
	importedKeys.set(stored, key);
	return key;
}

/**
 * Registrations made by this process. n8n stores them only after Keygen has been told, and Keygen's
 * first event may be faster.
 */
const justMade = new Map<string, Registration>();

/** Names a node's webhook within this process; that for tests is another one. */
export function webhookKey(
	workflowId: string | undefined,
	nodeId: string,
	isTest: boolean,
): string {
	return `${workflowId}:${nodeId}:${isTest ? 'test' : 'production'}`;
}

/** What this process has registered for a webhook. */
export function madeRegistration(key: string): Registration | undefined {
	return justMade.get(key);
}

export function noteRegistration(key: string, registration: Registration | undefined): void {
	if (registration === undefined) justMade.delete(key);
	else justMade.set(key, registration);
}

/** What a request may have been signed for: as stored, and as made by this process if that differs. */
export function registrationsFor(key: string, stored: unknown): Registration[] {
	const kept = readRegistration(stored);
	const made = justMade.get(key);
	if (!kept) return made ? [made] : [];
	return made && !isSameRegistration(kept, made) ? [kept, made] : [kept];
}
