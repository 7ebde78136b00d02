import { fail, ok, type Failure, type Result } from '../../shared/failure';
import { resourcesOf, type ResourceObject, type ServiceDocument } from './document';
import type { Fault } from './fault';
import type { Reply } from './reply';
import { withQuery, type ServiceRequest } from './request';

const PAGE_SIZE = 100;
const SIZE: [string, string] = ['page[size]', String(PAGE_SIZE)];
/** The service numbers no page beyond it. */
const LAST_NUMBERED_PAGE = 100;
/** Numbered pages are independent: fetch ten in parallel. */
const PAGES_AHEAD = 10;

/** What lists are read through. */
export interface Listing {
	send(request: ServiceRequest): Promise<Reply>;
	/** Whether the server lists by cursor, once that is known. */
	hasCursors?: boolean;
}

export interface Page {
	records: ResourceObject[];
	/** Names the page that follows, for `from`; absent for the last one. */
	next?: string;
	/** Set where the list goes on beyond what can be numbered. */
	cutOff?: { count?: number };
}

/**
 * The pages of a list, in order. A reader that has enough stops; a failure is the last entry.
 *
 * Pages follow each other by cursor. Servers before 1.7.0 refuse cursors and are asked for numbered
 * pages, which end at the 100th.
 *
 * @param from where to start: the `next` of a page read before
 * @param needed how many pages are sure to be read; numbered ones are then fetched ahead
 */
export async function* pages(
	service: Listing,
	request: ServiceRequest,
	{ from = '', needed = 1 }: { from?: string; needed?: number } = {},
): AsyncGenerator<Result<Page, Fault>, void, void> {
	const isNumber = /^\d{1,3}$/.test(from);
	if (isNumber || (from === '' && service.hasCursors === false)) {
		yield* numberedPages(service, request, isNumber ? Number(from) : 1, needed);
		return;
	}
	const used = new Set<string>();
	let seen = new Set<string>();
	for (let cursors = from.split(','); ; ) {
		const reply = await pageAfter(service, request, cursors);
		if (!reply.ok && cursors[0] === '' && refusesCursors(reply.failure)) {
			service.hasCursors = false;
			yield* numberedPages(service, request, 1, needed);
			return;
		}
		if (!reply.ok) {
			yield reply;
			return;
		}
		service.hasCursors = true;
		used.add(cursors[0]);
		const records = resourcesOf(reply.value.document);
		const next = hasNext(reply.value.document, records) ? cursorsOf(records) : undefined;
		yield ok({ records: records.filter(({ id }) => !seen.has(id)), next: next?.join(',') });
		if (next === undefined) return;
		if (used.has(next[0])) {
			yield fail({ kind: 'stopped', ...STUCK });
			return;
		}
		seen = new Set(records.map(({ id }) => id));
		cursors = next;
	}
}

/**
 * The page that follows a record. Where that record is gone by now the service sends an empty page, as
 * if the list were over: then the page is asked for by earlier records, and repeats a few.
 */
async function pageAfter(
	service: Listing,
	request: ServiceRequest,
	cursors: readonly string[],
): Promise<Reply> {
	for (const cursor of cursors) {
		const reply = await service.send(withQuery(request, [['page[cursor]', cursor], SIZE]));
		if (!reply.ok || cursor === '' || resourcesOf(reply.value.document).length > 0) return reply;
	}
	return fail({ kind: 'stopped', ...LOST });
}

/** By which the next page is asked for: the last record, and earlier ones in case it disappears. */
function cursorsOf(records: ResourceObject[]): string[] {
	const last = records.length - 1;
	const places = [last, last - 1, last - 5, Math.floor(last / 2), 0];
	return [...new Set(places)].filter((place) => place >= 0).map((place) => records[place].id);
}

