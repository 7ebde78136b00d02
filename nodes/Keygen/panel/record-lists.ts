import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { NodeOperationError } from 'n8n-workflow';

import { HttpDoor } from '../../shared/http/http';
import { connect } from '../service/connection';
import { resourcesOf, type ResourceObject } from '../service/document';
import { EVENT_NAMES } from '../service/event-names';
import { faultView } from '../messages/fault-words';
import { redact } from '../../shared/redaction';
import { RECORDS, recordKind, type RecordKind, type RecordName } from '../table/records';
import { reference } from '../table/references';
import type { ServiceRequest } from '../service/request';
import { KeygenService, type Reply } from '../service/service';

const PAGE_SIZE = 100;
/** Pages looked through for a filter that the service cannot search by, before a result is shown. */
const PAGES_A_LOOK = 10;
/** The most choices that a list without search shows. */
const MOST_OPTIONS = 1000;
/** Shorter texts are refused by the service's search. */
const SHORTEST_SEARCH = 3;

type Context = ILoadOptionsFunctions;
type Choice = { name: string; value: string; description?: string };
type Search = (
	this: Context,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;
type Load = (this: Context) => Promise<INodePropertyOptions[]>;

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
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
		return ['*', ...EVENT_NAMES].map((name) => ({
			name: name === '*' ? 'All Events' : name,
			value: name,
		}));
	},
};

async function serviceOf(context: Context): Promise<KeygenService> {
	const connection = connect(await context.getCredentials('keygenApi'));
	if ('problem' in connection) throw new NodeOperationError(context.getNode(), connection.problem);
	const limits = { timeoutMs: 30_000, maxBytes: 16 * 1024 * 1024 };
	return new KeygenService(connection, new HttpDoor(context.helpers.httpRequest, limits));
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
		const results: Choice[] = [];
		let next = token;
		for (let looked = 0; looked < PAGES_A_LOOK; looked += 1) {
			const page = await this.list(next);
			results.push(
				...page.records
					.map((record) => this.choice(record))
					.filter((choice) => matches(choice, wanted)),
			);
			next = page.next;
			if (next === undefined || results.length > 0) break;
		}
		return { results, ...(next === undefined ? {} : { paginationToken: next }) };
	}

	async all(): Promise<Choice[]> {
		const found: Choice[] = [];
		for (let next: string | undefined; ; ) {
			const page = await this.list(next);
			found.push(...page.records.map((record) => this.choice(record)));
			next = page.next;
			if (next === undefined || found.length >= MOST_OPTIONS) return found;
		}
	}

	/** Matches of the service's own search, or undefined where the token may not search. */
	private async search(text: string): Promise<Choice[] | undefined> {
		const { search } = this.kind;
		if (!search) return undefined;
		const query = Object.fromEntries(search.keys.map((key) => [key, text]));
		const reply = await this.service.send({
			method: 'POST',
			path: '/search',
			query: [['limit', String(PAGE_SIZE)]],
			body: { meta: { type: search.type, op: 'OR', query } },
			headers: {},
			repeatable: true,
		});
		return reply.ok ? resourcesOf(reply.document).map((record) => this.choice(record)) : undefined;
	}

	private async list(token?: string): Promise<{ records: ResourceObject[]; next?: string }> {
		const path = this.path();
		const byNumber = token !== undefined && /^\d{1,3}$/.test(token);
		const reply = await this.send(
			path,
			byNumber ? ['page[number]', token] : ['page[cursor]', token ?? ''],
		);
		if (!reply.ok) {
			// Servers before 1.7.0 know no cursors.
			const { fault } = reply;
			const old = token === undefined && fault.kind === 'refused' && fault.status === 400;
			if (old) return await this.list('1');
			const { message, description } = faultView(fault, { fields: [], repeatable: true });
			throw new NodeOperationError(
				this.context.getNode(),
				redact(message, this.service.connection.secrets),
				{ description },
			);
		}
		const records = resourcesOf(reply.document);
		const { links } = reply.document;
		const more =
			records.length > 0 &&
			(links && 'next' in links ? links.next !== null : records.length === PAGE_SIZE);
		if (!more) return { records };
		return { records, next: byNumber ? String(Number(token) + 1) : records[records.length - 1].id };
	}

	private async send(path: string, page: [string, string]): Promise<Reply> {
		const request: ServiceRequest = {
			method: 'GET',
			path,
			query: [page, ['page[size]', String(PAGE_SIZE)]],
			headers: {},
			repeatable: true,
		};
		return await this.service.send(request);
	}

	/** Where the list is; for one that hangs on another record, below the one chosen in the panel. */
	private path(): string {
		const { listedAt, type } = this.kind;
		if (listedAt === undefined) return `/${type}`;
		return listedAt.replace(/\{(\w+)\}/g, (_, name: RecordName) => {
			const { label } = recordKind(name);
			const chosen = reference(label, name, this.context.getCurrentNodeParameter(name));
			if (chosen && 'value' in chosen) return encodeURIComponent(chosen.value);
			throw new NodeOperationError(this.context.getNode(), `Choose '${label}' first`);
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
