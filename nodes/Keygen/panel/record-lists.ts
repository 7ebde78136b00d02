import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Failure } from '../../shared/failure';
import { nodeError } from '../../shared/node-error';
import { capital } from '../../shared/words';
import { isResource, type ResourceObject } from '../service/document';
import { choiceOf, Explanations, type Choice } from './choices';
import { eventOptions } from '../service/event-names';
import { isRefusal, type Fault } from '../service/fault';
import { pages, type Page } from '../service/pages';
import { get, type ServiceRequest } from '../service/request';
import { worded } from '../messages/fault-words';
import { RECORDS, recordKind, type RecordKind, type RecordName } from '../table/records';
import { reference } from '../table/references';
import { KeygenService } from '../service/service';

/** Pages looked through for a filter that the service cannot search by, before a result is shown. */
const PAGES_A_LOOK = 10;
/** The most choices that a list without search shows. */
const MOST_OPTIONS = 1000;
/** Shorter texts are refused by the service's search. */
const SHORTEST_SEARCH = 3;
const LIMITS = { timeoutMs: 30_000, maxBytes: 16 * 1024 * 1024 };

type Context = ILoadOptionsFunctions;
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
	private readonly related: Explanations;

	constructor(context: Context, name: RecordName, service: KeygenService) {
		this.context = context;
		this.kind = recordKind(name);
		this.service = service;
		this.related = new Explanations(service, this.kind);
	}

	/**
	 * A page of the list. The service's own search comes first; what it cannot search by is looked for
	 * page by page.
	 *
	 * @param token where the page before ended: a cursor, or the number of the page on older servers
	 */
	async page(filter: string, token = ''): Promise<INodeListSearchResult> {
		const wanted = filter.trim().toLowerCase();
		const isSearch = token.startsWith(SEARCH);
		if (isSearch || (wanted.length >= SHORTEST_SEARCH && token === '')) {
			const found = await this.search(filter.trim(), token.slice(SEARCH.length));
			if (isSearch) return found ?? { results: [] };
			if (found && found.results.length > 0) return found;
		}
		let looked = 0;
		for await (const { records, next } of this.pages(token)) {
			const results = await this.choices(records, wanted);
			looked += 1;
			if (next === undefined) return { results };
			if (results.length > 0 || looked >= PAGES_A_LOOK) return { results, paginationToken: next };
		}
		return { results: [] };
	}

	async all(): Promise<Choice[]> {
		const found: Choice[] = [];
		for await (const { records } of this.pages()) {
			found.push(...(await this.choices(records)));
			if (found.length >= MOST_OPTIONS) break;
		}
		return found;
	}

	/** A page of the service's own search, or undefined where the token may not search. */
	private async search(text: string, from: string): Promise<INodeListSearchResult | undefined> {
		const { search } = this.kind;
		if (!search) return undefined;
		const query = Object.fromEntries(search.keys.map((key) => [key, text]));
		const request: ServiceRequest = {
			method: 'POST',
			path: '/search',
			query: [],
			body: { meta: { type: search.type, op: 'OR', query } },
			headers: {},
			repeatable: true,
		};
		for await (const page of pages(this.service, request, { from })) {
			if (!page.ok) return undefined;
			const { records, next } = page.value;
			return {
				results: await this.choices(records),
				...(next === undefined ? {} : { paginationToken: SEARCH + next }),
			};
		}
		return undefined;
	}

	private async *pages(token?: string): AsyncGenerator<Page, void, void> {
		const request = get(this.path(), [...(this.kind.listQuery ?? [])]);
		for await (const page of pages(this.service, request, { from: token })) {
			if (page.ok) {
				yield page.value;
				continue;
			}
			const own = isRefusal(page.failure, 403) ? await this.bearer() : undefined;
			if (own === undefined) throw this.failed(page.failure);
			yield { records: [own] };
		}
	}

	/** Whom the token stands for, where that is such a record: it may not list others. */
	private async bearer(): Promise<ResourceObject | undefined> {
		const reply = await this.service.send(get('/me'));
		const data = reply.ok ? reply.value.document.data : undefined;
		return isResource(data) && data.type === this.kind.type ? data : undefined;
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

	/** What is shown for records, of those that match a text. */
	private async choices(records: ResourceObject[], wanted = ''): Promise<Choice[]> {
		const explained = await this.related.of(records);
		return records.flatMap((record, index) => {
			const choice = choiceOf(record, this.kind, explained[index]);
			return matches(choice, record, this.kind, wanted) ? [choice] : [];
		});
	}
}

/** Cursors of the service's search, among those of the list. */
const SEARCH = 'search:';

function matches(
	{ name, value }: Choice,
	{ attributes = {} }: ResourceObject,
	{ hidden = '' }: RecordKind,
	wanted: string,
): boolean {
	const texts = [name, attributes[hidden]];
	return (
		wanted === '' ||
		value === wanted ||
		texts.some((text) => typeof text === 'string' && text.toLowerCase().includes(wanted))
	);
}
