import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { HttpDoor } from '../shared/http';
import { deliver, type ItemResult } from '../shared/items';
import { eventTime, type AuditEvent } from './audit-event';
import { Documents } from './documents';
import type { FetchPage } from './event-query';
import { eventsFetcher, MAX_ANSWER_BYTES } from './events-service';
import { readGetManyRequest, type GetManyRequest } from './get-many-request';
import { NdjsonFile } from './ndjson-file';
import { readPages } from './pager';
import { readAccess } from './settings';
import { isWithin, queryBounds } from './time-range';

/**
 * Reads the events of a stretch of time, for each item that comes in.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and an item's reading failed
 */
export async function getMany(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const fetcher = fetcherOf(context);
	const results: ItemResult[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		results.push(await readItem(context, itemIndex, fetcher));
	}
	return deliver(context, results);
}

/** One door to the service for each timeout that items ask for; usually one in all. */
function fetcherOf(context: IExecuteFunctions): (timeoutMs: number) => Promise<FetchPage> {
	const fetchers = new Map<number, FetchPage>();
	return async (timeoutMs) => {
		const known = fetchers.get(timeoutMs);
		if (known) return known;
		const access = readAccess(await context.getCredentials('keeperAdminApi'));
		const door = new HttpDoor(
			context.helpers.httpRequest,
			{ timeoutMs, maxBytes: MAX_ANSWER_BYTES },
			context.getExecutionCancelSignal?.(),
		);
		const fetchPage = eventsFetcher(door, access);
		fetchers.set(timeoutMs, fetchPage);
		return fetchPage;
	};
}

/**
 * Never throws: n8n hands the items of a node that throws on to the success branch when 'On Error'
 * is not Stop Workflow, where they would pass for events.
 */
async function readItem(
	context: IExecuteFunctions,
	itemIndex: number,
	fetcher: (timeoutMs: number) => Promise<FetchPage>,
): Promise<ItemResult> {
	try {
		const request = readGetManyRequest(context, itemIndex);
		const outputs = await readOutputs(context, request, await fetcher(request.timeoutMs));
		return { json: {}, outputs, mayHaveChanged: false };
	} catch (error) {
		const { message, description } = error as Error & { description?: string | null };
		const failure = {
			message: `${message} [item ${itemIndex}]`,
			description: description ?? "Check the node's parameters.",
		};
		return { json: {}, failure, mayHaveChanged: false };
	}
}

type Outputs = NonNullable<ItemResult['outputs']>;

async function readOutputs(
	context: IExecuteFunctions,
	request: GetManyRequest,
	fetchPage: FetchPage,
): Promise<Outputs> {
	const { file, format, now } = request;
	if (file) {
		const lines = await gather(request, fetchPage, () => {
			const documents = new Documents(format, now);
			const lines = new NdjsonFile();
			return { result: lines, take: (event) => lines.add(documents.of(event)) };
		});
		return [await lines.output(context.helpers.prepareBinaryData, file, format)];
	}
	return await gather(request, fetchPage, () => {
		const documents = new Documents(format, now);
		const outputs: Outputs = [];
		return { result: outputs, take: (event) => outputs.push({ json: documents.of(event) }) };
	});
}

/** Takes one event at a time, so that no event is held beside what it became. */
interface Gathering<T> {
	result: T;
	take: (event: AuditEvent) => void;
}

/** Reads page by page, and no page more than the limit needs. */
async function gather<T>(
	{ range, limit, pageSize, wanted }: GetManyRequest,
	fetchPage: FetchPage,
	begin: () => Gathering<T>,
): Promise<T> {
	let gathering = begin();
	let count = 0;
	const query = { ...queryBounds(range), limit: pageSize };
	for await (const page of readPages(query, fetchPage)) {
		if (page.restart) {
			gathering = begin();
			count = 0;
		}
		for (const event of page.events) {
			if (!isWithin(eventTime(event), range) || !wanted(event)) continue;
			gathering.take(event);
			if (++count >= limit) return gathering.result;
		}
	}
	return gathering.result;
}
