import { randomUUID } from 'node:crypto';

import { ok, type Result } from '../../shared/failure';
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
import { isForDays, readLogs } from '../service/logs';
import { readList } from '../service/pages';
import { buildRequest, unresolved } from './build-request';
import { withQuery, type ServiceRequest } from '../service/request';
import type { Reference } from '../table/references';
import type { Place } from '../table/place';
import { isSentBy, type SentRow } from '../table/row';
import type { Answer, Reply } from '../service/reply';
import type { KeygenService } from '../service/service';

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

/** What goes out for an item, or why nothing does. */
export type Outcome = Result<Output[], Fault>;

/** The operation's request, with every alias looked up that must be an ID. */
export async function prepareRequest({
	place,
	inputs,
	service,
}: Operation): Promise<Result<ServiceRequest, Fault>> {
	const { row, resource } = place;
	for (const reference of unresolved(row, inputs)) {
		const found = await service.records.idOf(reference, inputs.narrowed);
		if (!found.ok) return found;
		reference.resolved = found.value;
	}
	const ids = ({ resolved, value }: Reference) => resolved ?? value;
	return ok(buildRequest(row, resource, inputs, ids, randomUUID));
}

/** Sends the request of a row. A token that may not choose IDs gets its request sent without one. */
export async function sendRow(
	{ place: { row }, service, inputs }: Operation,
	request: ServiceRequest,
): Promise<Reply> {
	const own = row.ownId === true && !inputs.fields.some(({ field }) => field.at === 'data.id');
	// Of equal records that are created at once the service stores one; 409 says that it stored none.
	const options = { again409: row.again409 || isCreation(row) };
	if (own && !service.mayChooseIds) return await service.send(withoutId(request), options);
	const reply = await service.send(request, options);
	if (!own || reply.ok || !refusesId(reply.failure)) return reply;
	service.mayChooseIds = false;
	return await service.send(withoutId(request), options);
}

const isCreation = (row: SentRow) => row.body === 'resource' && isSentBy(row, 'POST');

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
	const ordered = order === undefined ? request : withQuery(request, [['order', order]]);
	const listing = isForDays(ordered)
		? await readLogs(operation.service, ordered, {
				wanted: operation.limit,
				isAscending: order === 'asc',
			})
		: await readList(operation.service, ordered, operation.limit);
	return listing.ok ? await recordsOutcome(operation, listing.value) : listing;
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
	const outputs: Output[] = [];
	for (const json of shown) {
		if (!json.ok) return json;
		outputs.push({ json: json.value });
	}
	return ok(outputs);
}

async function withRelated(
	{ related, include }: Operation,
	record: ResourceObject,
	shown: Plain,
): Promise<Result<Plain, Fault>> {
	if (include.length === 0) return ok(shown);
	const found = await related.of(record, include);
	return found.ok ? ok({ ...shown, ...found.value }) : found;
}

/** What goes out for a response that is not a page of a list. */
export async function outcomeOf(operation: Operation, answer: Answer): Promise<Outcome> {
	const { row } = operation.place;
	switch (row.answer) {
		case 'deleted':
			return ok([{ json: { deleted: true, id: targetId(operation) } }]);
		case 'done': {
			const id = targetId(operation);
			return ok([{ json: { success: true, ...(id === null ? {} : { id }) } }]);
		}
		case 'records':
			return await recordsOutcome(operation, resourcesOf(answer.document));
		case 'file':
			return ok([fileOutput(operation, answer)]);
	}
	const { data } = answer.document;
	const shown = operation.simplify ? flattenDocument(answer.document) : { ...answer.document };
	if (row.uploadUrl) addUploadUrl(shown, answer);
	const json = isResource(data) ? await withRelated(operation, data, shown) : ok(shown);
	return json.ok ? ok([{ json: json.value }]) : json;
}

function addUploadUrl(shown: Plain, { headers }: Answer): void {
	if (headers.location !== undefined) shown.uploadUrl = headers.location;
}

/** ID of the last record that the path names; null for one given by an alias that nobody looked up. */
function targetId({ inputs, place: { row } }: Operation): string | null {
	if (row.records.length === 0) return null;
	const target = inputs.path[inputs.path.length - 1];
	return target.resolved ?? (target.isId ? target.value : null);
}

/** The text of a license or machine file, with its name from the answer. */
function fileOutput({ inputs, place }: Operation, { headers, body }: Answer): Output {
	const property = String(valueIn(inputs, 'binaryProperty') ?? 'data');
	const [, named] = /filename="?([^";]+)"?/.exec(headers['content-disposition'] ?? '') ?? [];
	const fileName = named?.replace(/[\\/]/g, '_') ?? `${place.resourceName}.lic`;
	return {
		json: { certificate: body.toString('utf8'), fileName },
		binary: { [property]: { body, fileName, type: 'application/octet-stream' } },
	};
}
