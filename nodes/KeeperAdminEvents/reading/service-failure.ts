import type { Failure, FailureCause } from '../../shared/failure';
import { connectionWords, type ServiceWords } from '../../shared/http/connection-words';
import type { HttpAnswer, HttpFailure } from '../../shared/http/http';
import { throttleDelay } from '../../shared/http/throttle';
import { jsonObject } from '../../shared/json';
import { redact } from '../../shared/redaction';

export type Words = [message: string, description: string, cause: FailureCause];

const WRONG_ADDRESS = "Check 'Region' or 'Base URL' of the credential.";
const LATER = 'The request was repeated a few times. Try again later.';

/** By ranges of the HTTP status; the first that fits counts. */
const STATUSES: ReadonlyArray<[from: number, to: number, words: Words]> = [
	[
		400,
		400,
		[
			'Keeper did not understand the request for events',
			"Check the time range and 'Page Size'.",
			'configuration-invalid',
		],
	],
	[
		401,
		401,
		[
			'Keeper did not accept the API token',
			// The service does not tell these apart.
			"The token may have expired or been revoked, belong to another region, or lack the integration 'SIEM' (read); or the reporting add-on (ARAM) is missing from the Keeper plan. Check the credential 'Keeper Admin API'.",
			'credential-invalid',
		],
	],
	[
		403,
		403,
		[
			'Keeper does not let this API token read events',
			"It needs the integration 'SIEM' (read), and the Keeper plan needs the reporting add-on (ARAM).",
			'credential-invalid',
		],
	],
	[
		404,
		404,
		["The address answers, but not as Keeper's Admin API", WRONG_ADDRESS, 'configuration-invalid'],
	],
	[500, 599, ['Keeper cannot answer at the moment', LATER, 'temporarily-unavailable']],
	[
		300,
		399,
		[
			'The address redirects elsewhere, which is not followed',
			WRONG_ADDRESS,
			'configuration-invalid',
		],
	],
	[0, Infinity, ['Keeper refused the request for events', WRONG_ADDRESS, 'configuration-invalid']],
];

const THROTTLED: Words = [
	'Keeper is receiving too many requests',
	'The node waited as long as Keeper asked, and was throttled again. Run it less often, or over a shorter time range.',
	'rate-limited',
];

/**
 * What a response that is not a page means.
 *
 * @param secret never shown, should the service repeat it
 * @param own what statuses mean where other than events were asked for
 */
export function answerFailure(
	answer: HttpAnswer,
	secret: string,
	own: Readonly<Record<number, Words>> = {},
): Failure {
	const { status } = answer;
	const retryAfterMs = throttleDelay(answer, 0);
	const [message, advice, cause] =
		retryAfterMs === undefined ? (own[status] ?? wordsOf(status)) : THROTTLED;
	const said = saidBy(answer.body, secret);
	return {
		message: `${message} (${status})`,
		description: said === undefined ? advice : `Keeper says: ${said}. ${advice}`,
		cause,
		status,
		...(retryAfterMs === undefined ? {} : { facts: { retryAfterMs } }),
	};
}

function wordsOf(status: number): Words {
	const row = STATUSES.find(([from, to]) => status >= from && status <= to);
	return (row ?? STATUSES[STATUSES.length - 1])[2];
}

/** The service's own words, shortened. */
function saidBy(body: Buffer, secret: string): string | undefined {
	const { message, error } = jsonObject(body) ?? {};
	const said = [message, error].find((text) => typeof text === 'string' && text !== '');
	if (typeof said !== 'string') return undefined;
	return redact(said, [secret])
		.slice(0, 200)
		.replace(/[.\s]+$/, '');
}

const KEEPER: ServiceWords = {
	service: 'Keeper',
	credential: "'Keeper Admin API'",
	address: "'Region' or 'Base URL'",
	advice: {
		timeout: LATER,
		reset: LATER,
		cancelled: 'Nothing was changed.',
		'too-large': "Set a smaller 'Page Size'.",
	},
};

const CAUSES: Readonly<Record<HttpFailure['cause'], FailureCause>> = {
	unreachable: 'temporarily-unavailable',
	certificate: 'configuration-invalid',
	blocked: 'configuration-invalid',
	timeout: 'temporarily-unavailable',
	reset: 'temporarily-unavailable',
	cancelled: 'temporarily-unavailable',
	'too-large': 'configuration-invalid',
};

/** What a request without a complete response means. */
export function connectionFailure({ cause, code }: HttpFailure): Failure {
	const { message, description } = connectionWords(cause, KEEPER);
	// Codes belong in the description: n8n replaces messages that contain one.
	const shown = code === undefined ? '' : ` (${code})`;
	return { message, description: `${description}${shown}`, cause: CAUSES[cause] };
}
