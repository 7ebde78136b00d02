import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import { runItems, type ItemWork } from '../../shared/items';
import { readBatch, type Batch } from './batch';
import { isTool } from '../../shared/tool';
import { mayAgentBuy, standsAgainst } from './guards';
import { itemResult } from './item-output';
import { sendAll, type Fate } from './sending';

/**
 * Provisions a license for each item, at most once.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and nothing at all was created
 */
export async function provision(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const stopped = { outcome: 'failed', reason: 'invalid_settings', safeToRetry: true };
	return await runItems(context, async () => await prepare(context), stopped);
}

/** The whole batch is checked before the first call, so its outcomes come all together. */
async function prepare(context: IExecuteFunctions): Promise<Result<ItemWork>> {
	const obstacle = standsAgainst(context);
	if (obstacle) return fail(obstacle);
	const read = await readBatch(context);
	if (!read.ok) return read;
	const batch = read.value;
	hintOnLastNames(context, batch);
	let fates: Promise<Map<number, Fate>> | undefined;
	return ok({
		pace: { concurrency: 1, pauseMs: 0 },
		run: async (itemIndex) => {
			fates ??= fatesOf(context, batch);
			return itemResult(batch, itemIndex, (await fates).get(itemIndex));
		},
		// Calls may have been made by then.
		threw: (failure) => ({
			json: { outcome: 'unknown', safeToRetry: false },
			failure,
			mayHaveChanged: true,
		}),
	});
}

async function fatesOf(context: IExecuteFunctions, batch: Batch): Promise<Map<number, Fate>> {
	if (isTool(context) && !mayAgentBuy(context)) return previewed(batch, AGENT_MAY_NOT_BUY);
	if (batch.settings.preview) return previewed(batch);
	const fates = await sendAll(context, batch);
	hintOnRepeats(context, fates);
	return fates;
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
