import { isJsonObject } from '../../../shared/json';
import { parseBoundedJson } from '../bounded-json';
import { isSignatureAlgorithm } from '../signature-algorithm';
import type { SignatureAlgorithm } from '../signature-algorithm';
import { decodeBase64, decodeUtf8, withoutBlanksAround } from '../strict-decoding';

export type CheckedOutKind = 'license' | 'machine';

type PayloadEncoding = 'aes-256-gcm' | 'base64';

/** What a license or machine file says of itself; nothing of it is verified. */
export interface Certificate {
	readonly kind: CheckedOutKind;
	readonly encoding: PayloadEncoding;
	readonly algorithm: SignatureAlgorithm;
	/** The payload as it was signed, still encoded. */
	readonly enc: string;
	readonly signature: Buffer;
}

type CertificateResult =
	| { readonly ok: true; readonly certificate: Certificate }
	| {
			readonly ok: false;
			readonly code: 'MALFORMED' | 'UNSUPPORTED_ALGORITHM';
			readonly detail: string;
	  };

// Three are expected; more are looked at only to be told apart from damage.
const MAX_MEMBERS = 16;

const LABELS: Readonly<Record<CheckedOutKind, string>> = {
	license: 'LICENSE FILE',
	machine: 'MACHINE FILE',
};

/**
 * Takes a license or machine file apart: an armored base64 text of `{"enc","sig","alg"}`
 * (https://keygen.sh/docs/api/cryptography/#cryptographic-lic). Line breaks may fall anywhere or
 * be lost, and blanks around the file are ignored; all else must be as the service writes it, so
 * that no change to a file goes unnoticed, not even one that a lenient decoder would skip.
 */
export function readCertificate(file: string): CertificateResult {
	const text = withoutBlanksAround(file);
	for (const kind of ['license', 'machine'] as const) {
		const begin = `-----BEGIN ${LABELS[kind]}-----`;
		const end = `-----END ${LABELS[kind]}-----`;
		if (text.startsWith(begin) && text.endsWith(end) && text.length > begin.length + end.length) {
			return readBody(kind, text.slice(begin.length, -end.length));
		}
	}
	return malformed('The file does not begin and end as a license or machine file does.');
}

function readBody(kind: CheckedOutKind, body: string): CertificateResult {
	const bytes = decodeBase64(body.replace(/[\r\n]/g, ''), 'standard');
	const json = bytes && decodeUtf8(bytes);
	if (json === undefined) return malformed('The inside of the file is not exact base64.');
	const parts = parseBoundedJson(json, MAX_MEMBERS);
	// Members that are repeated or written another way than the service does would not survive this.
	if (!isJsonObject(parts) || JSON.stringify(parts) !== json) {
		return malformed('The inside of the file is not compact JSON.');
	}
	const { enc, sig, alg, ...others } = parts;
	if (typeof enc !== 'string' || typeof sig !== 'string' || typeof alg !== 'string') {
		return malformed('The file lacks one of enc, sig and alg.');
	}
	if (Object.keys(others).length > 0) {
		return malformed('The file has parts besides enc, sig and alg.');
	}
	const signature = decodeBase64(sig, 'standard');
	if (!signature?.length) return malformed('The signature is not exact base64.');
	const plus = alg.indexOf('+');
	const encoding = alg.slice(0, Math.max(plus, 0));
	const algorithm = alg.slice(plus + 1);
	if ((encoding !== 'aes-256-gcm' && encoding !== 'base64') || !isSignatureAlgorithm(algorithm)) {
		const detail = 'The file is encoded or signed in a way that Keygen does not name.';
		return { ok: false, code: 'UNSUPPORTED_ALGORITHM', detail };
	}
	return { ok: true, certificate: { kind, encoding, algorithm, enc, signature } };
}

function malformed(detail: string): CertificateResult {
	return { ok: false, code: 'MALFORMED', detail };
}
