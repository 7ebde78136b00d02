import type { HttpAnswer, HttpResult } from '../../shared/http/http';
import { jsonObject } from '../../shared/json';
import { redact } from '../../shared/redaction';
import { connectionOutcome } from './connection-outcome';
import {
	failed,
	unknown,
	type FailedOutcome,
	type Outcome,
	type ProvisionedOutcome,
} from './outcome';

/** Answers that a gateway gives when it did not wait to the end: the service may have acted. */
const UNDECIDED_STATUS = new Set([408, 499]);

/**
 * Reads what came back from a call that creates a license.
 *
 * @param secrets removed from the service's texts, should it have sent them back
 */
export function licenseOutcome(result: HttpResult, secrets: readonly string[]): Outcome {
	return result.kind === 'answer' ? answerOutcome(result, secrets) : connectionOutcome(result);
}

type Body = Record<string, unknown> | undefined;

function answerOutcome(answer: HttpAnswer, secrets: readonly string[]): Outcome {
	const { status: httpStatus } = answer;
	const body = jsonObject(answer.body);
	const orderNumber = textOrNull(body?.order_number, secrets) ?? undefined;
	const facts = { httpStatus, ...(orderNumber === undefined ? {} : { orderNumber }) };
	if (httpStatus >= 500 || UNDECIDED_STATUS.has(httpStatus)) {
		return unknown(
			'server_fault',
			`Keeper answered with status ${httpStatus}, and the license may exist all the same`,
			facts,
		);
	}
	if (orderNumber !== undefined && !confirms(httpStatus, body)) {
		return unknown(
			'unreadable_answer',
			`Keeper did not confirm the license, but gave the order number ${orderNumber}${saidBy(body, secrets)}`,
			facts,
		);
	}
	if (httpStatus >= 300 && httpStatus < 400) return redirected(answer);
	if (httpStatus >= 400) return turnedDown(answer, body, secrets);
	if (body?.success === false) {
		return failed(
			'refused',
			`Keeper did not create the license${saidBy(body, secrets)}`,
			'Keeper answered that the request did not succeed. Correct the fields of this person, or ask your Keeper representative.',
			httpStatus,
		);
	}
	return (
		provisioned(body, secrets) ??
		unknown(
			'unreadable_answer',
			`Keeper's answer cannot be read: ${describeBody(answer)}. The license may exist all the same`,
			facts,
		)
	);
}

/** Whether an answer does not contradict the order number in it. */
function confirms(status: number, body: Body): boolean {
	return status < 300 && (body?.success === undefined || body.success === true);
}

function turnedDown({ status }: HttpAnswer, body: Body, secrets: readonly string[]): FailedOutcome {
	if (status === 429 || (status === 403 && body?.error === 'throttled')) {
		return failed(
			'throttled',
			'Keeper is receiving too many requests, and asks for a longer wait than the node makes',
			"Nothing was created for this person. Run the workflow again later, with fewer 'Requests at a Time' or a 'Pause Between Requests'.",
			status,
		);
	}
	// Keeper's own refusals are JSON with `success`. All else was said by something in between.
	if (typeof body?.success !== 'boolean') return notFromKeeper(status);
	const said = saidBy(body, secrets);
	if (status === 401) {
		return failed(
			'unauthorized',
			`Keeper did not accept the credential (401)${said}`,
			"Check 'Partner Name', 'Partner Secret' and 'Region' of the credential: the name and the secret must be the ones that Keeper issued together, and belong to this region.",
			status,
		);
	}
	return failed(
		'refused',
		`Keeper refused the request with status ${status}${said}`,
		'Correct the fields of this person. Nothing was created.',
		status,
	);
}

const WHO_REFUSED: Record<number, string> = {
	404: "The address is wrong: check 'Region' or 'Base URL' of the credential.",
	407: "A proxy asks n8n for a user name and a password. Set them in HTTPS_PROXY in n8n's environment.",
};

function notFromKeeper(status: number): FailedOutcome {
	const who =
		WHO_REFUSED[status] ??
		"A proxy, a firewall or another server answered in Keeper's place. Ask the administrator of your network to let n8n through to Keeper, and check 'Region' or 'Base URL' of the credential.";
	return failed(
		'not_from_keeper',
		`The request was turned away with status ${status}, and not by Keeper's partner API`,
		`${who} This says nothing about the person, and nothing was created.`,
		status,
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

function provisioned(body: Body, secrets: readonly string[]): ProvisionedOutcome | undefined {
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

function saidBy(body: Body, secrets: readonly string[]): string {
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
