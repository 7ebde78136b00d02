import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import type { ItemResult } from '../../shared/delivery';
import { fail, ok, type Failure, type Result } from '../../shared/failure';
import { runItems, type ItemWork } from '../../shared/items';
import { isTool } from '../../shared/tool';
import { breather } from './breather';
import { worded, type FaultContext } from '../messages/fault-words';
import type { Fault } from '../service/fault';
import { fileAccess, withBinary } from './binary-data';
import { readInputs, type Inputs, type Parameters } from '../input/inputs';
import { KeyRing } from './key-ring';
import { CREDENTIAL_CODES } from '../messages/known-codes';
import { changedKeys, collidingKeys } from '../input/metadata-keys';
import { runOperation } from './interpreter';
import { isOffline, Sessions, type Online } from './session';
import type { Outcome } from './operation';
import { parametersReader } from '../input/parameters';
import { recordKind } from '../table/records';
import { isSecret } from '../table/references';
import { FILTERS } from '../table/filters';
import { RELATED, rowAt, type Place } from '../table/place';
import { TABLE } from '../table/table';
import { changes } from '../table/row';
import { runVerification } from './verification';

/**
 * Runs the chosen operation for each item.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing was changed
 */
export async function runKeygen(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runItems(context, async () => {
		const run = await prepareRun(context);
		return run.ok ? ok(workOf(run.value)) : run;
	});
}

function workOf(run: Run): ItemWork {
	return {
		pace: { concurrency: run.concurrency, pauseMs: 0 },
		run: async (itemIndex) => await runItem(run, itemIndex),
		threw: (failure, itemIndex) => failed(run, itemIndex, { kind: 'stopped', ...failure }),
		end: () => showHints(run),
	};
}

/** What holds for all items of a run. */
interface Run {
	context: IExecuteFunctions;
	place: Place;
	/** Absent where the operation sends no request. */
	sessions?: Sessions;
	/** For keys that are pasted. */
	keys: KeyRing;
	/** Lets the rest of n8n work where no request would. */
	breathe: () => Promise<void>;
	parametersOf: (itemIndex: number) => Parameters;
	concurrency: number;
	/** What the items in progress were given: its secrets must not show in their failures. */
	inputs: Map<number, Inputs>;
	/** The sessions of the items in progress. */
	online: Map<number, Online>;
	/** Metadata keys that come back as something else. */
	changedKeys: Map<string, string>;
	/** Metadata keys that become one, in words. */
	collidingKeys: Set<string>;
}

async function prepareRun(context: IExecuteFunctions): Promise<Result<Run>> {
	const resourceName = context.getNodeParameter('resource', 0) as string;
	const operation = context.getNodeParameter('operation', 0) as string;
	const resource = TABLE[resourceName];
	const related = context.getNodeParameter(RELATED, 0, '') as string;
	const row = resource && rowAt(resource, { operation, related });
	if (!row)
		return fail({
			message: `The node has no operation '${[operation, related].filter(Boolean).join(': ')}' for '${resourceName}'`,
			description: 'Choose an operation from the list.',
		});
	const { retryOnFail } = context.getNode();
	if (retryOnFail === true && context.continueOnFail() && changes(row)) return fail(RETRY_ON_FAIL);
	const sessions = isOffline(context, row) ? undefined : new Sessions(context);
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	return ok({
		context,
		place: { resourceName, resource, operation, row },
		sessions,
		keys: new KeyRing(),
		breathe: breather(),
		parametersOf: parametersReader(context, context.getInputData(), row),
		concurrency: bounded(options.concurrency, 1, 50, 5),
		inputs: new Map(),
		online: new Map(),
		changedKeys: new Map(),
		collidingKeys: new Set(),
	});
}

const RETRY_ON_FAIL: Failure = {
	message: "'Retry On Fail' cannot be used together with 'On Error: Continue' here",
	description:
		"It would run all items again, also those that were done. Turn it off in the node's settings: the node itself repeats what can be repeated without harm. Nothing was sent.",
};

async function runItem(run: Run, itemIndex: number): Promise<ItemResult> {
	const online = await run.sessions?.of(itemIndex);
	if (online && !online.ok) return failed(run, itemIndex, { kind: 'stopped', ...online.failure });
	if (online) run.online.set(itemIndex, online.value);
	if (online?.value.locked) return failed(run, itemIndex, LOCKED);
	const { row, resource } = run.place;
	const parameters = run.parametersOf(itemIndex);
	const inputs = readInputs(row, resource, parameters, run.context.getTimezone());
	if (!inputs.ok) return failed(run, itemIndex, { kind: 'stopped', ...inputs.failure });
	run.inputs.set(itemIndex, inputs.value);
	noteMetadata(run, inputs.value);
	const outcome = await outcomeOf(run, itemIndex, inputs.value, parameters);
	if (!outcome.ok) return failed(run, itemIndex, outcome.failure);
	const outputs = await Promise.all(
		outcome.value.map(async (output) => await withBinary(run.context, output)),
	);
	run.inputs.delete(itemIndex);
	run.online.delete(itemIndex);
	if (outputs.length === 0 && isTool(run.context))
		return { json: {}, outputs: [NOTHING_FOUND], mayHaveChanged: false };
	return { json: {}, outputs, mayHaveChanged: changes(row) };
}

