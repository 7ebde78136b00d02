import { hash } from 'node:crypto';

import type { Person } from '../person/person';
import type { PlanRow } from '../plans';

/** What the credential gives to each call. */
export interface Partner {
	baseUrl: string;
	name: string;
	secret: string;
}

/** The query parameters of one call, in the order of Keeper's own sample. */
export type LicenseParameters = Record<string, string>;

/** The names of Keeper's own parameters, which no additional one may bear. */
export const DOCUMENTED_PARAMETERS: ReadonlySet<string> = new Set([
	'transaction_id',
	'first_name',
	'last_name',
	'email',
	'hash',
	'partner_name',
	'product_type',
]);

/**
 * Lower-case hexadecimal SHA-256 of the address and the secret, both in UTF-8, with nothing between
 * (Keeper, "Provision Student plans via API", step 3).
 */
export function licenseHash(email: string, secret: string): string {
	return hash('sha256', email + secret, 'hex');
}

/**
 * The parameters of a call. `last_name` is left out where there is none: Keeper refuses it empty.
 *
 * @param additional parameters that Keeper may have given to the partner beyond the documented ones
 */
export function licenseParameters(
	row: PlanRow,
	person: Person,
	partner: Partner,
	additional: LicenseParameters = {},
): LicenseParameters {
	return {
		...row.query,
		transaction_id: person.transactionId,
		first_name: person.firstName,
		...(person.lastName === '' ? {} : { last_name: person.lastName }),
		email: person.email,
		hash: licenseHash(person.email, partner.secret),
		partner_name: partner.name,
		...additional,
	};
}

/** The address of a call, every value percent-encoded (RFC 3986). */
export function licenseUrl(row: PlanRow, baseUrl: string, parameters: LicenseParameters): string {
	const query = Object.entries(parameters).map(
		([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`,
	);
	return `${licenseEndpoint(row, baseUrl)}?${query.join('&')}`;
}

/** The address of a call without its query: safe to show. */
export function licenseEndpoint(row: PlanRow, baseUrl: string): string {
	return baseUrl + row.request.slice('GET '.length);
}

function percentEncoded(value: string): string {
	return encodeURIComponent(value).replace(
		/[!'()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
