import { decodeBase64 } from '../strict-decoding';

export interface SignatureHeader {
	readonly keyid: string;
	readonly algorithm: string;
	readonly signature: Buffer;
}

const MAX_HEADER_LENGTH = 4096;
const PARAMETER = /^(keyid|algorithm|signature|headers)="([^"\\]*)"$/;
// What Keygen signs, in this order; another list would mean another signing string.
const SIGNED_HEADERS = '(request-target) host date digest';

/**
 * Reads a Keygen-Signature header: `keyid`, `algorithm`, `signature` and `headers`, each once,
 * quoted, in any order, separated by a comma and at most one blank. Undefined for anything else;
 * so a header that was sent twice, which Node joins with a comma, is none.
 * Form: draft-cavage-http-signatures; https://keygen.sh/docs/api/signatures/
 */
export function parseSignatureHeader(header: string): SignatureHeader | undefined {
	if (header.length > MAX_HEADER_LENGTH) return undefined;
	const parameters = new Map<string, string>();
	for (const part of header.split(',')) {
		const match = PARAMETER.exec(part.startsWith(' ') ? part.slice(1) : part);
		if (!match || parameters.has(match[1])) return undefined;
		parameters.set(match[1], match[2]);
	}
	if (parameters.size !== 4 || parameters.get('headers') !== SIGNED_HEADERS) return undefined;
	const signature = decodeBase64(parameters.get('signature') ?? '', 'standard');
	if (!signature?.length) return undefined;
	const keyid = parameters.get('keyid') ?? '';
	return { keyid, algorithm: parameters.get('algorithm') ?? '', signature };
}
