import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { deliver, type ItemResult } from './delivery';
import { failureOf, type Failure, type Result } from './failure';
import { pause } from './time/pause';

/** How fast a batch is worked through. */
export interface Pace {
	/** Items worked on at once, at least 1. */
	concurrency: number;
	/** Minimum time between the starts of two items, in milliseconds. */
	pauseMs: number;
	/** Ends the pauses at once when the execution is cancelled. */
	cancelled?: AbortSignal;
}

/**
 * Above this concurrency, bursts of responses trigger bursts of requests; a few milliseconds of
 * jitter keep the load even.
 */
const CROWD = 20;
const SPREAD_MS = 6;

/**
 * Works through a batch, a bounded number of items at once, and keeps the results in item order.
 *
 * @param work must not throw; an item's bad end is a result like any other
 */
export async function eachItem<T>(
	count: number,
	pace: Pace,
	work: (itemIndex: number) => Promise<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	let next = 0;
	let startAt = 0;
	const lane = async () => {
		while (next < count) {
			const itemIndex = next++;
			if (pace.pauseMs > 0) {
				const wait = startAt - Date.now();
				startAt = Math.max(startAt, Date.now()) + pace.pauseMs;
				if (wait > 0) await pause(wait, pace.cancelled);
			}
			results[itemIndex] = await work(itemIndex);
			if (pace.concurrency > CROWD && next < count) await sleep(itemIndex % SPREAD_MS);
		}
	};
	await Promise.all(Array.from({ length: Math.min(pace.concurrency, count) }, lane));
	return results;
}

/** How to work on the items of a run. */
export interface ItemWork {
	pace: Pace;
	/** Works on one item. What it throws is that item's failure alone. */
	run(itemIndex: number): Promise<ItemResult>;
	/** The result of an item whose work threw; without it the item has the failure and nothing else. */
	threw?(failure: Failure, itemIndex: number): ItemResult;
	/** Called after the last item. */
	end?(): void;
}

/**
 * Runs a node: prepares once, works through the items, and hands the results to n8n by 'On Error'.
 *
 * Nothing that goes wrong is thrown past this function other than by `deliver`: n8n sends the items
 * of a node that throws to its success branch when 'On Error' is not Stop Workflow, where they would
 * pass for done.
 *
 * @param prepare returns the work, or why no item can be worked on
 * @param stopped the fields that an item has when `prepare` failed
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing was changed
 */
export async function runItems(
	context: IExecuteFunctions,
	prepare: () => Promise<Result<ItemWork>>,
	stopped: ItemResult['json'] = {},
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const prepared = await caught(prepare);
	if (!prepared.ok) {
		const { failure } = prepared;
		return deliver(
			context,
			items.map(() => ({ json: { ...stopped }, failure, mayHaveChanged: false })),
		);
	}
	const work = prepared.value;
	const results = await eachItem(items.length, work.pace, async (itemIndex) => {
		try {
			return numbered(await work.run(itemIndex), itemIndex);
		} catch (error) {
			const failure = failureOf(error, "Check the node's parameters.");
			const result = work.threw?.(failure, itemIndex) ?? {
				json: {},
				failure,
				mayHaveChanged: false,
			};
			return numbered(result, itemIndex);
		}
	});
	work.end?.();
	return deliver(context, results);
}

async function caught<T>(prepare: () => Promise<Result<T>>): Promise<Result<T>> {
	try {
		return await prepare();
	} catch (error) {
		const advice = "Nothing was sent. Check the node's parameters and its credential.";
		return { ok: false, failure: failureOf(error, advice) };
	}
}

/** A failure's message names its item, as n8n's own messages do. */
function numbered(result: ItemResult, itemIndex: number): ItemResult {
	const { failure } = result;
	if (!failure) return result;
	return { ...result, failure: { ...failure, message: `${failure.message} [item ${itemIndex}]` } };
}
