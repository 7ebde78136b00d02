import { fail, type Result } from '../failure';
import { SECRET_ADDRESS, secretAddress } from './base-url';

/**
 * Hosts that are certainly in a private network: addresses of RFC 1918, 3927, 4193 and 4291, names
 * without a dot as containers have them, and the domains that never leave a network (RFC 6762, 8375,
 * and .internal as ICANN reserves it).
 */
const PRIVATE =
	/^(10(\.\d+){3}|(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}|\[(f[cd]|fe80:)[\da-f:]*\]|[^.:]+|.*\.(local|internal|lan|home\.arpa))$/;

/**
 * Checks an address that requests with a secret go to, as `secretAddress` does. Within a private
 * network plain http is a choice that the user can make.
 *
 * @param allowHttp whether the user made it
 * @returns the address, or a sentence that says what is wrong with it
 */
export function privateAddress(
	given: string,
	field: string,
	allowHttp: boolean,
): Result<URL, string> {
	const isClear = isPrivateHttp(given);
	// All other rules apply in a private network, too.
	const address = secretAddress(
		isClear && allowHttp ? given.replace(/^http:/i, 'https:') : given,
		field,
	);
	if (!address.ok)
		return isClear && !allowHttp
			? fail(`${address.failure}. Or turn on 'Allow HTTP in a Private Network'`)
			: address;
	return { ok: true, value: new URL(given) };
}

function isPrivateHttp(text: string): boolean {
	return /^http:/i.test(text) && URL.canParse(text) && PRIVATE.test(new URL(text).hostname);
}

/**
 * The same rule for a text variable inside an expression, for n8n's own credential tests.
 *
 * @param text name of the variable
 * @param allowHttp expression for the user's choice
 */
export function privateAddressExpression(text: string, allowHttp: string): string {
	return `(() => {
		const [, , host] = /^(https?):\\/\\/([^\\/?#@]+?)(?::\\d+)?(?:\\/[^?#]*)?$/i.exec(${text}) ?? [];
		return host !== undefined && (${SECRET_ADDRESS}.test(${text}) || (${allowHttp} && ${String(PRIVATE)}.test(host.toLowerCase())));
	})()`;
}
