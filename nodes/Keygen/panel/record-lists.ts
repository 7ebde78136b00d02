import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Failure } from '../../shared/failure';
import { nodeError } from '../../shared/node-error';
import { capital } from '../../shared/words';
import { resourcesOf, type ResourceObject } from '../service/document';
import { eventOptions } from '../service/event-names';
import type { Fault } from '../service/fault';
import { pages, type Page } from '../service/pages';
import { get } from '../service/request';
import { worded } from '../messages/fault-words';
import { RECORDS, recordKind, type RecordKind, type RecordName } from '../table/records';
import { reference } from '../table/references';
import { KeygenService } from '../service/service';

/** The most matches that a search shows. */
const MOST_MATCHES = 100;
/** Pages looked through for a filter that the service cannot search by, before a result is shown. */
const PAGES_A_LOOK = 10;
/** The most choices that a list without search shows. */
const MOST_OPTIONS = 1000;
/** Shorter texts are refused by the service's search. */
const SHORTEST_SEARCH = 3;
const LIMITS = { timeoutMs: 30_000, maxBytes: 16 * 1024 * 1024 };

type Context = ILoadOptionsFunctions;
type Choice = { name: string; value: string; description?: string };
type Search = (
	this: Context,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;
type Load = (this: Context) => Promise<INodePropertyOptions[]>;

const names = Object.keys(RECORDS) as RecordName[];

/** `searchLicense` and so on: what the lists of resource locators are filled by. */
export const listSearch: Readonly<Record<string, Search>> = Object.fromEntries(
	names.map((name) => [
		`search${capital(name)}`,
		async function (this: Context, filter?: string, paginationToken?: string) {
			return await new Chooser(this, name, await serviceOf(this)).page(
				filter ?? '',
				paginationToken,
			);
		},
	]),
);

/** What multi-select lists are filled by. */
export const loadOptions: Readonly<Record<string, Load>> = {
	...Object.fromEntries(
		(['user', 'entitlement', 'constraint'] as const).map((name) => [
			`get${capital(name)}s`,
			async function (this: Context) {
				return await new Chooser(this, name, await serviceOf(this)).all();
			},
		]),
	),
	async getEventNames() {
		return [...eventOptions];
	},
};

async function serviceOf(context: Context): Promise<KeygenService> {
	const service = await KeygenService.fromContext(context, LIMITS);
	if (!service.ok) throw nodeError(context.getNode(), service.failure);
	return service.value;
}

/** Records of one kind, to choose from. */
class Chooser {
	private readonly context: Context;
	private readonly kind: RecordKind;
	private readonly service: KeygenService;

	constructor(context: Context, name: RecordName, service: KeygenService) {
		this.context = context;
		this.kind = recordKind(name);
		this.service = service;
	}

	/**
	 * A page of the list.
	 *
	 * @param token where the page before ended: a cursor, or the number of the page on older servers
	 */
	async page(filter: string, token?: string): Promise<INodeListSearchResult> {
		const wanted = filter.trim().toLowerCase();
		if (wanted.length >= SHORTEST_SEARCH && token === undefined) {
			const found = await this.search(filter.trim());
			if (found) return { results: found };
		}
		let looked = 0;
		for await (const { records, next } of this.pages(token)) {
			const results = records
				.map((record) => this.choice(record))
				.filter((choice) => matches(choice, wanted));
			looked += 1;
			if (next === undefined) return { results };
			if (results.length > 0 || looked >= PAGES_A_LOOK) return { results, paginationToken: next };
		}
		return { results: [] };
	}

	async all(): Promise<Choice[]> {
		const found: Choice[] = [];
		for await (const { records } of this.pages()) {
			found.push(...records.map((record) => this.choice(record)));
			if (found.length >= MOST_OPTIONS) break;
		}
		return found;
	}

	/** Matches of the service's own search, or undefined where the token may not search. */
	private async search(text: string): Promise<Choice[] | undefined> {
		const { search } = this.kind;
		if (!search) return undefined;
		const query = Object.fromEntries(search.keys.map((key) => [key, text]));
		const reply = await this.service.send({
			method: 'POST',
			path: '/search',
			query: [['limit', String(MOST_MATCHES)]],
			body: { meta: { type: search.type, op: 'OR', query } },
			headers: {},
			repeatable: true,
		});
		return reply.ok
			? resourcesOf(reply.value.document).map((record) => this.choice(record))
			: undefined;
	}

	private async *pages(token?: string): AsyncGenerator<Page, void, void> {
		for await (const page of pages(this.service, get(this.path()), { from: token })) {
			if (!page.ok) throw this.failed(page.failure);
			yield page.value;
		}
	}

	private failed(fault: Fault): Error {
		const { secrets } = this.service.connection;
		const failure: Failure = worded(fault, { fields: [] }, secrets);
		return nodeError(this.context.getNode(), failure);
	}

	/** The list's path; for one that belongs to another record, below the one chosen in the panel. */
	private path(): string {
		const { listedAt, type } = this.kind;
		if (listedAt === undefined) return `/${type}`;
		return listedAt.replace(/\{(?!account\})(\w+)\}/g, (_, name: RecordName) => {
			const { label } = recordKind(name);
			const chosen = reference(label, name, this.context.getCurrentNodeParameter(name));
			if (chosen?.ok) return encodeURIComponent(chosen.value.value);
			const failure = { message: `Choose '${label}' first`, description: '' };
			throw nodeError(this.context.getNode(), failure);
		});
	}

	private choice({ id, attributes = {} }: ResourceObject): Choice {
		const shown = this.kind.title
			.map((name) => attributes[name])
			.filter((value) => typeof value === 'string' && value !== '') as string[];
		const [name = id, ...others] = shown;
		return { name: [name, ...others.map((other) => `(${other})`)].join(' '), value: id };
	}
}

function matches({ name, value }: Choice, wanted: string): boolean {
	return wanted === '' || name.toLowerCase().includes(wanted) || value === wanted;
}
