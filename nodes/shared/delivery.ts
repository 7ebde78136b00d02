import {
	NodeOperationError,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Failure } from './failure';
import { isTool } from './tool';

/** The result of one item. */
export interface ItemResult {
	/** The output; for a failed item the facts known about it. */
	json: IDataObject;
	/** Replaces `json` where an item has several outputs, none, or binary data. */
	outputs?: Array<{ json: IDataObject; binary?: IBinaryKeyData }>;
	/** Set for a failed item: what happened, and what to do about it. */
	failure?: Failure;
	/** Whether the service may have changed something for this item. */
	mayHaveChanged: boolean;
}

/**
 * Hands the results of a batch to n8n according to the node's 'On Error' setting.
 *
 * - Continue (using error output): failed items carry the object `error` alone, the form that n8n 1.x
 *   and 2.x recognize, move to the error branch and merge with the item that came in.
 * - Continue: failed items stay in place, with their fields and `error`.
 * - Stop Workflow: throws only if the service changed nothing for any item. Otherwise all
 *   items go out as with Continue, and a warning shows: stopping would discard the record of what
 *   was changed. With 'Retry On Fail' failed items have `failure` in place of `error` then, since
 *   n8n would repeat what was done.
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
	// n8n would run the node again, for all items, as soon as the first item has an `error`.
	const isRepeated =
		context.getNode().retryOnFail === true &&
		!context.continueOnFail() &&
		results.some(({ mayHaveChanged }) => mayHaveChanged);
	const toErrorBranch = context.getNode().onError === 'continueErrorOutput';
	return [
		results.flatMap(({ json, outputs, failure }, item): INodeExecutionData[] => {
			const pairedItem = { item };
			if (!failure) return (outputs ?? [{ json }]).map((output) => ({ ...output, pairedItem }));
			const { message, description } = failure;
			if (isRepeated) return [{ json: { ...json, failure: message, description }, pairedItem }];
			const failed = toErrorBranch
				? { error: { message, description, ...json } }
				: { ...json, error: message, description };
			return [{ json: failed, pairedItem }];
		}),
	];
}

interface FailedItem extends Failure {
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
	// An agent gets the message alone.
	const told = isTool(context) && description ? `${message}. ${description}` : message;
	return new NodeOperationError(context.getNode(), told, {
		description,
		itemIndex: first.itemIndex,
	});
}
