import { fail, ok, type Result } from '../../shared/failure';
import { recordKind, type Alias } from '../table/records';
import type { Reference } from '../table/references';
import { isResource, type ResourceObject } from './document';
import { isRefusal, type Fault } from './fault';
import { pages, type Listing } from './pages';
import { get, pathSegment } from './request';

/** What narrows an alias, by the name of the option that it was given in. */
export type Narrowed = Readonly<Record<string, Reference>>;

/** Finds the IDs of records that are known by an alias. Each is looked up once. */
export class RecordsByAlias {
	private readonly service: Listing;
	private readonly ids = new Map<string, Promise<Result<string, Fault>>>();

	constructor(service: Listing) {
		this.service = service;
	}

	/**
	 * @param narrowed for an alias that several records may have
	 * @returns the ID, or why there is none: of several records none is chosen
	 */
	async idOf(reference: Reference, narrowed: Narrowed = {}): Promise<Result<string, Fault>> {
		const { record, value, isId } = reference;
		if (isId) return ok(value);
		const query: Array<[string, string]> = [];
		for (const { name, parameter } of recordKind(record).narrowedBy ?? []) {
			if (narrowed[name] === undefined) continue;
			const found = await this.idOf(narrowed[name]);
			if (!found.ok) return found;
			query.push([parameter, found.value]);
		}
		const key = JSON.stringify([record, value, query]);
		const known = this.ids.get(key) ?? this.lookUp(reference, query);
		this.ids.set(key, known);
		return await known;
	}

	private async lookUp(
		reference: Reference,
		query: Array<[string, string]>,
	): Promise<Result<string, Fault>> {
		if (recordKind(reference.record).narrowedBy === undefined) return await this.get(reference);
		const found = await this.twoOf(reference, query);
		if (!found.ok) {
			// A token that may not list sees few records, and the service finds it among those.
			return isRefusal(found.failure, 403) ? await this.get(reference) : found;
		}
		const [first, second] = found.value;
		if (second !== undefined) return fail(ambiguous(reference, query.length > 0));
		if (first !== undefined) return ok(first.id);
		return query.length > 0 ? fail(notFound(reference)) : await this.get(reference);
	}

	/** Up to two records that have the alias. */
	private async twoOf(
		{ record, value }: Reference,
		query: Array<[string, string]>,
	): Promise<Result<ResourceObject[], Fault>> {
		const kind = recordKind(record);
		const filter: Array<[string, string]> = kind.aliasFilter ? [[kind.aliasFilter, value]] : [];
		const matches = ({ attributes = {} }: ResourceObject) =>
			(kind.aliases ?? []).some(({ sharedBy = '' }: Alias) => attributes[sharedBy] === value);
		const found: ResourceObject[] = [];
		for await (const page of pages(this.service, get(`/${kind.type}`, [...query, ...filter]))) {
			if (!page.ok) return page;
			found.push(...page.value.records.filter(matches));
			if (found.length > 1) break;
		}
		return ok(found);
	}

	/** The record that the service itself finds by the alias. */
	private async get(reference: Reference): Promise<Result<string, Fault>> {
		const { type, listedAt = '', headers = {} } = recordKind(reference.record);
		const list = listedAt.startsWith('/v1/') ? listedAt : `/${type}`;
		const reply = await this.service.send(
			get(`${list}/${pathSegment(reference.value)}`, [], { ...headers }),
		);
		if (reply.ok) {
			const { document, status } = reply.value;
			return isResource(document.data)
				? ok(document.data.id)
				: fail({ kind: 'unreadable', status });
		}
		return isRefusal(reply.failure, 404) ? fail(notFound(reference)) : reply;
	}
}

function shownName({ record, value }: Reference): string {
	const { label, aliases = [] } = recordKind(record);
	return `${label}${aliases.some(({ secret }) => secret) ? ' with this key' : ` '${value}'`}`;
}

function notFound(reference: Reference): Fault {
	return {
		kind: 'stopped',
		message: `${shownName(reference)} was not found`,
		description:
			"Check it, and that the credential's token may see the record. Nothing was changed.",
		code: 'NOT_FOUND',
		status: 404,
	};
}

function ambiguous(reference: Reference, isNarrowed: boolean): Fault {
	const { narrowedBy = [] } = recordKind(reference.record);
	const options = narrowedBy.map(({ label }) => `'${label}'`).join(' or ');
	const ways = isNarrowed ? 'Give its ID' : `Give its ID, or add ${options} under 'Options'`;
	return {
		kind: 'stopped',
		message: `${shownName(reference)} is the name of several records`,
		description: `${ways}. Keygen would take the oldest one. Nothing was changed.`,
	};
}
