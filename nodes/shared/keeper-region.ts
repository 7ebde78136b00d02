/**
 * Where Keeper answers, by data region.
 * Source: the host list of Keeper's own Commander (`KEEPER_PUBLIC_HOSTS`).
 */
export const KEEPER_REGIONS = {
	US: { name: 'United States', baseUrl: 'https://keepersecurity.com' },
	EU: { name: 'Europe', baseUrl: 'https://keepersecurity.eu' },
	AU: { name: 'Australia', baseUrl: 'https://keepersecurity.com.au' },
	CA: { name: 'Canada', baseUrl: 'https://keepersecurity.ca' },
	JP: { name: 'Japan', baseUrl: 'https://keepersecurity.jp' },
	US_GOV: { name: 'US Government Cloud', baseUrl: 'https://govcloud.keepersecurity.us' },
} as const;

export type KeeperRegion = keyof typeof KEEPER_REGIONS | 'custom';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** The base URL of a credential, or a sentence that says what is wrong with it. */
export type BaseUrl = { baseUrl: string } | { invalid: string };

/**
 * Finds the base URL that a Keeper credential means.
 *
 * @param region a key of `KEEPER_REGIONS`, or `custom`
 * @param customBaseUrl read only for `custom`; https, or http on a loopback address; a path is kept
 * @returns the base URL without a trailing slash, or what is wrong with it. Never throws.
 */
export function keeperBaseUrl(region: string, customBaseUrl: unknown): BaseUrl {
	if (region !== 'custom') {
		const known = (KEEPER_REGIONS as Record<string, { baseUrl: string } | undefined>)[region];
		return known
			? { baseUrl: known.baseUrl }
			: {
					invalid: `'Region' is '${region}', which is not a region of Keeper. Choose one from the list.`,
				};
	}
	const given = String(customBaseUrl ?? '').trim();
	if (given === '')
		return {
			invalid:
				"'Base URL' is empty. Enter the address that Keeper gave you, such as https://keepersecurity.com.",
		};
	if (!URL.canParse(given))
		return { invalid: "'Base URL' is not a web address. Enter it with https:// in front." };
	const url = new URL(given);
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		return {
			invalid:
				"'Base URL' must not hold a user name, a password, a '?' or a '#'. Enter the address alone.",
		};
	}
	const loopback = url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname);
	if (url.protocol !== 'https:' && !loopback) {
		return {
			invalid:
				"'Base URL' must start with https://, because each request carries personal data and the proof of your secret.",
		};
	}
	return { baseUrl: url.origin + url.pathname.replace(/\/+$/, '') };
}

const REGION_URLS = Object.fromEntries(
	Object.entries(KEEPER_REGIONS).map(([region, { baseUrl }]) => [region, baseUrl]),
);

/**
 * The same rule as an expression, for the credential tests that n8n itself sends. A base URL that is
 * not allowed gives none, so that the test is red.
 */
export const BASE_URL_EXPRESSION = `={{ (() => {
	const url = (${JSON.stringify(REGION_URLS)})[$credentials.region] ?? String($credentials.baseUrl ?? '').trim().replace(/\\/+$/, '');
	return /^https:\\/\\/|^http:\\/\\/(localhost|127\\.0\\.0\\.1|\\[::1\\])(:|\\/|$)/i.test(url) ? url : '';
})() }}`;
