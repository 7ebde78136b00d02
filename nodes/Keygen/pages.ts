import { resourcesOf, type ResourceObject } from './document';
import type { Fault } from './fault';
import type { ServiceRequest } from './request';
import type { Done, KeygenService } from './service';

/** The records of a list in order, without repeats, or why there are none. */
export type Listing = { ok: true; records: ResourceObject[] } | { ok: false; fault: Fault };

const PAGE_SIZE = 100;
/** The service numbers no page beyond it. */
const LAST_NUMBERED_PAGE = 100;
const PAGES_AT_A_TIME = 4;

/**
 * Reads a list.
 *
 * Up to a page's worth is one request. Beyond that pages follow each other by cursor; servers older
 * than 1.7.0 refuse the cursor and are asked for numbered pages, of which they have 100 at most.
 *
 * @param wanted how many records; undefined for all
 */
export async function readList(
	service: KeygenService,
	request: ServiceRequest,
	wanted?: number,
): Promise<Listing> {
	if (wanted !== undefined && wanted <= PAGE_SIZE) {
		const reply = await service.send(withQuery(request, [['limit', String(wanted)]]));
		return reply.ok ? { ok: true, records: resourcesOf(reply.document).slice(0, wanted) } : reply;
	}
	return service.hasCursors === false
		? await byNumber(service, request, wanted)
		: await byCursor(service, request, wanted);
}

async function byCursor(
	service: KeygenService,
	request: ServiceRequest,
	wanted?: number,
): Promise<Listing> {
	const records = new Map<string, ResourceObject>();
	for (let cursor = ''; ; ) {
		const reply = await service.send(
			withQuery(request, [
				['page[cursor]', cursor],
				['page[size]', String(PAGE_SIZE)],
			]),
		);
		if (!reply.ok) {
			if (cursor !== '' || !refusesCursors(reply.fault)) return reply;
			service.hasCursors = false;
			return await byNumber(service, request, wanted);
		}
		service.hasCursors = true;
		const page = resourcesOf(reply.document);
		const before = records.size;
		for (const record of page) records.set(record.id, record);
		if (enough(records, wanted) || !hasNext(reply, page)) return listing(records, wanted);
		// A page that brings nothing new would be asked for again and again.
		if (records.size === before) return { ok: false, fault: STUCK };
		cursor = page[page.length - 1].id;
	}
}

async function byNumber(
	service: KeygenService,
	request: ServiceRequest,
	wanted?: number,
): Promise<Listing> {
	const page = async (number: number) =>
		await service.send(
			withQuery(request, [
				['page[number]', String(number)],
				['page[size]', String(PAGE_SIZE)],
			]),
		);
	const records = new Map<string, ResourceObject>();
	const first = await page(1);
	if (!first.ok) return first;
	let known = knownPages(first);
	const needed = wanted === undefined ? Infinity : Math.ceil(wanted / PAGE_SIZE);
	if (Math.min(known ?? 0, needed) > LAST_NUMBERED_PAGE)
		return { ok: false, fault: tooMany(first) };
	let replies = [first];
	for (let next = 2; ; ) {
		for (const reply of replies)
			for (const record of resourcesOf(reply.document)) records.set(record.id, record);
		const latest = replies[replies.length - 1];
		known = knownPages(latest) ?? known;
		const more =
			known === undefined ? hasNext(latest, resourcesOf(latest.document)) : next <= known;
		if (enough(records, wanted) || !more) return listing(records, wanted);
		if (next > LAST_NUMBERED_PAGE) return { ok: false, fault: tooMany(latest) };
		const until =
			known === undefined
				? next
				: Math.min(next + PAGES_AT_A_TIME - 1, known, Math.max(needed, next), LAST_NUMBERED_PAGE);
		const batch = await Promise.all(
			Array.from({ length: until - next + 1 }, (_, index) => page(next + index)),
		);
		const failed = batch.find((reply) => !reply.ok);
		if (failed && !failed.ok) return failed;
		replies = batch as Done[];
		next = until + 1;
	}
}

function withQuery(request: ServiceRequest, more: Array<[string, string]>): ServiceRequest {
	return { ...request, query: [...request.query, ...more] };
}

const enough = (records: Map<string, unknown>, wanted?: number) =>
	wanted !== undefined && records.size >= wanted;
const listing = (records: Map<string, ResourceObject>, wanted?: number): Listing => ({
	ok: true,
	records: [...records.values()].slice(0, wanted),
});

/** Whether a page says that another follows; one that does not say so follows a full page. */
function hasNext({ document: { links } }: Done, page: ResourceObject[]): boolean {
	if (page.length === 0) return false;
	return links && 'next' in links
		? links.next !== null && links.next !== undefined
		: page.length >= PAGE_SIZE;
}

/** How many pages there are, where the service counts them. */
function knownPages({ document: { links } }: Done): number | undefined {
	const { pages } = (links?.meta ?? {}) as { pages?: unknown };
	return typeof pages === 'number' ? pages : undefined;
}

/** Servers before 1.7.0 miss the number of the page. */
function refusesCursors(fault: Fault): boolean {
	if (fault.kind !== 'refused' || fault.status !== 400) return false;
	return fault.errors.some(({ source }) => source?.parameter?.startsWith('page') ?? false);
}

const STUCK: Fault = {
	kind: 'stopped',
	message: 'The server repeats a page of the list instead of going on',
	description: "Lower 'Limit' or narrow the list with filters.",
};

function tooMany({ document: { links } }: Done): Fault {
	const { count } = (links?.meta ?? {}) as { count?: unknown };
	const most = PAGE_SIZE * LAST_NUMBERED_PAGE;
	return {
		kind: 'stopped',
		message: `This Keygen server lists ${most} records at most${typeof count === 'number' ? `, and there are ${count}` : ''}`,
		description: `Rather than only a part, the node gives none. Narrow the list with filters, set 'Return All' off with a 'Limit' of ${most} at most, or update the server to 1.7.0 or later, which lists any number.`,
	};
}