async function outcomeOf(
	{ context, place, online: sessions, keys: pasted, breathe }: Run,
	itemIndex: number,
	inputs: Inputs,
	parameters: Parameters,
): Promise<Outcome> {
	const files = fileAccess(context, itemIndex);
	const online = sessions.get(itemIndex);
	const keys = online?.keys ?? pasted;
	const simplify = parameters.simplify !== false;
	const { row } = place;
	if (row.local !== undefined) {
		const stored = context.getNode().parameters;
		const isFilled = (name: string) => ![undefined, null, ''].includes(stored[name] as string);
		await breathe();
		return await runVerification(row.local, { place, inputs, files, keys, simplify, isFilled });
	}
	if (!online) return fail({ kind: 'stopped', ...NO_CREDENTIAL });
	const options = (parameters.options ?? {}) as IDataObject;
	return await runOperation({
		place: { ...place, row },
		inputs,
		service: online.service,
		related: simplify ? online.related.simplified : online.related.raw,
		files,
		keys,
		simplify,
		limit: parameters.returnAll === true ? undefined : Number(parameters.limit ?? 50),
		order: options.order as string | undefined,
		include: Array.isArray(options.include) ? options.include.map(String) : [],
	});
}

const NO_CREDENTIAL: Failure = {
	message: "The operation needs the credential 'Keygen API'",
	description: 'Choose one in the node. Nothing was sent.',
};

const LOCKED: Fault = {
	kind: 'stopped',
	message: 'Not sent, because Keygen did not accept the credential for an earlier item',
	description:
		"Check the credential 'Keygen API' and run the workflow again. Nothing was changed for this item.",
};

/** An agent gets an empty text for no item, and cannot tell it from a failure. */
const NOTHING_FOUND = { json: { found: 0, message: 'No records were found' } };

function failed(run: Run, itemIndex: number, fault: Fault): ItemResult {
	const { row } = run.place;
	const online = run.online.get(itemIndex);
	run.online.delete(itemIndex);
	if (online && refusesCredential(fault) && row.login !== true) online.locked = true;
	const inputs = run.inputs.get(itemIndex);
	run.inputs.delete(itemIndex);
	const secrets = [...(online?.service.connection.secrets ?? []), ...(inputs?.secrets ?? [])];
	const { facts, ...failure } = worded(fault, faultContext(run.place, inputs), secrets);
	// If thrown, 'Retry On Fail' would repeat the write.
	const mayHaveChanged = fault.outcome !== undefined && run.context.getNode().retryOnFail === true;
	return { json: { ...facts }, failure, mayHaveChanged };
}

function refusesCredential(fault: Fault): boolean {
	return (
		fault.kind === 'refused' &&
		fault.errors.some(({ code }) => code !== undefined && code in CREDENTIAL_CODES)
	);
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
	const needs = resource.ee
		? 'Keygen EE or Keygen Cloud'
		: resource.cloud
			? 'Keygen Cloud'
			: undefined;
	return {
		fields: [
			...names.map((name) => resource.fields[name]),
			...(row.filters ?? []).map((name) => FILTERS[name]),
		],
		...(subjects.length > 0 ? { subject: subjects.join(' or ') } : {}),
		...(row.notFound ? { notFound: row.notFound } : {}),
		...(needs ? { needs } : {}),
	};
}

function noteMetadata(run: Run, inputs: Inputs): void {
	for (const { field, value } of inputs.fields) {
		if (field.at !== 'attributes.metadata') continue;
		for (const [key, becomes] of changedKeys(value)) run.changedKeys.set(key, becomes);
		for (const keys of collidingKeys(value))
			run.collidingKeys.add(keys.map((key) => `'${key}'`).join(' and '));
	}
}

function showHints({ context, changedKeys: keys, collidingKeys: colliding }: Run): void {
	if (colliding.size > 0)
		context.addExecutionHints?.({
			type: 'warning',
			location: 'outputPane',
			message: `Keygen makes one metadata name of ${[...colliding].slice(0, 5).join(', and of ')}: only the last value of them was kept. Give them names that differ in letters or digits.`,
		});
	if (keys.size === 0) return;
	const shown = [...keys].slice(0, 10).map(([key, becomes]) => `'${key}' as '${becomes}'`);
	context.addExecutionHints?.({
		type: 'warning',
		location: 'outputPane',
		message: `Keygen changes metadata names: ${shown.join(', ')}${keys.size > 10 ? ' and others' : ''} will come back. Names in camelCase, of English letters and digits, stay as they are.`,
	});
}
