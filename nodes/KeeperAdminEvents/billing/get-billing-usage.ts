import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ItemResult } from '../../shared/delivery';
import { Failed, ok } from '../../shared/failure';
import { HttpDoor } from '../../shared/http/http';
import { runItems } from '../../shared/items';
import type { EventsAccess } from '../reading/events-service';
import { answerFailure, connectionFailure, type Words } from '../reading/service-failure';
import { readAccess } from '../settings';
import { readMonth, type Month } from './billing-month';

const PATH = '/bi_api/rest/public/msp/billing-usage';
const LIMITS = { timeoutMs: 60_000, maxBytes: 64_000_000 };
const NEEDED =
	"The token needs the integration 'BILLING' (read), which only MSPs can give it, and must belong to the region of the credential. Check the credential 'Keeper Admin API'.";

/** What answers mean that are no usage. */
const STATUSES: Readonly<Record<number, Words>> = {
	400: [
		'Keeper did not understand the request for billing usage',
		"Check 'Month'. There may be no figures for it yet.",
		'configuration-invalid',
	],
	401: ['Keeper did not accept the API token', NEEDED, 'credential-invalid'],
	403: ['Keeper does not let this API token read billing usage', NEEDED, 'credential-invalid'],
};

/**
 * Reads the usage and costs of a month, for each item that comes in. The names of the fields in
 * Keeper's answer are not published, so it is handed on as it is.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and an item's reading failed
 */
export async function getBillingUsage(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, async () => {
		const signal = context.getExecutionCancelSignal?.();
		const door = new HttpDoor(context.helpers.httpRequest, LIMITS, signal);
		return ok({
			pace: { concurrency: 1, pauseMs: 0 },
			run: async (itemIndex): Promise<ItemResult> => {
				const parameter = (name: string): unknown => context.getNodeParameter(name, itemIndex);
				const month = readMonth(parameter, context.getTimezone(), Date.now());
				const access = readAccess(await context.getCredentials('keeperAdminApi', itemIndex));
				const outputs = await readUsage(door, access, month);
				return { json: {}, outputs, mayHaveChanged: false };
			},
		});
	});
}

async function readUsage(
	door: HttpDoor,
	{ baseUrl, token }: EventsAccess,
	{ year, month }: Month,
): Promise<Array<{ json: IDataObject }>> {
	const answer = await door.request({
		method: 'GET',
		url: `${baseUrl}${PATH}?month=${month}&year=${year}`,
		// Keeper wants the token in a header of its own; Authorization is not read.
		headers: { Accept: 'application/json', 'x-api-token': `Bearer ${token}` },
		repeatable: true,
	});
	if (answer.kind === 'failure') throw new Failed(connectionFailure(answer));
	if (answer.status !== 200) throw new Failed(answerFailure(answer, token, STATUSES));
	return records(answer.body).map((json) => ({ json }));
}

/** An answer that is a list becomes an item for each entry; any other becomes one item. */
function records(body: Buffer): IDataObject[] {
	const value = parsed(body);
	const list = Array.isArray(value) ? (value as unknown[]) : [value];
	if (list.every(isRecord)) return list;
	throw notUsage();
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

function notUsage(): Failed {
	return new Failed({
		message: 'Keeper answered with something that is no billing usage',
		description:
			"It may be a sign-in page or a proxy's notice. Check 'Region' or 'Base URL' of the credential.",
		cause: 'configuration-invalid',
		status: 200,
	});
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
