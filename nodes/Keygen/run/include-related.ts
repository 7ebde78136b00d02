import { ok, type Result } from '../../shared/failure';
import { flatten, isResource, type Plain, type ResourceObject } from '../service/document';
import type { Fault } from '../service/fault';
import { readList } from '../service/pages';
import { get } from '../service/request';
import type { KeygenService } from '../service/service';
import { RELATIONS } from '../table/relations';

const TYPES: Readonly<Record<string, string | undefined>> = RELATIONS;

/**
 * Fetches what is related to records, since the service cannot send it along. A record that several
 * are related to is fetched once in a run.
 */
export class RelatedRecords {
	private readonly service: KeygenService;
	private readonly simplify: boolean;
	private readonly known = new Map<string, Promise<Result<unknown, Fault>>>();

	constructor(service: KeygenService, simplify: boolean) {
		this.service = service;
		this.simplify = simplify;
	}

	/** The related records by the name of their relation. */
	async of(record: ResourceObject, names: readonly string[]): Promise<Result<Plain, Fault>> {
		const related: Plain = {};
		for (const name of names) {
			const found =
				(TYPES[name] ?? 'many') === 'many'
					? await this.many(record, name)
					: await this.one(record, name);
			if (!found.ok) return found;
			related[name] = found.value;
		}
		return ok(related);
	}

	private async one(
		{ relationships }: ResourceObject,
		name: string,
	): Promise<Result<unknown, Fault>> {
		const { data } = relationships?.[name] ?? {};
		if (!data || Array.isArray(data)) return ok(null);
		const path = `/${TYPES[name]}/${encodeURIComponent(data.id)}`;
		const known = this.known.get(path) ?? this.fetch(path);
		this.known.set(path, known);
		return await known;
	}

	private async fetch(path: string): Promise<Result<unknown, Fault>> {
		const reply = await this.service.send(get(path));
		if (!reply.ok) return reply;
		const { data } = reply.value.document;
		return ok(isResource(data) ? this.shown(data) : null);
	}

	private async many({ type, id }: ResourceObject, name: string): Promise<Result<unknown, Fault>> {
		const path = `/${type}/${encodeURIComponent(id)}/${name}`;
		const listing = await readList(this.service, get(path));
		return listing.ok ? ok(listing.value.map((one) => this.shown(one))) : listing;
	}

	private shown(record: ResourceObject): unknown {
		return this.simplify ? flatten(record) : record;
	}
}
