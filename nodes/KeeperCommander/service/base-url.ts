/** The address of a service, or a sentence that says what is wrong with it. */
export type Address = { url: string } | { invalid: string };

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/**
 * Hosts that are in a private network for certain: addresses of RFC 1918, 3927, 4193 and 4291, names
 * without a dot as containers have them, and the domains that never leave a network (RFC 6762, 8375,
 * and .internal as ICANN reserves it).
 */
const PRIVATE =
	/^(10(\.\d+){3}|(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}|\[(f[cd]|fe80:)[\da-f:]*\]|[^.:]+|.*\.(local|internal|lan|home\.arpa))$/;
const API_PATH = /\/+(api(\/v[12])?)?\/*$/;

/**
 * Finds the address that a credential means.
 *
 * @param given with or without `/api/v1`, `/api/v2` and a slash at the end
 * @param allowHttp whether the key may travel in clear within a private network
 * @returns the address without a slash at the end, or what is wrong with it. Never throws.
 */
export function serviceAddress(given: unknown, allowHttp: boolean): Address {
	const text = String(given ?? '').trim();
	if (text === '')
		return {
			invalid:
				"'Base URL' is empty. Enter where Service Mode listens, such as https://commander.example.com:8900.",
		};
	if (!URL.canParse(text) || !/^https?:\/\//i.test(text))
		return { invalid: "'Base URL' is not a web address. Enter it with https:// in front." };
	const url = new URL(text);
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
		return {
			invalid:
				"'Base URL' must not hold a user name, a password, a '?' or a '#'. Enter the address alone.",
		};
	if (url.protocol === 'http:' && !mayBeClear(url.hostname, allowHttp))
		return {
			invalid: PRIVATE.test(url.hostname)
				? "'Base URL' starts with http://, which would send the API key in clear. Use https://, or turn on 'Allow HTTP in a Private Network'."
				: "'Base URL' must start with https://, because the API key carries an administrator's rights.",
		};
	return { url: (url.origin + url.pathname).replace(API_PATH, '') };
}

function mayBeClear(host: string, allowHttp: boolean): boolean {
	return LOOPBACK.test(host) || (allowHttp && PRIVATE.test(host));
}

/**
 * The same rule as an expression, for the credential test that n8n itself sends. An address that is
 * not allowed gives none, so that the test fails.
 */
export const BASE_URL_EXPRESSION = `={{ (() => {
	const text = String($credentials.baseUrl ?? '').trim();
	const [, scheme, host] = /^(https?):\\/\\/([^\\/?#@]+?)(?::\\d+)?(?:\\/[^?#]*)?$/i.exec(text) ?? [];
	if (!host) return '';
	const name = host.toLowerCase();
	const clear = ${String(LOOPBACK)}.test(name) || ($credentials.allowHttp === true && ${String(PRIVATE)}.test(name));
	return scheme.toLowerCase() === 'https' || clear ? text.replace(${String(API_PATH)}, '') : '';
})() }}`;
