import {
	NodeOperationError,
	sleep,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { pause } from './pause';

/** How fast a batch is worked through. */
export interface Pace {
	/** Items in work at once, at least 1. */
	concurrency: number;
	/** Least time between the starts of two items, in milliseconds. */
	pauseMs: number;
	/** Ends the pauses at once when the execution is cancelled. */
	cancelled?: AbortSignal;
}

/**
 * With so many items in work, answers that come in one burst start the next requests in one burst,
 * which are then answered in one: the process is idle and overrun in turn. Starts some milliseconds
 * apart keep it at work.
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

/** What became of one item. */
export interface ItemResult {
	/** What goes out; for a failed item what is known of it. */
	json: IDataObject;
	/** Goes out in place of `json` where an item gives several, none, or binary data. */
	outputs?: Array<{ json: IDataObject; binary?: IBinaryKeyData }>;
	/** Set for a failed item: what happened, and what to do about it. */
	failure?: { message: string; description: string };
	/** Whether the service may have changed something for this item. */
	mayHaveChanged: boolean;
}

/**
 * Hands the results of a batch to n8n according to the node's 'On Error' setting.
 *
 * - Continue (using error output): failed items carry the object `error` alone, the form that n8n 1.x
 *   and 2.x recognise, move to the error branch and merge with the item that came in.
 * - Continue: failed items stay in place, with their fields and `error`.
 * - Stop Workflow: throws only when the service surely changed nothing for any item. Otherwise all
 *   items go out as with Continue, and a warning shows: stopping would discard the record of what
 *   was changed.
 *
 * @throws NodeOperationError in the case above
 */
export function deliver(context: IExecuteFunctions, results: ItemResult[]): INodeExecutionData[][] {
	const failed = results.flatMap(({ failure }, itemIndex) =>
		failure ? [{ ...failure, itemIndex }] : [],
	);
	if (failed.length > 0 && !context.continueOnFail()) {
		if (!results.some(({ mayHaveChanged }) => mayHaveChanged))
			throw stopError(context, failed, results.length);
		context.addExecutionHints?.({
			type: 'warning',
			location: 'outputPane',
			message: `${failed.length} of ${results.length} items did not succeed. They are in the output with their outcome, because stopping here would have lost the record of the others. Set 'On Error' to 'Continue (using error output)' to branch them off.`,
		});
	}
	const toErrorBranch = context.getNode().onError === 'continueErrorOutput';
	return [
		results.flatMap(({ json, outputs, failure }, item): INodeExecutionData[] => {
			const pairedItem = { item };
			if (!failure) return (outputs ?? [{ json }]).map((output) => ({ ...output, pairedItem }));
			const { message, description } = failure;
			const failed = toErrorBranch
				? { error: { message, description, ...json } }
				: { ...json, error: message, description };
			return [{ json: failed, pairedItem }];
		}),
	];
}

interface FailedItem {
	message: string;
	description: string;
	itemIndex: number;
}

function stopError(
	context: IExecuteFunctions,
	failed: FailedItem[],
	count: number,
): NodeOperationError {
	const [first] = failed;
	const others = [...new Set(failed.map(({ message }) => message))].slice(1);
	const also = others.slice(0, 20).join('\n');
	const more = others.length > 20 ? `\n… and ${others.length - 20} more` : '';
	const description =
		others.length > 0 ? `${first.description}\n\nAlso:\n${also}${more}` : first.description;
	const message =
		others.length > 0
			? `${first.message} (${failed.length} of ${count} items did not succeed)`
			: first.message;
	return new NodeOperationError(context.getNode(), message, {
		description,
		itemIndex: first.itemIndex,
	});
}
