import { secretAddress, SECRET_ADDRESS } from '../http/base-url';
import { fail, ok, type Result } from '../failure';

/**
 * Keeper's hosts by data region.
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

/**
 * Finds the base URL that a Keeper credential means.
 *
 * @param region a key of `KEEPER_REGIONS`, or `custom`
 * @param customBaseUrl read only for `custom`; https, or http to a loopback address; a path is kept
 * @returns the base URL without a trailing slash, or a sentence that says what is wrong
 */
export function keeperBaseUrl(region: string, customBaseUrl: unknown): Result<string, string> {
	if (region !== 'custom') {
		const known = (KEEPER_REGIONS as Record<string, { baseUrl: string } | undefined>)[region];
		return known
			? ok(known.baseUrl)
			: fail(`'Region' is '${region}', which is not a region of Keeper. Choose one from the list`);
	}
	const address = secretAddress(String(customBaseUrl ?? '').trim(), "'Base URL'");
	if (!address.ok) return address;
	const { origin, pathname } = address.value;
	return ok(origin + pathname.replace(/\/+$/, ''));
}

const REGION_URLS = Object.fromEntries(
	Object.entries(KEEPER_REGIONS).map(([region, { baseUrl }]) => [region, baseUrl]),
);

/**
 * The same rule as an expression, for the credential tests that n8n itself sends. A base URL that is
 * not allowed becomes empty, so that the test fails.
 */
export const BASE_URL_EXPRESSION = `={{ (() => {
	const url = (${JSON.stringify(REGION_URLS)})[$credentials.region] ?? String($credentials.baseUrl ?? '').trim().replace(/\\/+$/, '');
	return ${SECRET_ADDRESS}.test(url) ? url : '';
})() }}`;
