import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import { deliver, type ItemResult } from '../../shared/delivery';
import { eachItem } from '../../shared/items';
import { breather } from './breather';
import { faultView, type FaultContext } from '../messages/fault-words';
import type { Fault } from '../service/fault';
import { fileAccess, withBinary } from './binary-data';
import type { RelatedRecords } from './include-related';
import { readInputs, type Inputs, type Parameters, type Refusal } from '../input/inputs';
import { KeyRing } from './key-ring';
import { CREDENTIAL_CODES } from '../messages/known-codes';
import { changedKeys } from '../input/metadata-keys';
import { runOperation } from './interpreter';
import { goOnline, isOffline, type Online } from './session';
import type { Outcome } from './operation';
import { parametersReader } from '../input/parameters';
import { redact } from '../../shared/redaction';
import { recordKind } from '../table/records';
import { isSecret } from '../table/references';
import { FILTERS } from '../table/filters';
import { RELATED, rowAt, type Place } from '../table/place';
import { TABLE } from '../table/table';
import { changes, isRepeatable } from '../table/row';
import { runVerification } from './verification';

/**
 * Runs the chosen operation for each item.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing was changed
 */
export async function runKeygen(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const run = await prepareRun(context, items);
	if ('message' in run) {
		return deliver(
			context,
			items.map((): ItemResult => ({ json: {}, failure: run, mayHaveChanged: false })),
		);
	}
	const results = await eachItem(
		items.length,
		{ concurrency: run.concurrency, pauseMs: 0 },
		async (index) => await runItem(run, index),
	);
	showHints(run);
	return deliver(context, results);
}

/** What holds for all items of a run. */
interface Run {
	context: IExecuteFunctions;
	place: Place;
	/** Absent where the operation asks nobody. */
	online?: Online;
	keys: KeyRing;
	/** Lets the rest of n8n work where no request would. */
	breathe: () => Promise<void>;
	parametersOf: (itemIndex: number) => Parameters;
	concurrency: number;
	/** Set once the service did not accept the credential: nothing further would go through. */
	locked: boolean;
	/** Metadata keys that come back as something else. */
	changedKeys: Map<string, string>;
}

/**
 * Never throws: n8n hands the items of a node that throws on to the success branch when 'On Error'
 * is not Stop Workflow, where they would pass for done.
 */
