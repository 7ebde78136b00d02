import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ok, type Result } from '../shared/failure';
import { HttpDoor } from '../shared/http/http';
import type { ItemResult } from '../shared/delivery';
import { eachItem, runItems, type ItemWork } from '../shared/items';
import { checkBatch } from './batch';
import { licenseOutcome } from './license-answer';
import { licenseEndpoint, licenseParameters, licenseUrl, type Partner } from './license-request';
import type { FailedOutcome, Outcome } from './outcome';
import type { Person, PersonFields, Refusal } from './person';
import { personReader } from './person-reader';
import { PLANS, type PlanOperation, type PlanRow } from './plans';
import { readSettings, type Settings } from './settings';

const MAX_ANSWER_BYTES = 1_000_000;

/**
 * Provisions a license for each item, at most once.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing at all was created
 */
export async function provision(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const stopped = { outcome: 'failed', reason: 'invalid_settings', safeToRetry: true };
	return await runItems(context, async () => await prepare(context), stopped);
}

/** A batch that was read and checked; nothing is sent yet. */
interface Batch {
	row: PlanRow;
	settings: Settings;
	/** As the items gave them. */
	fields: Array<Result<PersonFields, Refusal>>;
	/** As they are sent, or why they are not. */
	people: Array<Result<Person, Refusal>>;
}

/** The whole batch is checked before the first call, so its outcomes come all together. */
async function prepare(context: IExecuteFunctions): Promise<Result<ItemWork>> {
	const row: PlanRow = PLANS[context.getNodeParameter('operation', 0) as PlanOperation];
	const items = context.getInputData();
	const read = await readSettings(context);
	if (!read.ok) return read;
	const settings = read.value;
	const readPerson = personReader(context, items, row.plan);
	const fields = items.map((_, itemIndex) => readPerson(itemIndex));
	const people = checkBatch(fields, row.domainRule ? settings.domainRule : undefined);
	const batch = { row, settings, fields, people };
	let outcomes: Promise<Outcome[]> | undefined;
	return ok({
		pace: { concurrency: 1, pauseMs: 0 },
		run: async (itemIndex) => {
			outcomes ??= settings.preview ? previewAll(batch) : sendAll(context, batch);
			return itemResult(batch, itemIndex, (await outcomes)[itemIndex]);
		},
		// Calls may have been made by then.
		threw: (failure) => ({
			json: { outcome: 'unknown', reason: null, safeToRetry: false },
			failure,
			mayHaveChanged: true,
		}),
	});
}

async function previewAll({ people }: Batch): Promise<Outcome[]> {
	return people.map((person) =>
		person.ok ? { outcome: 'preview' as const } : refused(person.failure),
	);
}

async function sendAll(
	context: IExecuteFunctions,
	{ row, people, settings }: Batch,
): Promise<Outcome[]> {
	const { partner, pace } = settings;
	const door = new HttpDoor(
		context.helpers.httpRequest,
		{ timeoutMs: settings.timeoutMs, maxBytes: MAX_ANSWER_BYTES },
		context.getExecutionCancelSignal?.(),
	);
	const outcomes: Outcome[] = people.map((person) =>
		person.ok ? notAttempted() : refused(person.failure),
	);
	const queue = people.flatMap((person, itemIndex) =>
		person.ok ? [{ person: person.value, itemIndex }] : [],
	);
	let unauthorized = false;
	const send = async ({ person, itemIndex }: { person: Person; itemIndex: number }) => {
		if (unauthorized && !settings.continueAfterUnauthorized) return;
		const parameters = licenseParameters(row, person, partner);
		const url = licenseUrl(row, partner.baseUrl, parameters);
		const headers = { Accept: 'application/json' };
		const answer = await door.request({ method: 'GET', url, headers, repeatable: false });
		const outcome = licenseOutcome(answer, [partner.secret, parameters.hash]);
		if ('reason' in outcome && outcome.reason === 'unauthorized') unauthorized = true;
		outcomes[itemIndex] = outcome;
	};
	// The first call is made by itself: it shows whether the credential is right.
	const [first, ...others] = queue;
	if (first) await send(first);
	await eachItem(others.length, pace, async (index) => await send(others[index]));
	return outcomes;
}

function refused({ code, message, description }: Refusal): FailedOutcome {
	return { outcome: 'failed', reason: code, safeToRetry: true, message, description };
}

function notAttempted(): FailedOutcome {
	return {
		outcome: 'failed',
		reason: 'not_attempted',
		safeToRetry: true,
		message: 'Not sent, because Keeper did not accept the credential for an earlier item (401)',
		description:
			"Check 'Partner Name', 'Partner Secret' and 'Region' of the credential, then run the workflow again. Nothing was created for this person.",
	};
}

function itemResult(
	{ row, settings, people, fields }: Batch,
	itemIndex: number,
	outcome: Outcome,
): ItemResult {
	const person = people[itemIndex];
	const { partner } = settings;
	const json: IDataObject = {
		...(person.ok
			? { ...person.value, lastName: person.value.lastName || null }
			: asGiven(fields[itemIndex])),
		plan: row.plan,
		outcome: outcome.outcome,
		orderNumber: null,
		vaultUrl: null,
		vaultUrlRaw: null,
		reason: null,
		safeToRetry: false,
	};
	if (outcome.outcome === 'provisioned')
		return { json: { ...json, ...outcome }, mayHaveChanged: true };
	if (outcome.outcome === 'preview') {
		const request = person.ok ? previewOf(row, person.value, partner) : null;
		return { json: { ...json, request }, mayHaveChanged: false };
	}
	const { reason, safeToRetry, httpStatus } = outcome;
	return {
		json: { ...json, reason, safeToRetry, ...(httpStatus === undefined ? {} : { httpStatus }) },
		failure: { message: outcome.message, description: outcome.description },
		mayHaveChanged: !safeToRetry,
	};
}

/** The fields of a refused item, as far as they can be shown. */
function asGiven(fields: Result<PersonFields, Refusal>): IDataObject {
	const given = fields.ok ? fields.value : undefined;
	return {
		email: (given?.email as string) ?? null,
		firstName: (given?.firstName as string) ?? null,
		lastName: (given?.lastName as string) ?? null,
		transactionId: (given?.transactionId as string) || null,
	};
}

function previewOf(row: PlanRow, person: Person, partner: Partner): IDataObject {
	return {
		method: 'GET',
		url: licenseEndpoint(row, partner.baseUrl),
		parameters: { ...licenseParameters(row, person, partner), hash: '[redacted]' },
	};
}
