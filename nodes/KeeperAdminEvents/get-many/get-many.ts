import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { HttpDoor } from '../../shared/http/http';
import { runItems } from '../../shared/items';
import type { ItemResult } from '../../shared/delivery';
import { ok } from '../../shared/failure';
import { eventTime, type AuditEvent } from '../event/audit-event';
import { Documents } from '../formats/documents';
import type { EventQuery, FetchPage } from '../reading/event-query';
import { eventsFetcher, MAX_ANSWER_BYTES } from '../reading/events-service';
import { readNewest } from './newest-events';
import { readGetManyRequest, type GetManyRequest } from './request';
import { LinesFile } from '../formats/lines-file';
import { readPages } from '../reading/pager';
import { readAccess } from '../settings';
import { SharedTexts } from './string-interning';
import { readEvents } from '../reading/parallel-reading';
import { isWithin, queryBounds } from './time-range';

/**
 * Reads the events of a stretch of time, for each item that comes in.
 *
 * @throws NodeOperationError where 'On Error' is Stop Workflow and an item's reading failed
 */
export async function getMany(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const fetcher = fetcherOf(context);
	const unknown = new Set<string>();
	return await runItems(context, async () =>
		ok({
			pace: { concurrency: 1, pauseMs: 0 },
			run: async (itemIndex) => {
				const request = readGetManyRequest(context, itemIndex);
				for (const entry of request.matchingNothing) unknown.add(entry);
				const fetchPage = await fetcher(itemIndex, request.timeoutMs);
				const outputs = await readOutputs(context, request, fetchPage);
				return { json: {}, outputs, mayHaveChanged: false };
			},
			end: () => hintAt(context, [...unknown]),
		}),
	);
}

/** Says which entries of the filter no known event matches; they may be right, of new events. */
function hintAt(context: IExecuteFunctions, entries: string[]): void {
	if (entries.length === 0) return;
	const named = entries.map((entry) => `'${entry}'`).join(', ');
	context.addExecutionHints?.({
		message: `'Filters' asks for ${named}, which no event known to this version matches. Check the spelling, unless the event is new.`,
		type: 'warning',
		location: 'outputPane',
	});
}

/**
 * One HTTP client per access and timeout that items ask for; usually a single one. The fields of a
 * credential may be expressions, so each item may have its own.
 */
function fetcherOf(
	context: IExecuteFunctions,
): (itemIndex: number, timeoutMs: number) => Promise<FetchPage> {
	const fetchers = new Map<string, FetchPage>();
	return async (itemIndex, timeoutMs) => {
		const access = readAccess(await context.getCredentials('keeperAdminApi', itemIndex));
		const key = JSON.stringify([access, timeoutMs]);
		const known = fetchers.get(key);
		if (known) return known;
		const door = new HttpDoor(
			context.helpers.httpRequest,
			{ timeoutMs, maxBytes: MAX_ANSWER_BYTES },
			context.getExecutionCancelSignal?.(),
		);
		const fetchPage = eventsFetcher(door, access);
		fetchers.set(key, fetchPage);
		return fetchPage;
	};
}

type Outputs = NonNullable<ItemResult['outputs']>;

async function readOutputs(
	context: IExecuteFunctions,
	request: GetManyRequest,
	fetchPage: FetchPage,
): Promise<Outputs> {
	const { file, format, now } = request;
	const lists = await readLists(request, fetchPage);
	const documents = new Documents(format, now);
	if (!file) return lists.flatMap((events) => turned(events, (json) => ({ json }), documents));
	const lines = new LinesFile(format);
	for (const events of lists) turned(events, (document) => lines.add(document), documents);
	return [await lines.output(context.helpers.prepareBinaryData, file)];
}

/** Converts events in place, so an event and its document are never both in memory. */
function turned<T>(
	events: AuditEvent[],
	turn: (document: IDataObject) => T,
	documents: Documents,
): T[] {
	const list: Array<AuditEvent | T> = events;
	for (const [index, event] of events.entries()) list[index] = turn(documents.of(event));
	return list as T[];
}

async function readLists(request: GetManyRequest, fetchPage: FetchPage): Promise<AuditEvent[][]> {
	const { range, limit, newestFirst, pageSize, atATime } = request;
	const texts = new SharedTexts();
	const query = { ...queryBounds(range), limit: pageSize };
	const wanted = (event: AuditEvent): boolean => {
		if (!isWithin(eventTime(event), range) || !request.wanted(event)) return false;
		texts.share(event);
		return true;
	};
	if (newestFirst) {
		return [await readNewest({ range, limit, pageSize, fetchPage, wanted, atATime })];
	}
	if (limit === Infinity) return await readEvents({ query, fetchPage, wanted, atATime });
	return [await readFirst(limit, query, fetchPage, wanted)];
}

/** Reads page by page, and no page more than the limit needs. */
async function readFirst(
	limit: number,
	query: EventQuery,
	fetchPage: FetchPage,
	wanted: (event: AuditEvent) => boolean,
): Promise<AuditEvent[]> {
	let kept: AuditEvent[] = [];
	for await (const page of readPages(query, fetchPage)) {
		if (page.restart) kept = [];
		for (const event of page.events) {
			if (wanted(event) && kept.push(event) >= limit) return kept;
		}
	}
	return kept;
}