async function prepareRun(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<Run | Refusal> {
	try {
		const resourceName = context.getNodeParameter('resource', 0) as string;
		const operation = context.getNodeParameter('operation', 0) as string;
		const resource = TABLE[resourceName];
		const related = context.getNodeParameter(RELATED, 0, '') as string;
		const row = resource && rowAt(resource, { operation, related });
		if (!row)
			return {
				message: `The node has no operation '${[operation, related].filter(Boolean).join(': ')}' for '${resourceName}'`,
				description: 'Choose an operation from the list.',
			};
		const { retryOnFail } = context.getNode();
		if (retryOnFail === true && context.continueOnFail() && changes(row)) return RETRY_ON_FAIL;
		const online = isOffline(context, row) ? undefined : await goOnline(context);
		if (online && 'message' in online) return online;
		const options = context.getNodeParameter('options', 0, {}) as IDataObject;
		return {
			context,
			place: { resourceName, resource, operation, row },
			online,
			keys: new KeyRing(online?.service),
			breathe: breather(),
			parametersOf: parametersReader(context, items, row),
			concurrency: bounded(options.concurrency, 1, 50, 5),
			locked: false,
			changedKeys: new Map(),
		};
	} catch (error) {
		return {
			message: messageOf(error),
			description: "Nothing was sent. Check the node's parameters and its credential.",
		};
	}
}

const RETRY_ON_FAIL: Refusal = {
	message: "'Retry On Fail' cannot be used together with 'On Error: Continue' here",
	description:
		"It would run all items again, also those that were done. Turn it off in the node's settings: the node itself repeats what can be repeated without harm. Nothing was sent.",
};

/** Never throws; an item's bad end is its result. */
async function runItem(run: Run, itemIndex: number): Promise<ItemResult> {
	let inputs: Inputs | undefined;
	try {
		if (run.locked) return failed(run, itemIndex, LOCKED, undefined);
		const parameters = run.parametersOf(itemIndex);
		const read = readInputs(
			run.place.row,
			run.place.resource,
			parameters,
			run.context.getTimezone(),
		);
		if ('message' in read) return failed(run, itemIndex, { kind: 'stopped', ...read }, undefined);
		inputs = read;
		noteMetadata(run, inputs);
		const outcome = await outcomeOf(run, itemIndex, inputs, parameters);
		if (!outcome.ok) return failed(run, itemIndex, outcome.fault, inputs);
		const outputs = await Promise.all(
			outcome.outputs.map(async (output) => await withBinary(run.context, output)),
		);
		return { json: {}, outputs, mayHaveChanged: changes(run.place.row) };
	} catch (error) {
		const fault: Fault = {
			kind: 'stopped',
			message: messageOf(error),
			description: "Check the node's parameters.",
		};
		return failed(run, itemIndex, fault, inputs);
	}
}

async function outcomeOf(
	{ context, place, online, keys, breathe }: Run,
	itemIndex: number,
	inputs: Inputs,
	parameters: Parameters,
): Promise<Outcome> {
	const files = fileAccess(context, itemIndex);
	const simplify = parameters.simplify !== false;
	const { row } = place;
	if (row.local !== undefined) {
		const stored = context.getNode().parameters;
		const isFilled = (name: string) => ![undefined, null, ''].includes(stored[name] as string);
		await breathe();
		return await runVerification(row.local, { place, inputs, files, keys, simplify, isFilled });
	}
	if (!online) throw new Error("The operation needs the credential 'Keygen API'");
	const options = (parameters.options ?? {}) as IDataObject;
	return await runOperation({
		place: { ...place, row },
		inputs,
		service: online.service,
		related: online.related.get(simplify) as RelatedRecords,
		files,
		keys,
		simplify,
		limit:
			parameters.returnAll === true
				? undefined
				: bounded(parameters.limit, 1, Number.MAX_SAFE_INTEGER, 50),
		order: options.order as string | undefined,
		include: Array.isArray(options.include) ? options.include.map(String) : [],
	});
}

const LOCKED: Fault = {
	kind: 'stopped',
	message: 'Not sent, because Keygen did not accept the credential for an earlier item',
	description:
		"Check the credential 'Keygen API' and run the workflow again. Nothing was changed for this item.",
};

function failed(run: Run, itemIndex: number, fault: Fault, inputs: Inputs | undefined): ItemResult {
	if (
		fault.kind === 'refused' &&
		fault.errors.some(
			({ code }) => code !== undefined && run.place.row.login !== true && code in CREDENTIAL_CODES,
		)
	)
		run.locked = true;
	const { row } = run.place;
	const { message, description, facts } = faultView(fault, faultContext(run.place, inputs));
	const secrets = [...(run.online?.connection.secrets ?? []), ...(inputs?.secrets ?? [])];
	const many = run.context.getInputData().length > 1;
	// Thrown, it would be done again where 'Retry On Fail' is on.
	const mayHaveChanged =
		changes(row) &&
		!isRepeatable(row) &&
		fault.kind === 'unanswered' &&
		fault.received === 'maybe' &&
		run.context.getNode().retryOnFail === true;
	return {
		json: { ...facts },
		failure: {
			message: `${redact(message, secrets)}${many ? ` [item ${itemIndex}]` : ''}`,
			description: redact(description, secrets),
		},
		mayHaveChanged,
	};
}

function faultContext({ row, resource }: Place, inputs: Inputs | undefined): FaultContext {
	const names = [
		...(row.required ?? []),
		...(row.shown ?? []),
		...(row.optional ?? []),
		...(row.settings ?? []),
	];
	const subjects = (inputs?.path ?? []).map((reference) => {
		const { label } = recordKind(reference.record);
		return isSecret(reference) ? `${label} with this key` : `${label} '${reference.value}'`;
	});
	return {
		fields: [
			...names.map((name) => resource.fields[name]),
			...(row.filters ?? []).map((name) => FILTERS[name]),
		],
		...(subjects.length > 0 ? { subject: subjects.join(' or ') } : {}),
		...(row.notFound ? { notFound: row.notFound } : {}),
		repeatable: isRepeatable(row),
	};
}

function noteMetadata(run: Run, inputs: Inputs): void {
	for (const { field, value } of inputs.fields) {
		if (field.at !== 'attributes.metadata') continue;
		for (const [key, becomes] of changedKeys(value)) run.changedKeys.set(key, becomes);
	}
}

function showHints({ context, changedKeys: keys }: Run): void {
	if (keys.size === 0) return;
	const shown = [...keys].slice(0, 10).map(([key, becomes]) => `'${key}' as '${becomes}'`);
	context.addExecutionHints?.({
		type: 'warning',
		location: 'outputPane',
		message: `Keygen changes the case of metadata names: ${shown.join(', ')}${keys.size > 10 ? ' and others' : ''} will come back. Names in camelCase stay as they are.`,
	});
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
