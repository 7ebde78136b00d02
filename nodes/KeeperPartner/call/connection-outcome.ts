import type { HttpFailure } from '../../shared/http';
import { failed, unknown, type FailedOutcome, type FailureReason } from './outcome';

/** What a call without a complete answer means for the license. */
export function connectionOutcome({ cause, received, code }: HttpFailure): FailedOutcome {
	if (received === 'maybe') {
		const [reason, message] = NO_ANSWER[cause] ?? LOST;
		return unknown(reason, message);
	}
	const [reason, message, description] = code?.startsWith('PROXY_')
		? PROXY_REFUSED
		: (NOT_SENT[cause] ?? UNREACHABLE);
	return failed(reason, message, description.replace('%', code ? ` (${code})` : ''));
}

type Causes<T> = Partial<Record<HttpFailure['cause'], T>>;

const LOST = [
	'connection_lost',
	"The connection broke before Keeper's answer was complete, and the license may exist all the same",
] as const;

const NO_ANSWER: Causes<readonly [FailureReason, string]> = {
	timeout: ['timeout', 'Keeper did not answer in time, and the license may exist all the same'],
	'too-large': [
		'unreadable_answer',
		"Keeper's answer was too large to be read, and the license may exist all the same",
	],
	cancelled: [
		'cancelled',
		'The execution was cancelled while Keeper was working on this person, and the license may exist all the same',
	],
};

/** `%` stands for the code of the operating system, the library or the proxy. */
const UNREACHABLE = [
	'unreachable',
	'Keeper could not be reached',
	"Nothing was sent%. Check the network and 'Region' or 'Base URL' of the credential, then run the workflow again.",
] as const;

const PROXY_REFUSED = [
	'unreachable',
	'The proxy between n8n and Keeper did not open a connection',
	"Nothing reached Keeper%. Check the proxy that HTTPS_PROXY names in n8n's environment, its user name and password, and whether it lets n8n through to the address in 'Region' or 'Base URL'.",
] as const;

const NOT_SENT: Causes<readonly [FailureReason, string, string]> = {
	cancelled: [
		'cancelled',
		'The execution was cancelled before this person was sent',
		'Nothing was created. Run the workflow again.',
	],
	blocked: [
		'unreachable',
		'n8n does not allow requests to this address',
		"Nothing was sent. n8n's protection against requests into the own network is on and covers this 'Base URL'.",
	],
	certificate: [
		'unreachable',
		'The address did not show a valid certificate',
		"Nothing was sent%. Check 'Region' or 'Base URL' of the credential, and whether a proxy takes the connection apart.",
	],
};
