import { fail, ok, type Result } from '../../shared/failure';
import { recordKind } from '../table/records';
import type { Reference } from '../table/references';
import { isResource } from './document';
import { isRefusal, type Fault } from './fault';
import type { Reply } from './reply';
import { get, type ServiceRequest } from './request';

/** Finds the IDs of records that are known by an alias. Each is looked up once. */
export class RecordsByAlias {
	private readonly send: (request: ServiceRequest) => Promise<Reply>;
	private readonly ids = new Map<string, Promise<Result<string, Fault>>>();

	constructor(send: (request: ServiceRequest) => Promise<Reply>) {
		this.send = send;
	}

	async idOf(reference: Reference): Promise<Result<string, Fault>> {
		const { record, value, isId } = reference;
		if (isId) return ok(value);
		const key = `${record} ${value}`;
		const known = this.ids.get(key) ?? this.lookUp(reference);
		this.ids.set(key, known);
		return await known;
	}

	private async lookUp({ record, value }: Reference): Promise<Result<string, Fault>> {
		const { type, label, headers = {}, aliases = [] } = recordKind(record);
		const reply = await this.send(get(`/${type}/${encodeURIComponent(value)}`, [], { ...headers }));
		if (reply.ok) {
			const { document, status } = reply.value;
			return isResource(document.data)
				? ok(document.data.id)
				: fail({ kind: 'unreadable', status });
		}
		if (!isRefusal(reply.failure, 404)) return reply;
		const shown = aliases.some(({ secret }) => secret) ? ' with this key' : ` '${value}'`;
		return fail({
			kind: 'stopped',
			message: `${label}${shown} was not found`,
			description:
				"Check it, and that the credential's token may see the record. Nothing was changed.",
			code: 'NOT_FOUND',
			status: 404,
		});
	}
}
