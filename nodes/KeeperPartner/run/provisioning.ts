import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fail, failureOf, type Result } from '../../shared/failure';
import { deliver, type ItemResult } from '../../shared/items';
import { readBatch, type Batch } from './batch';
import { isTool, mayAgentBuy, standsAgainst } from './guards';
import { itemResult } from './item-output';
import { sendAll, type Fate } from './sending';

/**
 * Provisions a license for each item, at most once.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing at all was created
 */
export async function provision(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const batch = await prepare(context);
	if (!batch.ok) {
		const json = { outcome: 'failed', reason: 'invalid_settings', safeToRetry: true };
		const { failure } = batch;
		return deliver(
			context,
			items.map(() => ({ json, failure, mayHaveChanged: false })),
		);
	}
	hintOnLastNames(context, batch.value);
	const fates = await fatesOf(context, batch.value);
	const results = items.map((_, itemIndex) =>
		numbered(itemResult(batch.value, itemIndex, fates.get(itemIndex)), itemIndex),
	);
	hintOnRepeats(context, fates);
	return deliver(context, results);
}

/**
 * Never throws: n8n hands the items of a node that throws on to the success branch when 'On Error'
 * is not Stop Workflow, where they would pass for provisioned.
 */
async function prepare(context: IExecuteFunctions): Promise<Result<Batch>> {
	try {
		const obstacle = standsAgainst(context);
		return obstacle ? fail(obstacle) : await readBatch(context);
	} catch (error) {
		const advice = "Nothing was sent. Check the node's parameters and its credential.";
		return fail(failureOf(error, advice));
	}
}

async function fatesOf(context: IExecuteFunctions, batch: Batch): Promise<Map<number, Fate>> {
	if (isTool(context) && !mayAgentBuy(context)) return previewed(batch, AGENT_MAY_NOT_BUY);
	return batch.settings.preview ? previewed(batch) : await sendAll(context, batch);
}

const AGENT_MAY_NOT_BUY =
	"Nothing was bought, this is only a preview: the person who built this workflow has not turned on 'Allow an Agent to Buy'. Do not call this tool again for this person.";

function previewed({ people, accounts }: Batch, note?: string): Map<number, Fate> {
	const fates = new Map<number, Fate>();
	for (const [itemIndex, person] of people.entries()) {
		if (person.ok && accounts[itemIndex].ok)
			fates.set(itemIndex, { outcome: { outcome: 'preview', note } });
	}
	return fates;
}

function numbered(result: ItemResult, itemIndex: number): ItemResult {
	const { failure } = result;
	if (!failure) return result;
	return { ...result, failure: { ...failure, message: `${failure.message} [item ${itemIndex}]` } };
}

/** A list whose column of last names has another name looks like a list without them. */
function hintOnLastNames(context: IExecuteFunctions, { people }: Batch): void {
	const sendable = people.flatMap((person) => (person.ok ? [person.value] : []));
	if (sendable.length < 2 || sendable.some(({ lastName }) => lastName !== '')) return;
	context.addExecutionHints?.({
		type: 'warning',
		location: 'outputPane',
		message:
			"Nobody in this batch has a last name. If the list has them, map 'Last Name', or name its field in 'Last Name Field'.",
	});
}

function hintOnRepeats(context: IExecuteFunctions, fates: Map<number, Fate>): void {
	const repeats = [...fates.values()].filter(({ repeats }) => repeats !== undefined).length;
	if (repeats === 0) return;
	context.addExecutionHints?.({
		type: 'info',
		location: 'outputPane',
		message: `${repeats} of ${fates.size} people were sent before, in this execution or from this editor with the same data. They show the outcome of then ('repeated'), and no second license was bought. To send them again from the editor, use the option 'Send Again in the Editor'.`,
	});
}
