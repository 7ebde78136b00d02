import {
	sleep,
	type ICredentialDataDecryptedObject,
	type INode,
	type ITriggerFunctions,
} from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import {
	HttpDoor,
	type HttpAnswer,
	type HttpLimits,
	type HttpResult,
} from '../../shared/http/http';
import { Account } from './account';
import { connect, type Connection } from './connection';
import { hasCode, isRefusal, mayHaveArrived, type Fault } from './fault';
import { RecordsByAlias } from './records-by-alias';
import { readReply, type Reply } from './reply';
import { get, queryString, type ServiceRequest } from './request';

const MAX_TRIES_ON_CONFLICT = 5;

/** Servers that refused a cursor: until n8n starts again none of them is asked for one twice. */
const WITHOUT_CURSORS = new Set<string>();

/** What all contexts of n8n have in common: of runs, hooks, triggers and panels. */
export interface ServiceContext {
	getNode(): INode;
	getCredentials(type: string, itemIndex?: number): Promise<ICredentialDataDecryptedObject>;
	helpers: Pick<ITriggerFunctions['helpers'], 'httpRequest'>;
}

/** The service as one run of a node sees it. */
export class KeygenService {
	readonly connection: Connection;
	readonly account: Account;
	readonly records: RecordsByAlias;
	private readonly door: HttpDoor;
	/** Whether the token may choose the ID of what it creates. */
	mayChooseIds = true;

	constructor(connection: Connection, door: HttpDoor) {
		const send = async (request: ServiceRequest) => await this.send(request);
		this.connection = connection;
		this.door = door;
		this.account = new Account(connection, send);
		this.records = new RecordsByAlias(this);
	}

	/**
	 * The service as the context's credential reaches it. Nothing is sent yet.
	 *
	 * @returns the service, or what is wrong with the credential
	 * @throws what n8n throws where there is no credential
	 */
	static async fromContext(
		context: ServiceContext,
		limits: HttpLimits,
		cancelled?: AbortSignal,
	): Promise<Result<KeygenService>> {
		const connection = connect(await context.getCredentials('keygenApi'));
		if (!connection.ok) return connection;
		return ok(KeygenService.of(connection.value, context, limits, cancelled));
	}

	static of(
		connection: Connection,
		{ helpers }: ServiceContext,
		limits: HttpLimits,
		cancelled?: AbortSignal,
	): KeygenService {
		return new KeygenService(connection, new HttpDoor(helpers.httpRequest, limits, cancelled));
	}

	/** Whether the server lists by cursor, once that is known. */
	get hasCursors(): boolean | undefined {
		return WITHOUT_CURSORS.has(this.connection.serverUrl) ? false : undefined;
	}

	set hasCursors(has: boolean | undefined) {
		if (has === false) WITHOUT_CURSORS.add(this.connection.serverUrl);
	}

	/** Sends a request. Nothing is thrown. */
	async send(request: ServiceRequest, options: { again409?: boolean } = {}): Promise<Reply> {
		const url = await this.urlOf(request);
		if (!url.ok) return url;
		for (let left = options.again409 ? MAX_TRIES_ON_CONFLICT : 1; ; left -= 1) {
			const reply = await this.read(request, url.value, await this.sendOnce(request, url.value));
			if (left === 1 || reply.ok || !isRefusal(reply.failure, 409)) return reply;
			await sleep(100 * (MAX_TRIES_ON_CONFLICT - left + 1));
		}
	}

	/** Sends or fetches the content of an artifact at the storage. No credential goes there. */
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

	private async sendOnce(request: ServiceRequest, url: string): Promise<HttpResult> {
		const { headers, skipTlsVerify } = this.connection;
		const body = request.body === undefined ? undefined : JSON.stringify(request.body);
		return await this.door.request({
			method: request.method,
			url,
			headers: {
				...headers,
				...(request.login ? { Authorization: basic(request.login) } : {}),
				...(body === undefined ? {} : { 'Content-Type': 'application/vnd.api+json' }),
				...request.headers,
			},
			body,
			repeatable: request.repeatable,
			skipTlsVerify,
		});
	}

	private async urlOf({ path, query }: ServiceRequest): Promise<Result<string, Fault>> {
		const { accountUrl, serverUrl } = this.connection;
		if (!path.startsWith('/v1/')) return ok(accountUrl + path + queryString(query));
		if (!path.includes('{account}')) return ok(serverUrl + path + queryString(query));
		const account = await this.account.id();
		if (account === undefined)
			return fail({
				kind: 'stopped',
				message: 'The account of the credential cannot be determined',
				description:
					"Check that the token of the credential 'Keygen API' is valid, or enter the account there.",
			});
		const named = path.replace('{account}', encodeURIComponent(account));
		return ok(serverUrl + named + queryString(query));
	}

	private async read(request: ServiceRequest, url: string, result: HttpResult): Promise<Reply> {
		const reply = readReply(request.method, url, result);
		if (reply.ok) return reply;
		if (!request.repeatable && mayHaveArrived(reply.failure)) reply.failure.outcome = 'unknown';
		if (result.kind === 'failure' || !result.mayBeSecond) return reply;
		return (await this.doneBefore(request, url, result, reply.failure)) ?? reply;
	}

	/** On a retry, 404 or ID_CONFLICT can mean that the first attempt succeeded. */
	private async doneBefore(
		{ method, path, body }: ServiceRequest,
		url: string,
		{ status }: HttpAnswer,
		fault: Fault,
	): Promise<Reply | undefined> {
		if (method === 'DELETE' && status === 404) {
			const nothing = { document: {}, headers: {}, body: Buffer.alloc(0) };
			return ok({ status: 204, ...nothing, method, url });
		}
		const id = (body?.data as { id?: string } | undefined)?.id;
		if (method !== 'POST' || id === undefined || !hasCode(fault, 'ID_CONFLICT')) return undefined;
		const reply = await this.send(get(`${path}/${encodeURIComponent(id)}`));
		return reply.ok ? reply : undefined;
	}
}

function basic({ email, password }: { email: string; password: string }): string {
	return `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
}
