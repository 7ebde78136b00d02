import { parseBoundedJson } from '../bounded-json';
import { chooseKey, isSignedBy, type PublicKeys } from '../signature-algorithm';
import {
	decodeBase64,
	decodeUtf8,
	isOversized,
	readAscii,
	withoutBlanksAround,
	type TextInput,
} from '../strict-decoding';
import { keyText } from '../transport';

type MachineProofCode =
	| 'VALID'
	| 'TOO_LARGE'
	| 'MALFORMED'
	| 'INVALID_PUBLIC_KEY'
	| 'KEY_MISMATCH'
	| 'SIGNATURE_INVALID';

interface MachineProofResult {
	readonly valid: boolean;
	readonly code: MachineProofCode;
	readonly detail: string;
	/** What the proof states; null unless it is genuine. */
	readonly data: unknown;
}

const PREFIX = 'proof/';

/**
 * Verifies the offline proof of a machine, `proof/{data}.{signature}` with both parts in base64url.
 * The account's RSA key signs the text before the dot, by PKCS #1 v1.5 with SHA-256, whatever the
 * scheme of the policy. A proof has no end: what it states of the time is the vendor's to compare.
 */
export function verifyMachineProof(input: TextInput, publicKeys: PublicKeys): MachineProofResult {
	if (isOversized(input)) return failed('TOO_LARGE', 'A proof is never this long.');
	if (readAscii(input) === undefined) return failed('MALFORMED', 'There is no proof.');
	const proof = withoutBlanksAround(keyText(input));
	const dot = proof.indexOf('.');
	if (!proof.startsWith(PREFIX) || dot < 0)
		return failed('MALFORMED', 'The text does not have the form of an offline proof.');
	const data = decodeBase64(proof.slice(PREFIX.length, dot), 'url');
	const signature = decodeBase64(proof.slice(dot + 1), 'url');
	if (!data?.length || !signature?.length)
		return failed('MALFORMED', 'The data or the signature is not exact base64url.');
	const choice = chooseKey(publicKeys, 'rsa', 'An offline proof');
	if (!choice.ok) return failed(choice.code, choice.detail);
	if (!isSignedBy(choice.key, 'rsa-sha256', Buffer.from(proof.slice(0, dot)), signature))
		return failed('SIGNATURE_INVALID', 'The proof was changed, or signed with another key.');
	const text = decodeUtf8(data);
	const stated = text === undefined ? undefined : parseBoundedJson(text);
	if (stated === undefined) return failed('MALFORMED', 'What the proof states is not JSON.');
	return { valid: true, code: 'VALID', detail: 'The proof is genuine.', data: stated };
}

function failed(code: Exclude<MachineProofCode, 'VALID'>, detail: string): MachineProofResult {
	return { valid: false, code, detail, data: null };
}
