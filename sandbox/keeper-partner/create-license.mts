import sha256 from 'crypto-js/sha256.js';

import { parseStrictQuery } from './strict-query.mts';

/** The only operation that the partner service documents. */
export const CREATE_LICENSE_PATH = '/bi_api/v1/services/partner/create-license';

export type PartnerRules = {
	partnerName: string;
	partnerSecret: string;
	/** Domains on which a student account is refused; a sub-domain of one is allowed. */
	primaryDomains: readonly string[];
	/** Parameters to accept beyond the documented ones. */
	extraParameters: readonly string[];
};

export type LicenseRequest = {
	email: string;
	firstName: string;
	/** Absent for a person who has one name only. */
	lastName?: string;
	transactionId: string;
	plan: 'student' | 'family';
	/** Values of parameters accepted through `extraParameters`, when any came. */
	extra?: Record<string, string>;
};

/** `reason` is for the person who reads the sandbox's log; the service itself sends `message` only. */
export type Verdict =
	| { accepted: true; license: LicenseRequest }
	| { accepted: false; status: 400 | 401; message: string; reason: string };

const REQUIRED = ['transaction_id', 'first_name', 'email', 'hash', 'partner_name'] as const;
const OPTIONAL = ['last_name', 'product_type'] as const;
const CONTROL_CHARACTER = /\p{Cc}/u;
const EMAIL = /^[^\s@"<>(),;:\\[\]]+@([^\s@.]+\.)+[^\s@.]+$/;

/**
 * Decides on the raw query string of a create-license request, as strictly as the documents allow:
 * https://docs.keeper.io/en/enterprise-guide/api-troubleshooting/api-parameters (parameters),
 * https://docs.keeper.io/en/enterprise-guide/api-troubleshooting/api-response-codes (answers).
 *
 * The hash is the lower-case hex SHA-256 of e-mail + secret. What the documents leave open is
 * refused: unknown or repeated parameters, a product type other than 4, control characters.
 */
export function judgeCreateLicense(rawQuery: string, rules: PartnerRules): Verdict {
	const query = parseStrictQuery(rawQuery);
	if (!query.ok) return badRequest(query.reason);
	const { values } = query;

	const known: readonly string[] = [...REQUIRED, ...OPTIONAL, ...rules.extraParameters];
	for (const [name, value] of values) {
		if (!known.includes(name)) return badRequest(`unknown parameter "${name}"`);
		if (value.trim() === '') return badRequest(`blank value for "${name}"`);
		if (CONTROL_CHARACTER.test(value)) return badRequest(`control character in "${name}"`);
	}
	for (const name of REQUIRED) {
		if (!values.has(name)) return badRequest(`"${name}" is missing`);
	}

	const required = (name: (typeof REQUIRED)[number]) => values.get(name) ?? '';
	const email = required('email');
	if (values.get('partner_name') !== rules.partnerName) return unauthorized('unknown partner');
	if (values.get('hash') !== sha256(email + rules.partnerSecret).toString()) {
		return unauthorized('the hash is not that of e-mail + secret');
	}

	const productType = values.get('product_type');
	if (productType !== undefined && productType !== '4') return badRequest('product_type is not 4');
	if (!EMAIL.test(email)) return badRequest('the e-mail address is malformed');
	if (productType === '4' && rules.primaryDomains.some((domain) => isOn(domain, email))) {
		return badRequest('a student e-mail on the primary domain');
	}

	const extra = rules.extraParameters.flatMap((name) => {
		const value = values.get(name);
		return value === undefined ? [] : [[name, value]];
	});
	return {
		accepted: true,
		license: {
			email,
			firstName: required('first_name'),
			...(values.has('last_name') && { lastName: values.get('last_name') }),
			transactionId: required('transaction_id'),
			plan: productType === undefined ? 'family' : 'student',
			...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
		},
	};
}

/** The e-mail of a request as any lenient reader would see it, also when the request is refused. */
export function emailOf(rawQuery: string): string | undefined {
	return new URLSearchParams(rawQuery).get('email') ?? undefined;
}

function isOn(domain: string, email: string): boolean {
	return email.slice(email.lastIndexOf('@') + 1).toLowerCase() === domain.toLowerCase();
}

function badRequest(reason: string): Verdict {
	return {
		accepted: false,
		status: 400,
		message: 'Invalid request - Missing required fields',
		reason,
	};
}

function unauthorized(reason: string): Verdict {
	return { accepted: false, status: 401, message: 'Invalid Hash Value - UnAuthorized', reason };
}
