import type { HttpFailure } from '../../shared/http/http';
import { connectionWords, type ServiceWords } from '../../shared/http/connection-words';
import { failed, unknown, type FailedOutcome, type FailureReason } from './outcome';

const KEEPER: ServiceWords = {
	service: 'Keeper',
	credential: "'Keeper Partner API'",
	address: "'Region' or 'Base URL'",
};

const REASONS: Readonly<Record<HttpFailure['cause'], FailureReason>> = {
	unreachable: 'unreachable',
	certificate: 'unreachable',
	blocked: 'unreachable',
	timeout: 'timeout',
	reset: 'connection_lost',
	cancelled: 'cancelled',
	'too-large': 'unreadable_answer',
};

const PROXY_REFUSED = {
	message: 'The proxy between n8n and Keeper did not open a connection',
	description:
		"Check the proxy that HTTPS_PROXY names in n8n's environment, its user name and password, and whether it lets n8n through to the address in 'Region' or 'Base URL'.",
};

/** What a call without a complete answer means for the license. */
export function connectionOutcome({ cause, received, code }: HttpFailure): FailedOutcome {
	const words = code?.startsWith('PROXY_') ? PROXY_REFUSED : connectionWords(cause, KEEPER);
	if (received === 'maybe')
		return unknown(REASONS[cause], `${words.message}, and the license may exist all the same`);
	const shown = code ? ` (${code})` : '';
	return failed(REASONS[cause], words.message, `Nothing was sent${shown}. ${words.description}`);
}
