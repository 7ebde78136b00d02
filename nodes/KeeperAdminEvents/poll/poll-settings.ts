import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import { HttpDoor } from '../../shared/http/http';
import { HOUR, MINUTE, type CursorOptions } from '../cursor/cursor-options';
import type { OutputFormat } from '../formats/formats';
import type { FetchPage } from '../reading/event-query';
import { eventsFetcher, MAX_ANSWER_BYTES } from '../reading/events-service';
import type { FileTarget } from '../formats/lines-file';
import {
	readAccess,
	readFileTarget,
	readFilter,
	readFormat,
	readPageSize,
	type FilterFields,
} from '../settings';

/** What comes out of a poll. */
type PollOutput = { as: 'events' | 'poll' } | { as: 'file'; file: FileTarget };

export interface PollSettings {
	fetchPage: FetchPage;
	pageSize: number;
	cursor: Pick<CursorOptions, 'overlap' | 'lookback' | 'pagesPerPoll' | 'wanted'>;
	format: OutputFormat;
	output: PollOutput;
	/** Milliseconds since 1970: no page is asked for after this. */
	softEnd: number;
	/** Aborts whatever is still running. */
	hardEnd: AbortSignal;
}

const REQUEST_TIMEOUT_MS = 60_000;
/** Where n8n sets none, as before 2.37. */
const USUAL_BUDGET_MS = 5 * MINUTE;
/** The share of its time after which a poll asks for no further page. */
const SOFT_SHARE = 0.6;

/** Reads the parameters and the credential for a poll. Throws Failed. */
export async function readPollSettings(context: IPollFunctions): Promise<PollSettings> {
	const parameter = (name: string, otherwise?: unknown): unknown =>
		context.getNodeParameter(name, otherwise);
	const options = parameter('options', {}) as IDataObject;
	const wanted = readFilter(parameter('filters', {}) as FilterFields);
	const access = readAccess(await context.getCredentials('keeperAdminApi'));
	const budget = budgetOf(context);
	const hardEnd = AbortSignal.timeout(budget);
	const limits = { timeoutMs: REQUEST_TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES };
	const looksBack = parameter('startWith', 'now') === 'lookback';
	return {
		fetchPage: eventsFetcher(new HttpDoor(context.helpers.httpRequest, limits, hardEnd), access),
		pageSize: readPageSize(options.pageSize),
		cursor: {
			overlap: bounded(options.overlapMinutes, 1, 1440, 15) * MINUTE,
			lookback: looksBack ? bounded(parameter('lookbackHours', 24), 1, 8760, 24) * HOUR : 0,
			pagesPerPoll: bounded(options.pagesPerPoll, 1, 1000, 20),
			wanted,
		},
		format: readFormat(parameter('outputFormat', 'raw')),
		output: readOutput(parameter),
		softEnd: Date.now() + budget * SOFT_SHARE,
		hardEnd,
	};
}

function readOutput(parameter: (name: string, otherwise?: unknown) => unknown): PollOutput {
	const as = parameter('output', 'events');
	if (as === 'file') return { as, file: readFileTarget(parameter) };
	return { as: as === 'poll' ? as : 'events' };
}

/** How long n8n gives this poll, in milliseconds. Older versions do not say. */
function budgetOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return Math.max(context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS, 1_000);
}