async function* numberedPages(
	service: Listing,
	request: ServiceRequest,
	first: number,
	needed: number,
): AsyncGenerator<Result<Page, Fault>, void, void> {
	const ask = async (number: number) =>
		await service.send(withQuery(request, [['page[number]', String(number)], SIZE]));
	const ahead: Array<Promise<Reply>> = [];
	let known: number | undefined;
	for (let number = first; ; number += 1) {
		const reply = await (ahead.shift() ?? ask(number));
		if (!reply.ok) {
			yield reply;
			return;
		}
		const { document } = reply.value;
		const records = resourcesOf(document);
		const { pages: counted, count } = factsOf(document);
		known = counted ?? known;
		const more = known === undefined ? hasNext(document, records) : number < known;
		const isCutOff =
			Math.min(known ?? 0, needed) > LAST_NUMBERED_PAGE || (more && number >= LAST_NUMBERED_PAGE);
		const next = more && number < LAST_NUMBERED_PAGE ? String(number + 1) : undefined;
		yield ok({ records, next, ...(isCutOff ? { cutOff: { count } } : {}) });
		if (next === undefined) return;
		const until = Math.min(known ?? 0, needed, LAST_NUMBERED_PAGE);
		while (ahead.length < PAGES_AHEAD && number + ahead.length < until)
			ahead.push(ask(number + 1 + ahead.length));
	}
}

/**
 * Reads a list. Up to a page's worth is one request.
 *
 * @param wanted how many records; undefined for all
 * @returns the records in order, each once
 */
export async function readList(
	service: Listing,
	request: ServiceRequest,
	wanted?: number,
): Promise<Result<ResourceObject[], Fault>> {
	if (wanted !== undefined && wanted <= PAGE_SIZE) {
		const reply = await service.send(withQuery(request, [['limit', String(wanted)]]));
		return reply.ok ? ok(resourcesOf(reply.value.document).slice(0, wanted)) : reply;
	}
	const needed = wanted === undefined ? Infinity : Math.ceil(wanted / PAGE_SIZE);
	const records = new Map<string, ResourceObject>();
	for await (const page of pages(service, request, { needed })) {
		if (!page.ok) return page;
		for (const record of page.value.records) records.set(record.id, record);
		if (wanted !== undefined && records.size >= wanted) break;
		const { cutOff } = page.value;
		if (cutOff) return fail({ kind: 'stopped', ...tooMany(cutOff) });
	}
	return ok([...records.values()].slice(0, wanted));
}

type Linked = Pick<ServiceDocument, 'links'>;

/** Whether another page follows; where the service does not say so, one follows a full page. */
function hasNext({ links }: Linked, page: ResourceObject[]): boolean {
	if (page.length === 0) return false;
	return links && 'next' in links
		? links.next !== null && links.next !== undefined
		: page.length >= PAGE_SIZE;
}

/** How many pages and records there are, where the service counts them. */
function factsOf({ links }: Linked): { pages?: number; count?: number } {
	const { pages, count } = (links?.meta ?? {}) as { pages?: unknown; count?: unknown };
	return {
		pages: typeof pages === 'number' ? pages : undefined,
		count: typeof count === 'number' ? count : undefined,
	};
}

/** Servers before 1.7.0 miss the number of the page. */
function refusesCursors(fault: Fault): boolean {
	if (fault.kind !== 'refused' || fault.status !== 400) return false;
	return fault.errors.some(({ source }) => source?.parameter?.startsWith('page') ?? false);
}

const STUCK: Failure = {
	message: 'The server repeats a page of the list instead of going on',
	description: "Lower 'Limit' or narrow the list with filters.",
};

const LOST: Failure = {
	message: 'The list changed while it was read, and cannot be read on',
	description:
		'The records from which it would go on were deleted in the meantime. Run it again, when fewer of them are being deleted.',
};

function tooMany({ count }: { count?: number }): Failure {
	const most = PAGE_SIZE * LAST_NUMBERED_PAGE;
	const all = count === undefined ? '' : `, and there are ${count}`;
	return {
		message: `This Keygen server lists ${most} records at most${all}`,
		description: `Rather than only a part, the node returns none. Narrow the list with filters, set 'Return All' off with a 'Limit' of ${most} at most, or update the server to 1.7.0 or later, which lists any number.`,
	};
}
