import type { INode } from 'n8n-workflow';

import { SIGNATURE_ALGORITHMS } from '../../crypto/signature-algorithm';
import type { KeygenService } from '../../service/service';
import { storedKey } from '../registration';
import { failed, stopped } from '../service';
import type { TriggerSettings } from '../settings';

/**
 * The public key to verify with, in the form in which it is kept.
 *
 * @returns undefined where nothing is verified
 * @throws NodeApiError, NodeOperationError where there is none
 */
export async function verificationKey(
	{ verify, publicKey, signatureAlgorithm }: TriggerSettings,
	service: KeygenService,
	node: INode,
): Promise<string | undefined> {
	if (!verify) return undefined;
	if (publicKey?.ok) return storedKey(publicKey);
	const account = await service.account.keys();
	if (!account.ok) {
		throw failed(
			node,
			service,
			account.failure,
			"Signatures cannot be verified without the account's public key",
		);
	}
	const type = SIGNATURE_ALGORITHMS[signatureAlgorithm];
	const key = account.value.publicKeys.find((candidate) => candidate.ok && candidate.type === type);
	if (key?.ok) return storedKey(key);
	throw stopped(node, {
		message: `The Keygen account has no public key for ${signatureAlgorithm}`,
		description: "Choose another 'Signature Algorithm', such as Ed25519, which every account has.",
	});
}
