import { resourcesOf, type ResourceObject } from './document';
import type { Fault } from './fault';
import { LAST_NUMBERED_PAGE, PAGE_SIZE } from './pages';
import { read } from './request';
import type { KeygenService } from './service';

/** Why a list could not be read to its end. */
export class ListFault extends Error {
	readonly fault: Fault;

	constructor(fault: Fault) {
		super('The list could not be read');
		this.fault = fault;
	}
}

/**
 * The pages of a list, newest records first. Who has read enough stops.
 *
 * Pages follow each other by cursor. Servers older than 1.7.0 refuse that and are asked by number;
 * they have 10,000 records to give at most.
 *
 * @param query beside what chooses the page
 * @throws ListFault
 */
export async function* pagesOf(
	service: KeygenService,
	path: string,
	query: Array<[string, string]> = [],
): AsyncGenerator<ResourceObject[]> {
	let page: [string, string] = ['page[cursor]', ''];
	for (let number = 1; ; number += 1) {
		const reply = await service.send(read(path, [...query, page, SIZE]));
		if (!reply.ok) {
			const isOld = page[0] === 'page[cursor]' && page[1] === '' && isRefusal(reply.fault);
			if (!isOld) throw new ListFault(reply.fault);
			page = ['page[number]', '1'];
			number = 0;
			continue;
		}
		const records = resourcesOf(reply.document);
		yield records;
		if (records.length < PAGE_SIZE || reply.document.links?.next === null) return;
		const last = records[records.length - 1].id;
		if (page[0] === 'page[number]') {
			if (number >= LAST_NUMBERED_PAGE) return;
			page = ['page[number]', String(number + 1)];
		} else {
			// A page that ends where the one before it did would come again and again.
			if (page[1] === last) return;
			page = ['page[cursor]', last];
		}
	}
}

const SIZE: [string, string] = ['page[size]', String(PAGE_SIZE)];

function isRefusal(fault: Fault): boolean {
	return fault.kind === 'refused' && fault.status === 400;
}
