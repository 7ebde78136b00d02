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

export interface ConnectionProblem {
	problem: string;
}

export const CLOUD_URL = 'https://api.keygen.sh';
const JSON_API = 'application/vnd.api+json';
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** The fields of the credential, as far as they are filled. */
export interface KeygenCredential {
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
}

/**
 * Reads a credential.
 *
 * Keygen Cloud needs the account in the path; a custom domain must not have it; a server of one's
 * own takes both (reference: the service's routes).
 *
 * @returns the connection, or what is wrong with the credential. Never throws.
 */
export function connect(credential: KeygenCredential): Connection | ConnectionProblem {
	const place = placeOf(credential);
	if ('problem' in place) return place;
	const byKey = credential.authentication === 'licenseKey';
	const secret = textOf(byKey ? credential.licenseKey : credential.token).replace(
		/^(Bearer|License)\s+/i,
		'',
	);
	if (secret === '')
		return { problem: `'${byKey ? 'License Key' : 'Token'}' of the credential is empty` };
	if (/[\r\n]/.test(secret))
		return {
			problem: `'${byKey ? 'License Key' : 'Token'}' of the credential has a line break in it`,
		};
	const environment = textOf(credential.environment);
	return {
		...place,
		headers: {
			Authorization: `${byKey ? 'License' : 'Bearer'} ${secret}`,
			Accept: JSON_API,
			'Keygen-Version': textOf(credential.apiVersion) || '1.8',
			...(environment === '' ? {} : { 'Keygen-Environment': environment }),
		},
		isCustomDomain: credential.host === 'customDomain',
		skipTlsVerify: credential.host === 'selfHosted' && credential.ignoreTlsIssues === true,
		secrets: [secret],
	};
}

type Place = Pick<Connection, 'accountUrl' | 'serverUrl' | 'account'>;

function placeOf(credential: KeygenCredential): Place | ConnectionProblem {
	if (credential.host === 'customDomain') {
		const server = serverUrl(withScheme(textOf(credential.domain)), 'Custom Domain');
		return 'problem' in server ? server : { serverUrl: server.url, accountUrl: `${server.url}/v1` };
	}
	if (credential.host === 'selfHosted') {
		const server = serverUrl(textOf(credential.baseUrl), 'Base URL');
		if ('problem' in server) return server;
		const account = textOf(credential.selfHostedAccount) || server.account;
		return {
			serverUrl: server.url,
			accountUrl: `${server.url}/v1${accountPath(account)}`,
			...(account ? { account } : {}),
		};
	}
	const account = textOf(credential.account);
	if (account === '')
		return { problem: "'Account' of the credential is empty. Enter the account's ID or slug" };
	return { serverUrl: CLOUD_URL, accountUrl: `${CLOUD_URL}/v1${accountPath(account)}`, account };
}

const accountPath = (account: string | undefined) =>
	account ? `/accounts/${encodeURIComponent(account)}` : '';
const withScheme = (domain: string) =>
	/^https?:\/\//i.test(domain) || domain === '' ? domain : `https://${domain}`;

/** The address of a server, also where its whole API address was pasted. */
function serverUrl(
	given: string,
	label: string,
): { url: string; account?: string } | ConnectionProblem {
	if (given === '') return { problem: `'${label}' of the credential is empty` };
	if (!URL.canParse(given))
		return {
			problem: `'${label}' of the credential is not a web address. Enter it with https:// in front`,
		};
	const url = new URL(given);
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		return {
			problem: `'${label}' of the credential must not hold a user name, a password, a '?' or a '#'`,
		};
	}
	const loopback = url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname);
	if (url.protocol !== 'https:' && !loopback) {
		return {
			problem: `'${label}' of the credential must start with https://, because each request carries the token`,
		};
	}
	const [, path, account] =
		/^(.*?)\/*(?:\/v1(?:\/accounts\/([^/]+))?\/*)?$/.exec(url.pathname) ?? [];
	return { url: url.origin + path, ...(account ? { account: decodeURIComponent(account) } : {}) };
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
