import type { IExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../../shared/failure';
import { isTool } from '../../shared/tool';

/** Why this run must not send anything, or undefined where nothing stands against it. */
export function standsAgainst(context: IExecuteFunctions): Failure | undefined {
	if (context.getNode().retryOnFail === true) return RETRY_ON_FAIL;
	if (context.getMode() === 'retry' && !maySendOnRetry(context)) return RETRIED_EXECUTION;
	if (isTool(context) && context.getNodeParameter('mappingMode', 0) === 'mapAutomatically')
		return NO_FIELDS_FOR_A_MODEL;
	return undefined;
}

/**
 * Whether the person who built the workflow lets an agent buy. Read as it is stored: neither an
 * expression nor a model can set it.
 */
export function mayAgentBuy(context: IExecuteFunctions): boolean {
	return context.getNode().parameters.allowAgentToBuy === true;
}

function maySendOnRetry(context: IExecuteFunctions): boolean {
	const { sendOnRetry, preview } = context.getNodeParameter('options', 0, {});
	return sendOnRetry === true || preview === true;
}

/** n8n would run the whole batch again, also for people who have their license already. */
const RETRY_ON_FAIL: Failure = {
	message: "'Retry On Fail' must be off for this node",
	description:
		"It would run the whole batch again, and people who have their license already could get a second one. Nothing was sent. Turn it off in the node's settings: the node itself retries what surely did not reach Keeper.",
};

/** n8n sends the stored input again and knows nothing of what was bought before a crash or a stop. */
const RETRIED_EXECUTION: Failure = {
	message: 'This execution is a retry of an earlier one, and could buy its licenses again',
	description:
		"n8n's 'Retry' sends the whole batch of the earlier execution again, also the people who got their license before it crashed or was stopped. Nothing was sent. Find out at Keeper who has a license, then run the workflow anew with the others. If the workflow keeps a record that settles it, turn on the option 'Send When an Execution Is Retried'.",
};

const NO_FIELDS_FOR_A_MODEL: Failure = {
	message: "'Mapping Mode' must be 'Map Each Field' where the node is an agent's tool",
	description:
		"With 'Map Automatically' the model has no fields to fill in, and the person would be taken from whatever data the agent was started with. Choose 'Map Each Field' and let the model define 'Email', 'First Name' and 'Last Name'. Nothing was sent.",
};
