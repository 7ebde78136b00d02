import { fail, ok, type Result } from '../failure';

/** The only hosts that plain http may go to. */
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Checks an address that requests with a secret go to: https, or http to this machine itself.
 *
 * @param field the credential's field, in quotes, for messages
 * @returns the address, or a sentence that says what is wrong with it
 */
export function secretAddress(given: string, field: string): Result<URL, string> {
	if (given === '') return fail(`${field} is empty`);
	if (!URL.canParse(given))
		return fail(`${field} is not a web address. Enter it with https:// in front`);
	const url = new URL(given);
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
		return fail(`${field} must not hold a user name, a password, a '?' or a '#'`);
	const isLoopback = url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname);
	return url.protocol === 'https:' || isLoopback
		? ok(url)
		: fail(`${field} must start with https://, because each request carries a secret`);
}

const HOSTS = LOOPBACK_HOSTS.map((host) => host.replace(/[.[\]]/g, '\\$&')).join('|');

/** The same rule as the source of a regular expression, for n8n's own credential tests. */
export const SECRET_ADDRESS = `/^https:\\/\\/|^http:\\/\\/(${HOSTS})([:\\/]|$)/i`;
