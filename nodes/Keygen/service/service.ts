import { sleep } from 'n8n-workflow';

import type { HttpDoor, HttpLimits, HttpResult } from '../../shared/http/http';
import { jsonObject } from '../../shared/json';
import { accountKeysOf, NO_KEYS, NO_KEYS_AT_CUSTOM_DOMAIN, type AccountKeys } from './account-keys';
import type { Connection } from './connection';
import { isResource, type ResourceObject, type ServiceDocument } from './document';
import type { Fault, ServiceError } from './fault';
import { recordKind } from '../table/records';
import type { Reference } from '../table/references';
import { queryString, type ServiceRequest } from './request';

/** What the service answered, or why it did not do what it was asked to. */
export type Reply = Done | { ok: false; fault: Fault };

export interface Done {
	ok: true;
	status: number;
	document: ServiceDocument;
	headers: Record<string, string>;
	/** As received, for answers that are no documents, and for signatures. */
	body: Buffer;
	/** Of the request. */
	method: string;
	url: string;
}

const MAX_TRIES_ON_CONFLICT = 5;

/** The service as one run of a node sees it. What was looked up once is not looked up again. */
export class KeygenService {
	readonly connection: Connection;
	private readonly door: HttpDoor;
	private readonly ids = new Map<string, Promise<{ id: string } | { fault: Fault }>>();
	private account?: Promise<string | undefined>;
	private keys?: Promise<AccountKeys | { fault: Fault }>;
	/** Whether the server lists by cursor, once that is known. */
	hasCursors?: boolean;
	/** Whether the token may choose the ID of what it creates. */
	mayChooseIds = true;

	constructor(connection: Connection, door: HttpDoor) {
		this.connection = connection;
		this.door = door;
	}

	/** Sends a request. Nothing is thrown. */
	async send(request: ServiceRequest, options: { again409?: boolean } = {}): Promise<Reply> {
		const url = await this.urlOf(request);
		if (typeof url !== 'string') return { ok: false, fault: url };
		const { connection } = this;
		const body = request.body === undefined ? undefined : JSON.stringify(request.body);
		const headers = {
			...connection.headers,
			...(request.login ? { Authorization: basic(request.login) } : {}),
			...(body === undefined ? {} : { 'Content-Type': 'application/vnd.api+json' }),
			...request.headers,
		};
		for (let left = options.again409 ? MAX_TRIES_ON_CONFLICT : 1; ; left -= 1) {
			const result = await this.door.request({
				method: request.method,
				url,
				headers,
				body,
				repeatable: request.repeatable,
				skipTlsVerify: connection.skipTlsVerify,
			});
			if (left === 1 || result.kind === 'failure' || result.status !== 409)
				return await this.read(request, url, result);
			await sleep(100 * (MAX_TRIES_ON_CONFLICT - left + 1));
		}
	}

	/**
	 * The ID of a record that is known by an alias.
	 *
	 * @returns the ID, or why it is not known
	 */
	async idOf(reference: Reference): Promise<{ id: string } | { fault: Fault }> {
		const { record, value, isId } = reference;
		if (isId) return { id: value };
		const key = `${record} ${value}`;
		const known = this.ids.get(key) ?? this.lookUp(reference);
		this.ids.set(key, known);
		return await known;
	}

	/** ID or slug of the account; asked of the service where the credential does not name it. */
	async accountId(): Promise<string | undefined> {
		this.account ??= this.findAccount();
		return await this.account;
	}

	/** The account's ID, slug and public keys, or why they are not known; asked of the service once. */
	async accountKeys(): Promise<AccountKeys | { fault: Fault }> {
		this.keys ??= this.fetchKeys();
		return await this.keys;
	}

	/** Sends or fetches the content of an artifact, where the service said it is stored. No credential goes there. */
	async transfer(
		method: 'GET' | 'PUT',
		url: string,
		limits: Partial<HttpLimits>,
		content?: { body: Buffer; type: string },
	): Promise<HttpResult> {
		return await this.door.request({
			method,
			url,
			headers: content ? { 'Content-Type': content.type } : {},
			body: content?.body,
			repeatable: true,
			limits,
			skipTlsVerify: this.connection.skipTlsVerify,
		});
	}

	private async urlOf({ path, query }: ServiceRequest): Promise<string | Fault> {
		const { accountUrl, serverUrl } = this.connection;
		if (!path.startsWith('/v1/')) return accountUrl + path + queryString(query);
		if (!path.includes('{account}')) return serverUrl + path + queryString(query);
		const account = await this.accountId();
		if (account === undefined) {
			return {
				kind: 'stopped',
				message: 'The account of the credential cannot be found out',
				description:
					"Check that the token of the credential 'Keygen API' is valid, or enter the account there.",
			};
		}
		return serverUrl + path.replace('{account}', encodeURIComponent(account)) + queryString(query);
	}

