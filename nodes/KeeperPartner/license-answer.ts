import { connectionWords, type ServiceWords } from '../shared/http/connection-words';
import type { HttpAnswer, HttpFailure, HttpResult } from '../shared/http/http';
import { jsonObject } from '../shared/json';
import { redact } from '../shared/redaction';
import type { FailedOutcome, FailureReason, Outcome, ProvisionedOutcome } from './outcome';

const LOOK_UP =
	'Look in the Keeper admin console or ask your Keeper representative whether the license exists, by email and transaction ID. Send this person again only if it does not.';

/** Answers that a gateway gives when it did not wait to the end: the service may have acted. */
const UNDECIDED_STATUS = new Set([408, 499]);

/**
 * Reads what came back from a call that creates a license.
 *
 * @param secrets removed from the service's texts, should it have sent them back
 */
export function licenseOutcome(result: HttpResult, secrets: readonly string[]): Outcome {
	return result.kind === 'answer' ? answerOutcome(result, secrets) : failureOutcome(result);
}

function answerOutcome(answer: HttpAnswer, secrets: readonly string[]): Outcome {
	const { status } = answer;
	if (status >= 500 || UNDECIDED_STATUS.has(status)) {
		return unknown(
			'server_fault',
			`Keeper answered with status ${status}, and the license may exist all the same`,
			status,
		);
	}
	if (status >= 300 && status < 400) return redirected(answer);
	const body = jsonObject(answer.body);
	const said = saidBy(body, secrets);
	if (status === 401) {
		return failed(
			'unauthorized',
			`Keeper did not accept the credential (401)${said}`,
			"Check 'Partner Name', 'Partner Secret' and 'Region' of the credential: the name and the secret must be the ones that Keeper issued together, and belong to this region.",
			status,
		);
	}
	if (status === 429 || (status === 403 && body?.error === 'throttled')) {
		return failed(
			'throttled',
			'Keeper is receiving too many requests, and waiting did not help',
			"Nothing was created for this person. Run the workflow again later, with fewer 'Requests at a Time' or a 'Pause Between Requests'.",
			status,
		);
	}
	if (status >= 400) {
		return failed(
			'refused',
			`Keeper refused the request with status ${status}${said}`,
			status === 404
				? "The address is wrong: check 'Region' or 'Base URL' of the credential."
				: 'Correct the fields of this person. Nothing was created.',
			status,
		);
	}
	if (body?.success === false) {
		return failed(
			'refused',
			`Keeper did not create the license${said}`,
			'Keeper answered that the request did not succeed. Correct the fields of this person, or ask your Keeper representative.',
			status,
		);
	}
	return (
		provisioned(body, secrets) ?? {
			...failed(
				'unreadable_answer',
				`Keeper's answer cannot be read: ${describeBody(answer)}`,
				`The answer neither confirms nor denies the license. ${LOOK_UP}`,
				status,
			),
			safeToRetry: false,
		}
	);
}

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

function failureOutcome({ cause, received, code }: HttpFailure): FailedOutcome {
	const { message, description } = connectionWords(cause, KEEPER);
	if (received === 'maybe')
		return unknown(REASONS[cause], `${message}, and the license may exist all the same`);
	const shown = code ? ` (${code})` : '';
	return failed(REASONS[cause], message, `Nothing was sent${shown}. ${description}`);
}

function redirected(answer: HttpAnswer): FailedOutcome {
	const target = answer.headers.location ?? '';
	const host = URL.canParse(target) ? ` to ${new URL(target).host}` : '';
	return failed(
		'redirected',
		`The address redirects${host}; the redirect was not followed`,
		"A redirect would hand personal data and the proof of your secret to another address. Check 'Region' or 'Base URL' of the credential.",
		answer.status,
	);
}

function provisioned(
	body: Record<string, unknown> | undefined,
	secrets: readonly string[],
): ProvisionedOutcome | undefined {
	const orderNumber = textOrNull(body?.order_number, secrets);
	const vaultUrlRaw = textOrNull(body?.vault_url, secrets);
	// Keeper marks no member as required: any of the three is a confirmation.
	if (body?.success !== true && orderNumber === null && vaultUrlRaw === null) return undefined;
	return { outcome: 'provisioned', orderNumber, vaultUrl: secureUrl(vaultUrlRaw), vaultUrlRaw };
}

/** Puts https:// in front where no scheme is given. Anything but https is not handed on as a link. */
function secureUrl(raw: string | null): string | null {
	if (raw === null) return null;
	const url = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(raw) ? raw : `https://${raw.replace(/^\/+/, '')}`;
	return /^https:\/\//i.test(url) && URL.canParse(url) ? url : null;
}

function textOrNull(value: unknown, secrets: readonly string[]): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? redact(value.trim(), secrets) : null;
}

function saidBy(body: Record<string, unknown> | undefined, secrets: readonly string[]): string {
	const message = textOrNull(body?.message, secrets);
	return message === null ? '' : `: ${message.slice(0, 300)}`;
}

function describeBody({ body, headers }: HttpAnswer): string {
	if (body.length === 0) return 'it is empty';
	if (
		/html/i.test(headers['content-type'] ?? '') ||
		body.subarray(0, 200).toString().trimStart().startsWith('<')
	)
		return 'it is a web page, not JSON';
	return jsonObject(body) ? 'it is JSON without the expected members' : 'it is not a JSON object';
}

function failed(
	reason: FailureReason,
	message: string,
	description: string,
	httpStatus?: number,
): FailedOutcome {
	return { outcome: 'failed', reason, safeToRetry: true, message, description, httpStatus };
}

function unknown(reason: FailureReason, message: string, httpStatus?: number): FailedOutcome {
	return {
		outcome: 'unknown',
		reason,
		safeToRetry: false,
		message,
		description: LOOK_UP,
		httpStatus,
	};
}
