import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { HttpDoor } from '../../shared/http';
import { deliver, eachItem, type ItemResult } from '../../shared/items';
import { checkBatch } from '../person/batch';
import { licenseOutcome, type Conceal } from '../call/license-answer';
import {
	licenseEndpoint,
	licenseParameters,
	licenseUrl,
	type Partner,
} from '../call/license-request';
import type { FailedOutcome, Outcome } from '../call/outcome';
import { isRefusal, type Person, type PersonFields, type Refusal } from '../person/person';
import { personReader } from '../person/person-reader';
import { PLANS, type PlanOperation, type PlanRow } from '../plans';
import { readSettings, type Settings, type SettingsProblem } from './settings';

const MAX_ANSWER_BYTES = 1_000_000;

/**
 * Provisions a license for each item, at most once.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing at all was created
 */
export async function provision(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const batch = await prepare(context);
	if ('problem' in batch) {
		const { problem, description } = batch;
		const json = { outcome: 'failed', reason: 'invalid_settings', safeToRetry: true };
		return deliver(
			context,
			context
				.getInputData()
				.map(() => ({ json, failure: { message: problem, description }, mayHaveChanged: false })),
		);
	}
	const outcomes = batch.settings.preview
		? batch.people.map((person) =>
				isRefusal(person) ? refused(person) : { outcome: 'preview' as const },
			)
		: await sendAll(context, batch);
	return deliver(
		context,
		outcomes.map((outcome, itemIndex) => itemResult(batch, itemIndex, outcome)),
	);
}

/** A batch that was read and checked; nothing is sent yet. */
interface Batch {
	row: PlanRow;
	settings: Settings;
	/** As the items gave them. */
	fields: Array<PersonFields | Refusal>;
	/** As they are sent, or why they are not. */
	people: Array<Person | Refusal>;
}

/**
 * Never throws: n8n hands the items of a node that throws on to the success branch when 'On Error'
 * is not Stop Workflow, where they would pass for provisioned.
 */
async function prepare(context: IExecuteFunctions): Promise<Batch | SettingsProblem> {
	try {
		const row: PlanRow = PLANS[context.getNodeParameter('operation', 0) as PlanOperation];
		const items = context.getInputData();
		const settings = await readSettings(context);
		if ('problem' in settings) return settings;
		const read = personReader(context, items, row.plan);
		const fields = items.map((_, itemIndex) => read(itemIndex));
		const people = checkBatch(fields, row.domainRule ? settings.domainRule : undefined);
		return { row, settings, fields, people };
	} catch (error) {
		return {
			problem: error instanceof Error ? error.message : String(error),
			description: "Nothing was sent. Check the node's parameters and its credential.",
		};
	}
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
		isRefusal(person) ? refused(person) : notAttempted(),
	);
	const queue = people.flatMap((person, itemIndex) =>
		isRefusal(person) ? [] : [{ person, itemIndex }],
	);
	let unauthorized = false;
	const send = async ({ person, itemIndex }: { person: Person; itemIndex: number }) => {
		if (unauthorized && !settings.continueAfterUnauthorized) return;
		const parameters = licenseParameters(row, person, partner);
		const url = licenseUrl(row, partner.baseUrl, parameters);
		const headers = { Accept: 'application/json' };
		const answer = await door.request({ method: 'GET', url, headers, repeatable: false });
		const outcome = licenseOutcome(answer, concealer([partner.secret, parameters.hash]));
		if ('reason' in outcome && outcome.reason === 'unauthorized') unauthorized = true;
		outcomes[itemIndex] = outcome;
	};
	// The first call goes alone: it shows whether the credential is right.
	const [first, ...others] = queue;
	if (first) await send(first);
	await eachItem(others.length, pace, async (index) => await send(others[index]));
	return outcomes;
}

function refused({ reason, message, description }: Refusal): FailedOutcome {
	return { outcome: 'failed', reason, safeToRetry: true, message, description };
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
		...(isRefusal(person)
			? asGiven(fields[itemIndex])
			: { ...person, lastName: person.lastName || null }),
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
		return {
			json: { ...json, request: previewOf(row, person as Person, partner) },
			mayHaveChanged: false,
		};
	}
	const { reason, safeToRetry, httpStatus } = outcome;
	return {
		json: { ...json, reason, safeToRetry, ...(httpStatus === undefined ? {} : { httpStatus }) },
		failure: {
			message: `${outcome.message} [item ${itemIndex}]`,
			description: outcome.description,
		},
		mayHaveChanged: !safeToRetry,
	};
}

/** The fields of a refused item, as far as they can be shown. */
function asGiven(fields: PersonFields | Refusal): IDataObject {
	const given = 'reason' in fields ? undefined : fields;
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

function concealer(secrets: string[]): Conceal {
	return (text) => secrets.reduce((shown, secret) => shown.split(secret).join('[redacted]'), text);
}
