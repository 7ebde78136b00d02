import { eachItem } from '../../shared/items';
import { resourcesOf, type ResourceObject, type ServiceDocument } from './document';
import type { Fault } from './fault';
import type { ServiceRequest } from './request';
import type { Done, KeygenService, Reply } from './service';

/** The records of a list in order, without repeats, or why there are none. */
export type Listing = { ok: true; records: ResourceObject[] } | { ok: false; fault: Fault };

export const PAGE_SIZE = 100;
/** The service numbers no page beyond it. */
export const LAST_NUMBERED_PAGE = 100;
/** Pages by number do not depend on one another, so waiting in line would be all there is to wait for. */
const PAGES_AT_A_TIME = 10;

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
		if (enough(records, wanted) || !hasNext(reply.document, page)) return listing(records, wanted);
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
	let known = knownPages(first.document);
	const needed = wanted === undefined ? Infinity : Math.ceil(wanted / PAGE_SIZE);
	if (Math.min(known ?? 0, needed) > LAST_NUMBERED_PAGE)
		return { ok: false, fault: tooMany(first.document) };
	let pages = [pageOf(first)];
	for (let next = 2; ; ) {
		for (const { resources } of pages)
			for (const record of resources) records.set(record.id, record);
		const latest = pages[pages.length - 1];
		known = knownPages(latest) ?? known;
		const more = known === undefined ? hasNext(latest, latest.resources) : next <= known;
		if (enough(records, wanted) || !more) return listing(records, wanted);
		if (next > LAST_NUMBERED_PAGE) return { ok: false, fault: tooMany(latest) };
		const until =
			known === undefined ? next : Math.min(known, Math.max(needed, next), LAST_NUMBERED_PAGE);
		const read = await readTogether(next, until, page);
		if ('fault' in read) return { ok: false, fault: read.fault };
		pages = read;
		next = until + 1;
	}
}

/** What is kept of a page. */
interface Page extends Linked {
	resources: ResourceObject[];
}

function pageOf({ document }: Done): Page {
	return { resources: resourcesOf(document), links: document.links };
}

/** Reads pages side by side, some at a time. After a page that cannot be read none is asked for. */
async function readTogether(
	from: number,
	until: number,
	page: (number: number) => Promise<Reply>,
): Promise<Page[] | { fault: Fault }> {
	let fault: Fault | undefined;
	const pace = { concurrency: PAGES_AT_A_TIME, pauseMs: 0 };
	const pages = await eachItem(until - from + 1, pace, async (index) => {
		const reply = fault ? undefined : await page(from + index);
		if (reply?.ok) return pageOf(reply);
		fault ??= reply?.fault;
		return undefined;
	});
	return fault ? { fault } : (pages as Page[]);
}

type Linked = Pick<ServiceDocument, 'links'>;

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
function hasNext({ links }: Linked, page: ResourceObject[]): boolean {
	if (page.length === 0) return false;
	return links && 'next' in links
		? links.next !== null && links.next !== undefined
		: page.length >= PAGE_SIZE;
}

/** How many pages there are, where the service counts them. */
function knownPages({ links }: Linked): number | undefined {
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

function tooMany({ links }: Linked): Fault {
	const { count } = (links?.meta ?? {}) as { count?: unknown };
	const most = PAGE_SIZE * LAST_NUMBERED_PAGE;
	return {
		kind: 'stopped',
		message: `This Keygen server lists ${most} records at most${typeof count === 'number' ? `, and there are ${count}` : ''}`,
		description: `Rather than only a part, the node gives none. Narrow the list with filters, set 'Return All' off with a 'Limit' of ${most} at most, or update the server to 1.7.0 or later, which lists any number.`,
	};
}
