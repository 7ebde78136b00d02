import type { HttpAnswer, HttpFailure, HttpResult } from '../../shared/http';
import { jsonObject } from '../../shared/throttle';
import type { FailedOutcome, FailureReason, Outcome, ProvisionedOutcome } from './outcome';

const LOOK_UP =
	'Look in the Keeper admin console or ask your Keeper representative whether the license exists, by email and transaction ID. Send this person again only if it does not.';

/** Answers that a gateway gives when it did not wait to the end: the service may have acted. */
const UNDECIDED_STATUS = new Set([408, 499]);

/** Takes secrets out of a text of the service, should it have sent them back. */
export type Conceal = (text: string) => string;

/** Reads what came back from a call that creates a license. */
export function licenseOutcome(result: HttpResult, conceal: Conceal): Outcome {
	return result.kind === 'answer' ? answerOutcome(result, conceal) : failureOutcome(result);
}

function answerOutcome(answer: HttpAnswer, conceal: Conceal): Outcome {
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
	const said = saidBy(body, conceal);
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
		provisioned(body, conceal) ?? {
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

function failureOutcome({ cause, received, code }: HttpFailure): FailedOutcome {
	const shown = code ? ` (${code})` : '';
	if (received === 'maybe') {
		if (cause === 'timeout')
			return unknown(
				'timeout',
				'Keeper did not answer in time, and the license may exist all the same',
			);
		if (cause === 'too-large')
			return unknown(
				'unreadable_answer',
				"Keeper's answer was too large to be read, and the license may exist all the same",
			);
		if (cause === 'cancelled')
			return unknown(
				'cancelled',
				'The execution was cancelled while Keeper was working on this person',
			);
		return unknown(
			'connection_lost',
			"The connection broke before Keeper's answer was complete, and the license may exist all the same",
		);
	}
	if (cause === 'cancelled')
		return failed(
			'cancelled',
			'The execution was cancelled before this person was sent',
			'Nothing was created. Run the workflow again.',
		);
	if (cause === 'blocked')
		return failed(
			'unreachable',
			'n8n does not allow requests to this address',
			"Nothing was sent. n8n's protection against requests into the own network is on and covers this 'Base URL'.",
		);
	if (cause === 'certificate')
		return failed(
			'unreachable',
			'The address did not show a valid certificate',
			`Nothing was sent${shown}. Check 'Region' or 'Base URL' of the credential, and whether a proxy takes the connection apart.`,
		);
	return failed(
		'unreachable',
		'Keeper could not be reached',
		`Nothing was sent${shown}. Check the network and 'Region' or 'Base URL' of the credential, then run the workflow again.`,
	);
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
	conceal: Conceal,
): ProvisionedOutcome | undefined {
	const orderNumber = textOrNull(body?.order_number, conceal);
	const vaultUrlRaw = textOrNull(body?.vault_url, conceal);
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

function textOrNull(value: unknown, conceal: Conceal): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? conceal(value.trim()) : null;
}

function saidBy(body: Record<string, unknown> | undefined, conceal: Conceal): string {
	const message = textOrNull(body?.message, conceal);
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
