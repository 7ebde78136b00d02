import type { HttpAnswer, HttpFailure } from '../../shared/http';
import { jsonObject, throttleDelay } from '../../shared/throttle';

/** What kind of trouble it is, in the words of n8n's durable scheduler, which waits accordingly. */
export type FaultCause =
	| 'rate-limited'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

/** A request for events that brought none: what happened, and what to do about it. */
export class ServiceFault extends Error {
	readonly description: string;
	readonly cause: FaultCause;
	readonly status?: number;
	readonly retryAfterMs?: number;

	constructor(
		message: string,
		description: string,
		more: { cause: FaultCause; status?: number; retryAfterMs?: number },
	) {
		super(message);
		this.description = description;
		this.cause = more.cause;
		this.status = more.status;
		this.retryAfterMs = more.retryAfterMs;
	}
}

type Words = [message: string, description: string, cause: FaultCause];

/** A refused token's likely causes; the service does not tell them apart. */
export const TOKEN_CAUSES =
	"The token may have expired or been revoked, belong to another region, or lack the integration 'SIEM' (read); or the reporting add-on (ARAM) is missing from the Keeper plan.";

const WRONG_ADDRESS = "Check 'Region' or 'Base URL' of the credential.";
const LATER = 'The request was repeated a few times. Try again later.';

const STATUSES: Record<number, Words> = {
	400: [
		'Keeper did not understand the request for events',
		"Check the time range and 'Page Size'.",
		'configuration-invalid',
	],
	401: [
		'Keeper did not accept the API token',
		`${TOKEN_CAUSES} Check the credential 'Keeper Admin API'.`,
		'credential-invalid',
	],
	403: [
		'Keeper does not let this API token read events',
		"It needs the integration 'SIEM' (read), and the Keeper plan needs the reporting add-on (ARAM).",
		'credential-invalid',
	],
	404: [
		"The address answers, but not as Keeper's Admin API",
		WRONG_ADDRESS,
		'configuration-invalid',
	],
};

const THROTTLED: Words = [
	'Keeper is receiving too many requests',
	'The node waited as long as it was told to, and was put off again. Run it less often, or over a shorter time range.',
	'rate-limited',
];

/** What is made of an answer that is no page. secret: never shown, should the service repeat it. */
export function faultOfAnswer(answer: HttpAnswer, secret: string): ServiceFault {
	const { status } = answer;
	const retryAfterMs = throttleDelay(answer, 0);
	const [message, advice, cause] = retryAfterMs === undefined ? wordsOf(status) : THROTTLED;
	const said = saidBy(answer.body, secret);
	const description = said === undefined ? advice : `Keeper says: ${said}. ${advice}`;
	return new ServiceFault(`${message} (${status})`, description, { cause, status, retryAfterMs });
}

function wordsOf(status: number): Words {
	const known = STATUSES[status];
	if (known) return known;
	if (status >= 500)
		return ['Keeper cannot answer at the moment', LATER, 'temporarily-unavailable'];
	if (status >= 300 && status < 400) {
		return [
			'The address redirects elsewhere, which is not followed',
			WRONG_ADDRESS,
			'configuration-invalid',
		];
	}
	return ['Keeper refused the request for events', WRONG_ADDRESS, 'configuration-invalid'];
}

/** The service's own words, shortened. */
function saidBy(body: Buffer, secret: string): string | undefined {
	const { message, error } = jsonObject(body) ?? {};
	const said = [message, error].find((text) => typeof text === 'string' && text !== '');
	if (typeof said !== 'string') return undefined;
	return said
		.split(secret)
		.join('[redacted]')
		.slice(0, 200)
		.replace(/[.\s]+$/, '');
}

const FAILURES: Record<HttpFailure['cause'], Words> = {
	unreachable: [
		'Keeper could not be reached',
		`${WRONG_ADDRESS} ${LATER}`,
		'temporarily-unavailable',
	],
	certificate: [
		"The address does not prove to be Keeper's",
		`Its certificate is not valid. ${WRONG_ADDRESS} A proxy that opens encrypted connections has this effect too.`,
		'configuration-invalid',
	],
	blocked: [
		'n8n does not allow requests to this address',
		`It is in a range that n8n's protection against forged requests (SSRF) blocks. ${WRONG_ADDRESS}`,
		'configuration-invalid',
	],
	timeout: ['Keeper did not answer in time', LATER, 'temporarily-unavailable'],
	reset: ['The connection to Keeper was lost', LATER, 'temporarily-unavailable'],
	cancelled: ['Reading events was cancelled', 'Nothing was changed.', 'temporarily-unavailable'],
	'too-large': [
		"Keeper's answer is too large",
		"Set a smaller 'Page Size'.",
		'configuration-invalid',
	],
};

/** What is made of a request without a complete answer. */
export function faultOfFailure({ cause, code }: HttpFailure): ServiceFault {
	const [message, advice, kind] = FAILURES[cause];
	// Codes stand in the description: n8n replaces messages that hold one.
	const description = code === undefined ? advice : `${advice} (${code})`;
	return new ServiceFault(message, description, { cause: kind });
}