	private async read(request: ServiceRequest, url: string, result: HttpResult): Promise<Reply> {
		if (result.kind === 'failure') {
			const { received, cause, code } = result;
			return { ok: false, fault: { kind: 'unanswered', received, cause, code } };
		}
		const { status, headers, body } = result;
		const document: ServiceDocument | undefined = jsonObject(body);
		const isRedirect = status >= 300 && status < 400;
		if (status < 300 || (isRedirect && document?.data !== undefined)) {
			// Only files and empty answers are no documents.
			const isText = document === undefined && body.length > 0;
			if (isText && !/octet-stream/.test(headers['content-type'] ?? ''))
				return { ok: false, fault: { kind: 'unreadable', status } };
			return {
				ok: true,
				status,
				document: document ?? {},
				headers,
				body,
				method: request.method,
				url,
			};
		}
		if (result.mayBeSecond) {
			const done = await this.doneBefore(request, url, status, document);
			if (done) return done;
		}
		if (isRedirect)
			return {
				ok: false,
				fault: { kind: 'unreadable', status, redirectedTo: hostOf(headers.location) },
			};
		const errors = errorsOf(document);
		if (errors === undefined) return { ok: false, fault: { kind: 'unreadable', status } };
		const requestId = document?.meta?.id ?? headers['x-request-id'];
		return {
			ok: false,
			fault: {
				kind: 'refused',
				status,
				errors,
				...(typeof requestId === 'string' ? { requestId } : {}),
			},
		};
	}

	/** A no to a request that was sent before may mean that it was carried out then. */
	private async doneBefore(
		request: ServiceRequest,
		url: string,
		status: number,
		document?: ServiceDocument,
	): Promise<Done | undefined> {
		const { method } = request;
		if (method === 'DELETE' && status === 404)
			return {
				ok: true,
				status: 204,
				document: {},
				headers: {},
				body: Buffer.alloc(0),
				method,
				url,
			};
		const id = (request.body?.data as { id?: string } | undefined)?.id;
		const conflicts = errorsOf(document)?.some(({ code }) => code === 'ID_CONFLICT');
		if (method !== 'POST' || id === undefined || !conflicts) return undefined;
		const reply = await this.send({
			method: 'GET',
			path: `${request.path}/${encodeURIComponent(id)}`,
			query: [],
			headers: {},
			repeatable: true,
		});
		return reply.ok ? reply : undefined;
	}

	private async lookUp({ record, value }: Reference): Promise<{ id: string } | { fault: Fault }> {
		const { type, label, headers = {}, aliases = [] } = recordKind(record);
		const path = `/${type}/${encodeURIComponent(value)}`;
		const reply = await this.send({
			method: 'GET',
			path,
			query: [],
			headers: { ...headers },
			repeatable: true,
		});
		if (reply.ok) {
			const { data } = reply.document;
			return isResource(data)
				? { id: data.id }
				: { fault: { kind: 'unreadable', status: reply.status } };
		}
		const { fault } = reply;
		if (fault.kind !== 'refused' || fault.status !== 404) return { fault };
		const shown = aliases.some(({ secret }) => secret) ? ' with this key' : ` '${value}'`;
		return {
			fault: {
				kind: 'stopped',
				message: `${label}${shown} was not found`,
				description:
					"Check it, and that the credential's token may see the record. Nothing was changed.",
				code: 'NOT_FOUND',
				status: 404,
			},
		};
	}

	private async fetchKeys(): Promise<AccountKeys | { fault: Fault }> {
		if (this.connection.isCustomDomain) return { fault: NO_KEYS_AT_CUSTOM_DOMAIN };
		const reply = await this.send({
			method: 'GET',
			path: '/v1/accounts/{account}',
			query: [],
			headers: {},
			repeatable: true,
		});
		return reply.ok ? (accountKeysOf(reply.document) ?? { fault: NO_KEYS }) : reply;
	}

	private async findAccount(): Promise<string | undefined> {
		if (this.connection.account !== undefined) return this.connection.account;
		const reply = await this.send({
			method: 'GET',
			path: '/me',
			query: [],
			headers: {},
			repeatable: true,
		});
		const data = reply.ok ? (reply.document.data as ResourceObject | undefined) : undefined;
		const account = data?.relationships?.account?.data;
		return account && !Array.isArray(account) ? account.id : undefined;
	}
}

/** The entries of an error document, in the shape that the code relies on. */
function errorsOf(document?: ServiceDocument): ServiceError[] | undefined {
	if (!Array.isArray(document?.errors)) return undefined;
	const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
	return document.errors.slice(0, 20).map((entry: ServiceError | null) => ({
		title: text(entry?.title),
		detail: text(entry?.detail),
		code: text(entry?.code),
		source: { pointer: text(entry?.source?.pointer), parameter: text(entry?.source?.parameter) },
	}));
}

function basic({ email, password }: { email: string; password: string }): string {
	return `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
}

function hostOf(location: string | undefined): string {
	return location !== undefined && URL.canParse(location)
		? new URL(location).host
		: 'another address';
}
