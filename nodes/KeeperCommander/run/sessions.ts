import type { IExecuteFunctions } from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import { bareSecret } from '../../shared/http/bare-secret';
import { HttpDoor } from '../../shared/http/http';
import { keeperBaseUrl } from '../../shared/keeper/keeper-region';
import { commandOf } from '../command-line/template';
import { Commander } from '../service/commander';
import { connectionOf, type Connection } from '../service/connection';
import { LISTS } from '../table/lists';
import { linesOf, type Row } from '../table/row';
import type { TokenUse } from './proof';

const DOOR = { timeoutMs: 60_000, maxBytes: 200_000_000 };

/** The service as an item's credentials reach it. */
export interface Session {
	commander: Commander;
	door: HttpDoor;
	tokenUse?: TokenUse;
	secrets: string[];
	/** Set once the service has rejected the key, because every further request would fail, too. */
	locked: boolean;
}

/**
 * The sessions of a run. The fields of a credential may be expressions, so each item may have another
 * service; items with the same credentials share one session.
 */
export class Sessions {
	private readonly context: IExecuteFunctions;
	private readonly row: Row;
	private readonly door: HttpDoor;
	private readonly known = new Map<string, Session>();

	constructor(context: IExecuteFunctions, row: Row) {
		this.context = context;
		this.row = row;
		const { httpRequest } = context.helpers;
		this.door = new HttpDoor(httpRequest, DOOR, context.getExecutionCancelSignal?.());
	}

	/** @throws what n8n throws where the node has no credential */
	async of(itemIndex: number): Promise<Result<Session>> {
		const { context, row } = this;
		const credential = await context.getCredentials('keeperCommanderApi', itemIndex);
		const connection = connectionOf(credential);
		if (!connection.ok) return connection;
		const tokenUse = await adminCredential(context, row, itemIndex);
		if (!tokenUse.ok) return tokenUse;
		const key = JSON.stringify([connection.value, tokenUse.value]);
		const session = this.known.get(key) ?? this.open(connection.value, tokenUse.value);
		this.known.set(key, session);
		return ok(session);
	}

	private open(connection: Connection, tokenUse: TokenUse | undefined): Session {
		const cancelled = this.context.getExecutionCancelSignal?.();
		return {
			commander: new Commander(connection, this.door, commandsOf(this.row), cancelled),
			door: this.door,
			tokenUse,
			secrets: [...connection.secrets, ...(tokenUse ? [tokenUse.token] : [])],
			locked: false,
		};
	}
}

/** The commands that a row needs, including those that read back. */
export function commandsOf(row: Row): Set<string> {
	const lines = [...linesOf(row), ...('shows' in row ? [LISTS[row.shows.in].line] : [])];
	return new Set(lines.map(commandOf));
}

/** The events nodes' credential, if it is selected and the operation checks it. */
async function adminCredential(
	context: IExecuteFunctions,
	row: Row,
	itemIndex: number,
): Promise<Result<TokenUse | undefined>> {
	const isChosen = context.getNode().credentials?.keeperAdminApi !== undefined;
	if (!isChosen || !('does' in row) || row.does !== 'finishRotation') return ok(undefined);
	const { region, baseUrl, apiToken } = await context.getCredentials('keeperAdminApi', itemIndex);
	const address = keeperBaseUrl(String(region), baseUrl);
	if (!address.ok)
		return fail({
			message: address.failure,
			description: "Correct the credential 'Keeper Admin API'. Nothing was sent.",
		});
	return ok({ baseUrl: address.value, token: bareSecret(apiToken) });
}
