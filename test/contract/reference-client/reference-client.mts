import sha256 from 'crypto-js/sha256.js';
import fetch from 'node-fetch';

/** The service's published address; `baseUrl` replaces scheme and host only. */
const PATH = '/bi_api/v1/services/partner/create-license';

export type ReferenceStudent = {
	email: string;
	firstName: string;
	/** The published sample always sends the parameter; without a name it sends an empty one. */
	lastName?: string;
	transactionId: string;
};

export type ReferenceRequest = {
	/** Scheme, host and port, without trailing slash. */
	baseUrl: string;
	plan: 'student' | 'family';
	partnerName: string;
	secret: string;
	student: ReferenceStudent;
};

/** Lower-case hex SHA-256 of e-mail + secret, computed with crypto-js as the published sample does. */
export function referenceHash(email: string, secret: string): string {
	return sha256(email + secret).toString();
}

/**
 * The URL exactly as the published Node.js sample builds it: values joined into the text as they are.
 * Source: the samples of the student page and the family page, which differ by `product_type=4` only.
 */
export function publishedUrl(request: ReferenceRequest): string {
	return urlOf(request, (value) => value, true);
}

/** The same URL with every value percent-encoded; a missing last name is left out. */
export function encodedUrl(request: ReferenceRequest): string {
	return urlOf(request, encodeURIComponent, false);
}

export type ReferenceAnswer = { status: number; contentType: string | null; body: string };

/**
 * Creates one license as a client independent of the nodes would.
 * Sends the sample's headers, follows no redirect, never repeats.
 * Throws what node-fetch throws when no answer arrives.
 */
export async function referenceProvision(
	request: ReferenceRequest & { variant?: 'published' | 'encoded' },
): Promise<ReferenceAnswer> {
	const url = request.variant === 'published' ? publishedUrl(request) : encodedUrl(request);
	const response = await fetch(url, {
		headers: { 'Content-Type': 'application/json' },
		redirect: 'manual',
	});
	return {
		status: response.status,
		contentType: response.headers.get('content-type'),
		body: await response.text(),
	};
}

function urlOf(
	{ baseUrl, plan, partnerName, secret, student }: ReferenceRequest,
	write: (value: string) => string,
	emptyLastName: boolean,
): string {
	const lastName = student.lastName ?? (emptyLastName ? '' : undefined);
	return (
		`${baseUrl}${PATH}?` +
		(plan === 'student' ? 'product_type=4&' : '') +
		`transaction_id=${write(student.transactionId)}` +
		`&first_name=${write(student.firstName)}` +
		(lastName === undefined ? '' : `&last_name=${write(lastName)}`) +
		`&email=${write(student.email)}` +
		`&hash=${referenceHash(student.email, secret)}` +
		`&partner_name=${write(partnerName)}`
	);
}
