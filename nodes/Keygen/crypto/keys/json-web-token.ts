import { isJsonObject, type JsonObject } from '../../../shared/json';
import { parseBoundedJson } from '../bounded-json';
import type { PublicKey } from '../public-key';
import { isSignedBy } from '../signature-algorithm';
import { decodeBase64, decodeUtf8 } from '../strict-decoding';
import type { ValidityWindow } from '../validity-window';

type TokenResult =
	| { readonly ok: true; readonly claims: unknown; readonly window: ValidityWindow }
	| {
			readonly ok: false;
			readonly code: 'MALFORMED' | 'ALGORITHM_MISMATCH' | 'SIGNATURE_INVALID';
			readonly detail: string;
	  };

const MAX_HEADER_MEMBERS = 32;

/**
 * Checks the signature of a JSON Web Token (RFC 7519, RFC 7515) that must be RS256, whatever the
 * token says of itself: `none` and keyed hashes are refused. The times among its claims
 * (`nbf`, `exp`) are handed back unchecked.
 */
export function verifyToken(token: string, key: PublicKey): TokenResult {
	const [header, payload, signature] = token.split('.', 3);
	const head = jsonPart(header, MAX_HEADER_MEMBERS);
	if (!head) return failed('MALFORMED', 'The header of the token is not exact JSON in base64url.');
	if (head.alg !== 'RS256') {
		return failed('ALGORITHM_MISMATCH', 'The token is not signed with RS256.');
	}
	// Extensions that the issuer calls critical must be understood; none is (RFC 7515, 4.1.11).
	if ('crit' in head) return failed('MALFORMED', 'The token has critical extensions.');
	const signatureBytes = decodeBase64(signature ?? '', 'url-unpadded');
	if (!signatureBytes) return failed('MALFORMED', 'The signature is not exact base64url.');

	const signed = Buffer.from(`${header}.${payload}`, 'utf8');
	if (!isSignedBy(key, 'rsa-sha256', signed, signatureBytes)) {
		return failed('SIGNATURE_INVALID', 'The token was changed, or signed with another key.');
	}
	// A vendor may embed any JSON, such as a number; only an object can state times.
	const claims = jsonValue(payload);
	if (claims === undefined) return failed('MALFORMED', 'The claims of the token are not JSON.');
	const window = isJsonObject(claims) ? windowOf(claims) : {};
	if (!window) return failed('MALFORMED', 'The token states its times as something else.');
	return { ok: true, claims, window };
}

function jsonPart(part: string | undefined, maxMembers?: number): JsonObject | undefined {
	const value = jsonValue(part, maxMembers);
	return isJsonObject(value) ? value : undefined;
}

function jsonValue(part: string | undefined, maxMembers?: number): unknown {
	const bytes = decodeBase64(part ?? '', 'url-unpadded');
	const text = bytes && decodeUtf8(bytes);
	return text === undefined ? undefined : parseBoundedJson(text, maxMembers);
}

function windowOf(claims: JsonObject): ValidityWindow | undefined {
	const notBefore = seconds(claims.nbf);
	const expiry = seconds(claims.exp);
	if (notBefore === null || expiry === null) return undefined;
	return { notBefore, expiry };
}

// undefined: not stated; null: stated as something that is no time.
function seconds(value: unknown): number | undefined | null {
	if (value === undefined || value === null) return undefined;
	return typeof value === 'number' && Number.isFinite(value) ? value * 1000 : null;
}

function failed(
	code: 'MALFORMED' | 'ALGORITHM_MISMATCH' | 'SIGNATURE_INVALID',
	detail: string,
): TokenResult {
	return { ok: false, code, detail };
}
