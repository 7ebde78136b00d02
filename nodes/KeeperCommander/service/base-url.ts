import { fail, ok, type Result } from '../../shared/failure';
import { SECRET_ADDRESS, secretAddress } from '../../shared/http/base-url';

/**
 * Hosts that are certainly in a private network: addresses of RFC 1918, 3927, 4193 and 4291, names
 * without a dot as containers have them, and the domains that never leave a network (RFC 6762, 8375,
 * and .internal as ICANN reserves it).
 */
const PRIVATE =
	/^(10(\.\d+){3}|(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}|\[(f[cd]|fe80:)[\da-f:]*\]|[^.:]+|.*\.(local|internal|lan|home\.arpa))$/;
const API_PATH = /\/+(api(\/v[12])?)?\/*$/;

/**
 * The service's address, from a credential.
 *
 * @param given with or without `/api/v1`, `/api/v2` and a slash at the end
 * @param allowHttp whether the key may be sent unencrypted within a private network
 * @returns the address without a slash at the end, or a sentence that says what is wrong with it
 */
export function serviceAddress(given: unknown, allowHttp: boolean): Result<string, string> {
	const text = String(given ?? '').trim();
	const isClear = isPrivateHttp(text);
	// All other rules apply in a private network, too.
	const address = secretAddress(
		isClear && allowHttp ? text.replace(/^http:/i, 'https:') : text,
		"'Base URL'",
	);
	if (!address.ok)
		return isClear && !allowHttp
			? fail(`${address.failure}. Or turn on 'Allow HTTP in a Private Network'`)
			: address;
	const { origin, pathname } = new URL(text);
	return ok((origin + pathname).replace(API_PATH, ''));
}

function isPrivateHttp(text: string): boolean {
	return /^http:/i.test(text) && URL.canParse(text) && PRIVATE.test(new URL(text).hostname);
}

/**
 * The same rule as an expression, for the credential test that n8n itself sends. An address that is
 * not allowed becomes empty, so that the test fails.
 */
export const BASE_URL_EXPRESSION = `={{ (() => {
	const text = String($credentials.baseUrl ?? '').trim();
	const [, scheme, host] = /^(https?):\\/\\/([^\\/?#@]+?)(?::\\d+)?(?:\\/[^?#]*)?$/i.exec(text) ?? [];
	if (!host) return '';
	const isPrivate = $credentials.allowHttp === true && ${String(PRIVATE)}.test(host.toLowerCase());
	return isPrivate || ${SECRET_ADDRESS}.test(text) ? text.replace(${String(API_PATH)}, '') : '';
})() }}`;
