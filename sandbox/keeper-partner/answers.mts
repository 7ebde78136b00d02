import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { ChosenFault, FaultKind } from './faults.mts';
import type { LedgerRow } from './ledger.mts';

const MEBIBYTE = 1024 * 1024;

/** What a fault needs to write its answer. `row` is present exactly when a license was created. */
export type AnswerContext = {
	response: ServerResponse;
	/** Path and raw query as requested. */
	target: string;
	vaultUrl: string;
	row?: LedgerRow;
	fault: ChosenFault;
};

/** Sends the documented answer to a created license. */
export function sendCreated(response: ServerResponse, row: LedgerRow, vaultUrl: string): void {
	sendJson(response, 200, created(row, vaultUrl));
}

export function sendJson(
	response: ServerResponse,
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): void {
	send(response, status, 'application/json', JSON.stringify(body), headers);
}

export function sendPage(
	response: ServerResponse,
	status: number,
	title: string,
	headers: Record<string, string> = {},
): void {
	send(response, status, 'text/html', `<!doctype html><title>${title}</title>`, headers);
}

/** Writes the answer of a fault to the wire, or leaves the client without one. */
export function sendFault(context: AnswerContext): void {
	FAULT_ANSWERS[context.fault.kind](context);
}

const FAULT_ANSWERS: Record<FaultKind, (context: AnswerContext) => void> = {
	'500-before': internalError,
	'500-after': internalError,
	'502-html-before': badGateway,
	'502-html-after': badGateway,
	'503-retry-after': ({ response, fault }) =>
		sendJson(response, 503, { success: false, message: 'Service Unavailable' }, retryAfter(fault)),
	'429': ({ response, fault }) =>
		sendJson(response, 429, { success: false, message: 'Too Many Requests' }, retryAfter(fault)),
	'403-throttled': ({ response, fault }) =>
		sendJson(response, 403, {
			error: 'throttled',
			message: `Too many requests. Try again in ${fault.details.retryAfterSeconds ?? 2} seconds`,
		}),
	'timeout-before': () => {},
	'timeout-after': () => {},
	'reset-before': ({ response }) => void response.socket?.destroy(),
	'reset-after': ({ response }) => void response.socket?.resetAndDestroy(),
	'reset-mid-body': (context) => void resetMidBody(context),
	'success-false': ({ response }) =>
		sendJson(response, 200, { success: false, message: 'Unable to create the license' }),
	'missing-vault-url': (context) => {
		const { vault_url: _, ...rest } = body(context);
		sendJson(context.response, 200, rest);
	},
	'empty-200': ({ response }) => send(response, 200, 'application/json', ''),
	'html-200': ({ response }) =>
		send(response, 200, 'text/html', page('Sign in', 'Sign in to use this network.')),
	'json-array-200': (context) => sendJson(context.response, 200, [body(context)]),
	'truncated-json-200': (context) =>
		send(context.response, 200, 'application/json', firstHalf(JSON.stringify(body(context)))),
	'redirect-other-host': ({ response, fault, target }) =>
		send(response, fault.details.redirectStatus ?? 302, 'text/html', '', {
			location: (fault.details.redirectTo ?? '').replace(/\/$/, '') + target,
		}),
	'huge-body': (context) => void hugeBody(context),
	'slow-body': (context) => void slowBody(context),
};

function internalError({ response }: AnswerContext): void {
	sendJson(response, 500, { success: false, message: 'Internal Server Error' });
}

function badGateway({ response }: AnswerContext): void {
	send(response, 502, 'text/html', page('502 Bad Gateway', 'The upstream server did not answer.'));
}

async function resetMidBody(context: AnswerContext): Promise<void> {
	const { response } = context;
	const text = JSON.stringify(body(context));
	response.writeHead(200, headersFor('application/json', text));
	await new Promise((sent) => response.write(firstHalf(text), sent));
	// A reset discards what the client has not read yet, so the half body gets a moment to arrive.
	await delay(50);
	response.socket?.resetAndDestroy();
}

async function hugeBody(context: AnswerContext): Promise<void> {
	const { response, fault } = context;
	const chunks = (fault.details.bodyMegabytes ?? 32) * 16;
	const chunk = 'x'.repeat(MEBIBYTE / 16);

	const closed = new Promise((resume) => response.once('close', resume));

	response.writeHead(200, { 'content-type': 'application/json' });
	response.write('{"padding":"');
	for (let i = 0; i < chunks && !response.destroyed; i += 1) {
		const room = response.write(chunk);
		if (!room)
			await Promise.race([closed, new Promise((resume) => response.once('drain', resume))]);
	}
	response.end(`",${JSON.stringify(body(context)).slice(1)}`);
}

async function slowBody(context: AnswerContext): Promise<void> {
	const { response, fault } = context;
	const text = JSON.stringify(body(context));
	response.writeHead(200, headersFor('application/json', text));
	for (const byte of Buffer.from(text)) {
		if (response.destroyed) return;
		response.write(Buffer.of(byte));
		await delay(fault.details.dripMs ?? 50);
	}
	response.end();
}

function created(row: LedgerRow, vaultUrl: string) {
	return { success: true, order_number: row.orderNumber, vault_url: vaultUrl };
}

// Without a license the fields are still of the documented shape, so that only the ledger tells.
function body({ row, vaultUrl }: AnswerContext) {
	return row
		? created(row, vaultUrl)
		: { success: true, order_number: '00000000-0000', vault_url: vaultUrl };
}

function retryAfter({ details }: ChosenFault): Record<string, string> {
	const seconds = details.retryAfterSeconds ?? 1;
	if (details.retryAfterForm !== 'http-date') return { 'retry-after': String(seconds) };
	// An HTTP date has whole seconds: rounded up, so that it is never sooner than asked.
	const date = new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000);
	return { 'retry-after': date.toUTCString() };
}

function firstHalf(text: string): string {
	return text.slice(0, Math.floor(text.length / 2));
}

function page(title: string, text: string): string {
	return `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
}

function send(
	response: ServerResponse,
	status: number,
	contentType: string,
	text: string,
	headers: Record<string, string> = {},
): void {
	response.writeHead(status, { ...headersFor(contentType, text), ...headers });
	response.end(text);
}

function headersFor(contentType: string, text: string): Record<string, string | number> {
	return { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
}
