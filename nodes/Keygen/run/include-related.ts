import {
	flatten,
	isResource,
	resourcesOf,
	type Plain,
	type ResourceObject,
} from '../service/document';
import type { Fault } from '../service/fault';
import { readList } from '../service/pages';
import type { KeygenService } from '../service/service';
import { RELATIONS } from '../table/relations';

/** Related records by the name of their relation. */
export type Related = { ok: true; related: Plain } | { ok: false; fault: Fault };

const TYPES: Readonly<Record<string, string | undefined>> = RELATIONS;

/**
 * Fetches what is related to records, since the service cannot send it along. A record that several
 * are related to is fetched once in a run.
 */
export class RelatedRecords {
	private readonly service: KeygenService;
	private readonly simplify: boolean;
	private readonly known = new Map<string, Promise<unknown>>();

	constructor(service: KeygenService, simplify: boolean) {
		this.service = service;
		this.simplify = simplify;
	}

	async of(record: ResourceObject, names: readonly string[]): Promise<Related> {
		const related: Plain = {};
		for (const name of names) {
			const found =
				(TYPES[name] ?? 'many') === 'many'
					? await this.many(record, name)
					: await this.one(record, name);
			if (isFault(found)) return { ok: false, fault: found.fault };
			related[name] = found;
		}
		return { ok: true, related };
	}

	private async one({ relationships }: ResourceObject, name: string): Promise<unknown> {
		const { data } = relationships?.[name] ?? {};
		if (!data || Array.isArray(data)) return null;
		const path = `/${TYPES[name]}/${encodeURIComponent(data.id)}`;
		const known = this.known.get(path) ?? this.fetch(path);
		this.known.set(path, known);
		return await known;
	}

	private async fetch(path: string): Promise<unknown> {
		const reply = await this.service.send({
			method: 'GET',
			path,
			query: [],
			headers: {},
			repeatable: true,
		});
		if (!reply.ok) return reply;
		const { data } = reply.document;
		return isResource(data) ? this.shown(data) : null;
	}

	private async many({ type, id }: ResourceObject, name: string): Promise<unknown> {
		const path = `/${type}/${encodeURIComponent(id)}/${name}`;
		const listing = await readList(this.service, {
			method: 'GET',
			path,
			query: [],
			headers: {},
			repeatable: true,
		});
		return listing.ok
			? resourcesOf({ data: listing.records }).map((one) => this.shown(one))
			: listing;
	}

	private shown(record: ResourceObject): unknown {
		return this.simplify ? flatten(record) : record;
	}
}

function isFault(found: unknown): found is { ok: false; fault: Fault } {
	return (
		typeof found === 'object' &&
		found !== null &&
		'ok' in found &&
		found.ok === false &&
		'fault' in found
	);
}
