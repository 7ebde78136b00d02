import { randomUUID } from 'node:crypto';

import { eachItem } from '../../shared/items';
import {
	flatten,
	flattenDocument,
	isResource,
	resourcesOf,
	type Plain,
	type ResourceObject,
} from '../service/document';
import type { Fault } from '../service/fault';
import type { FileAccess, FileContent } from './files';
import type { RelatedRecords } from './include-related';
import { valueIn, type Inputs } from '../input/inputs';
import type { KeyRing } from './key-ring';
import { readList } from '../service/pages';
import { buildRequest, unresolved } from './build-request';
import type { ServiceRequest } from '../service/request';
import type { Place } from '../table/place';
import type { SentRow } from '../table/row';
import type { Done, KeygenService, Reply } from '../service/service';

/** How many records get their related ones at once. */
const RELATED_PACE = { concurrency: 5, pauseMs: 0 };

/** One operation for one item, ready to run. */
export interface Operation {
	place: Place<SentRow>;
	inputs: Inputs;
	service: KeygenService;
	related: RelatedRecords;
	files: FileAccess;
	keys: KeyRing;
	simplify: boolean;
	/** How many records of a list; undefined for all. */
	limit?: number;
	order?: string;
	include: readonly string[];
}

/** A record that goes out, maybe with a file. */
export interface Output {
	json: Plain;
	/** By the name of the binary field. */
	binary?: Record<string, FileContent>;
}

export type Outcome = { ok: true; outputs: Output[] } | { ok: false; fault: Fault };

/** The operation's request, with every alias looked up that must be an ID. */
export async function prepareRequest({
	place,
	inputs,
	service,
}: Operation): Promise<ServiceRequest | { fault: Fault }> {
	const { row, resource } = place;
	for (const reference of unresolved(row, inputs)) {
		const found = await service.idOf(reference);
		if ('fault' in found) return found;
		reference.resolved = found.id;
	}
	return buildRequest(
		row,
		resource,
		inputs,
		({ resolved, value }) => resolved ?? value,
		randomUUID,
	);
}

/** Sends the request of a row. A token that may not choose IDs gets its request sent without one. */
export async function sendRow(
	{ place: { row }, service, inputs }: Operation,
	request: ServiceRequest,
): Promise<Reply> {
	const own = row.ownId === true && !inputs.fields.some(({ field }) => field.at === 'data.id');
	if (own && !service.mayChooseIds) return await service.send(withoutId(request));
	const reply = await service.send(request, { again409: row.again409 });
	if (!own || reply.ok || !refusesId(reply.fault)) return reply;
	service.mayChooseIds = false;
	return await service.send(withoutId(request));
}

function refusesId(fault: Fault): boolean {
	return (
		fault.kind === 'refused' &&
		fault.status === 400 &&
		fault.errors.some(({ source }) => source?.pointer === '/data/id')
	);
}

/** Without an ID of its own a create must not be sent twice. */
function withoutId(request: ServiceRequest): ServiceRequest {
	const data = Object.fromEntries(
		Object.entries(request.body?.data as Plain).filter(([name]) => name !== 'id'),
	);
	return { ...request, body: { ...request.body, data }, repeatable: false };
}

/** Reads a list and what goes out for its records. */
export async function listOutcome(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const { order } = operation;
	const query: ServiceRequest['query'] =
		order === undefined ? request.query : [...request.query, ['order', order]];
	const listing = await readList(operation.service, { ...request, query }, operation.limit);
	return listing.ok ? await recordsOutcome(operation, listing.records) : listing;
}

async function recordsOutcome(operation: Operation, records: ResourceObject[]): Promise<Outcome> {
	const shown = await eachItem(records.length, RELATED_PACE, async (index) => {
		const record = records[index];
		return await withRelated(
			operation,
			record,
			operation.simplify ? flatten(record) : { ...record },
		);
	});
	const fault = shown.find((json) => 'fault' in json);
	if (fault) return fault as { ok: false; fault: Fault };
	return { ok: true, outputs: shown.map((json) => ({ json: json as Plain })) };
}

async function withRelated(
	{ related, include }: Operation,
	record: ResourceObject,
	shown: Plain,
): Promise<Plain | { ok: false; fault: Fault }> {
	if (include.length === 0) return shown;
	const found = await related.of(record, include);
	return found.ok ? { ...shown, ...found.related } : found;
}

/** What goes out for an answer that is no page of a list. */
export async function outcomeOf(operation: Operation, reply: Done): Promise<Outcome> {
	const { row } = operation.place;
	switch (row.answer) {
		case 'deleted':
			return { ok: true, outputs: [{ json: { deleted: true, id: targetId(operation) } }] };
		case 'done':
			return {
				ok: true,
				outputs: [
					{
						json: {
							success: true,
							...(targetId(operation) === null ? {} : { id: targetId(operation) }),
						},
					},
				],
			};
		case 'records':
			return await recordsOutcome(operation, resourcesOf(reply.document));
		case 'file':
			return { ok: true, outputs: [fileOutput(operation, reply)] };
	}
	const { data } = reply.document;
	const shown = operation.simplify ? flattenDocument(reply.document) : { ...reply.document };
	if (row.uploadUrl) addUploadUrl(shown, reply);
	const json = isResource(data) ? await withRelated(operation, data, shown) : shown;
	return 'fault' in json
		? (json as { ok: false; fault: Fault })
		: { ok: true, outputs: [{ json }] };
}

function addUploadUrl(shown: Plain, { headers }: Done): void {
	if (headers.location !== undefined) shown.uploadUrl = headers.location;
}

/** ID of the last record that the path names; null for one given by an alias that nobody looked up. */
function targetId({ inputs, place: { row } }: Operation): string | null {
	if (row.records.length === 0) return null;
	const target = inputs.path[inputs.path.length - 1];
	return target.resolved ?? (target.isId ? target.value : null);
}

/** The text of a license or machine file, with its name from the answer. */
function fileOutput({ inputs, place }: Operation, { headers, body }: Done): Output {
	const property = String(valueIn(inputs, 'binaryProperty') ?? 'data');
	const [, named] = /filename="?([^";]+)"?/.exec(headers['content-disposition'] ?? '') ?? [];
	const fileName = named?.replace(/[\\/]/g, '_') ?? `${place.resourceName}.lic`;
	return {
		json: { certificate: body.toString('utf8'), fileName },
		binary: { [property]: { body, fileName, type: 'application/octet-stream' } },
	};
}
