import { ok, type Result } from '../../shared/failure';
import { privateAddress, privateAddressExpression } from '../../shared/http/private-http';

const API_PATH = /\/+(api(\/v[12])?)?\/*$/;

/**
 * The service's address, from a credential.
 *
 * @param given with or without `/api/v1`, `/api/v2` and a slash at the end
 * @param allowHttp whether the key may be sent unencrypted within a private network
 * @returns the address without a slash at the end, or a sentence that says what is wrong with it
 */
export function serviceAddress(given: unknown, allowHttp: boolean): Result<string, string> {
	const address = privateAddress(String(given ?? '').trim(), "'Base URL'", allowHttp);
	if (!address.ok) return address;
	const { origin, pathname } = address.value;
	return ok((origin + pathname).replace(API_PATH, ''));
}

/**
 * The same rule as an expression, for the credential test that n8n itself sends. An address that is
 * not allowed becomes empty, so that the test fails.
 */
export const BASE_URL_EXPRESSION = `={{ (() => {
	const text = String($credentials.baseUrl ?? '').trim();
	return ${privateAddressExpression('text', '$credentials.allowHttp === true')} ? text.replace(${String(API_PATH)}, '') : '';
})() }}`;
