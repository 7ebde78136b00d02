import { fail, ok, type Result } from '../../shared/failure';
import { bareSecret } from '../../shared/http/bare-secret';
import { privateAddress } from '../../shared/http/private-http';

/** How a credential reaches the service. */
export interface Connection {
	/** What paths follow, such as `https://api.keygen.sh/v1/accounts/demo`. */
	accountUrl: string;
	/** The server itself, such as `https://api.keygen.sh`. */
	serverUrl: string;
	/** ID or slug, where the credential names one. */
	account?: string;
	headers: Record<string, string>;
	skipTlsVerify: boolean;
	/** Where the service does not show the account itself. */
	isCustomDomain: boolean;
	/** Never to be shown. */
	secrets: string[];
}

export const CLOUD_URL = 'https://api.keygen.sh';
const JSON_API = 'application/vnd.api+json';

/** The fields of the credential, as far as they are filled. */
interface KeygenCredential {
	host?: unknown;
	account?: unknown;
	domain?: unknown;
	baseUrl?: unknown;
	selfHostedAccount?: unknown;
	authentication?: unknown;
	token?: unknown;
	licenseKey?: unknown;
	environment?: unknown;
	apiVersion?: unknown;
	ignoreTlsIssues?: unknown;
	allowHttp?: unknown;
}

/**
 * Reads a credential.
 *
 * Keygen Cloud needs the account in the path; a custom domain must not have it; a server of one's
 * own takes both (reference: the service's routes).
 *
 * @returns the connection, or what is wrong with the credential. Never throws.
 */
export function connect(credential: KeygenCredential): Result<Connection> {
	const place = placeOf(credential);
	if (!place.ok) return inCredential(place.failure);
	const byKey = credential.authentication === 'licenseKey';
	const secret = bareSecret(byKey ? credential.licenseKey : credential.token);
	const field = `'${byKey ? 'License Key' : 'Token'}' of the credential`;
	if (secret === '') return inCredential(`${field} is empty`);
	if (/[\r\n]/.test(secret)) return inCredential(`${field} has a line break in it`);
	const environment = textOf(credential.environment);
	return ok({
		...place.value,
		headers: {
			Authorization: `${byKey ? 'License' : 'Bearer'} ${secret}`,
			Accept: JSON_API,
			'Keygen-Version': textOf(credential.apiVersion) || '1.8',
			...(environment === '' ? {} : { 'Keygen-Environment': environment }),
			// The server sends plain http on to https, unless a proxy says that it was https before.
			...(place.value.serverUrl.startsWith('http:') ? { 'X-Forwarded-Proto': 'https' } : {}),
		},
		isCustomDomain: credential.host === 'customDomain',
		skipTlsVerify: credential.host === 'selfHosted' && credential.ignoreTlsIssues === true,
		secrets: [secret],
	});
}

function inCredential(problem: string): Result<never> {
	return fail({
		message: problem,
		description: "Open the credential 'Keygen API' and correct it. Nothing was sent.",
	});
}

type Place = Pick<Connection, 'accountUrl' | 'serverUrl' | 'account'>;

function placeOf(credential: KeygenCredential): Result<Place, string> {
	if (credential.host === 'customDomain') {
		const server = serverOf(withScheme(textOf(credential.domain)), 'Custom Domain', false);
		if (!server.ok) return server;
		const { url } = server.value;
		return ok({ serverUrl: url, accountUrl: `${url}/v1` });
	}
	if (credential.host === 'selfHosted') {
		const server = serverOf(textOf(credential.baseUrl), 'Base URL', credential.allowHttp === true);
		if (!server.ok) return server;
		const { url } = server.value;
		const account = textOf(credential.selfHostedAccount) || server.value.account;
		return ok({
			serverUrl: url,
			accountUrl: `${url}/v1${accountPath(account)}`,
			...(account ? { account } : {}),
		});
	}
	const account = textOf(credential.account);
	if (account === '')
		return fail("'Account' of the credential is empty. Enter the account's ID or slug");
	return ok({
		serverUrl: CLOUD_URL,
		accountUrl: `${CLOUD_URL}/v1${accountPath(account)}`,
		account,
	});
}

const accountPath = (account: string | undefined) =>
	account ? `/accounts/${encodeURIComponent(account)}` : '';
const withScheme = (domain: string) =>
	/^https?:\/\//i.test(domain) || domain === '' ? domain : `https://${domain}`;

/** The address of a server, also where its whole API address was pasted. */
function serverOf(
	given: string,
	label: string,
	allowHttp: boolean,
): Result<{ url: string; account?: string }, string> {
	const address = privateAddress(given, `'${label}' of the credential`, allowHttp);
	if (!address.ok) return address;
	const { origin, pathname } = address.value;
	const [, path, account] = /^(.*?)\/*(?:\/v1(?:\/accounts\/([^/]+))?\/*)?$/.exec(pathname) ?? [];
	return ok({ url: origin + path, ...(account ? { account: decodeURIComponent(account) } : {}) });
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
