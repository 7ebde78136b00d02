import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { sendCreated, sendFault, sendJson, sendPage } from './answers.mts';
import { CREATE_LICENSE_PATH, judgeCreateLicense } from './create-license.mts';
import type { PartnerRules } from './create-license.mts';
import type { FaultChooser } from './faults.mts';
import type { Ledger } from './ledger.mts';
import type { RequestEntry, RequestLog } from './request-log.mts';

export type Endpoint = {
	rules: PartnerRules;
	vaultUrl: string;
	ledger: Ledger;
	log: RequestLog;
	/** Read for every request, as the plan may change while the service runs. */
	faults(): FaultChooser;
};

/** Answers everything that is not the sandbox's own page or control, as the service would. */
export async function answerProvisioning(
	endpoint: Endpoint,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const entry = endpoint.log.receive(request, response);
	// A client that hangs up is no error here: what it asked for is done all the same.
	request.on('error', () => {});
	response.on('error', () => {});

	if (entry.path !== CREATE_LICENSE_PATH) {
		entry.refusal = 'no such path';
		// Beside the API a web server answers, not the API.
		return sendPage(response, 404, 'Not Found');
	}
	if (entry.method !== 'GET') {
		entry.refusal = 'only GET';
		return sendPage(response, 405, 'Method Not Allowed', { allow: 'GET' });
	}
	await createLicense(endpoint, request, response, entry);
}

async function createLicense(
	{ rules, vaultUrl, ledger, log, faults }: Endpoint,
	request: IncomingMessage,
	response: ServerResponse,
	entry: RequestEntry,
): Promise<void> {
	const { latencyMs, fault } = faults().next(entry.email);
	if (latencyMs > 0) await delay(latencyMs);

	const refused = (status: number, message: string, reason: string) => {
		entry.refusal = reason;
		sendJson(response, status, { success: false, message });
	};
	const verdict = judgeCreateLicense(entry.rawQuery ?? '', rules);

	if (!fault || fault.committed) {
		if (carriesBody(request)) return refused(400, 'Invalid request', 'a body on a GET');
		if (!verdict.accepted) return refused(verdict.status, verdict.message, verdict.reason);
	}

	const row =
		verdict.accepted && (!fault || fault.committed) ? ledger.create(verdict.license) : undefined;
	if (!fault) return row && sendCreated(response, row, vaultUrl);

	entry.fault = fault.kind;
	log.applied({
		request: entry.number,
		...(entry.email !== undefined && { email: entry.email }),
		kind: fault.kind,
		committed: row !== undefined,
		...(row && { orderNumber: row.orderNumber }),
	});
	sendFault({ response, target: request.url ?? '', vaultUrl, fault, ...(row && { row }) });
}

function carriesBody({ headers }: IncomingMessage): boolean {
	return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
