import type { IExecuteFunctions } from 'n8n-workflow';

import { fail, ok, type Failure, type Result } from '../../shared/failure';
import { bareSecret } from '../../shared/http/bare-secret';
import { HttpDoor } from '../../shared/http/http';
import { keeperBaseUrl } from '../../shared/keeper/keeper-region';
import { commandOf } from '../command-line/template';
import { inputsReader, type Inputs } from '../input/inputs';
import { Commander } from '../service/commander';
import { connectionOf, type Connection } from '../service/connection';
import { LISTS } from '../table/lists';
import { linesOf, type Row } from '../table/row';
import { TABLE } from '../table/table';
import type { TokenUse } from './proof';

const DOOR = { timeoutMs: 60_000, maxBytes: 200_000_000 };

/** The state shared by all items of a run. */
export interface Run {
	row: Row;
	commander: Commander;
	door: HttpDoor;
	inputsOf: (itemIndex: number) => Result<Inputs>;
	tokenUse?: TokenUse;
	secrets: string[];
	/** Set once the service has rejected the key, because every further request would fail, too. */
	locked: boolean;
}

/** Reads what all items share: the operation, the credentials and the node's settings. */
export async function prepare(context: IExecuteFunctions): Promise<Result<Run>> {
	const row = chosenRow(context);
	if (!row.ok) return row;
	const { retryOnFail } = context.getNode();
	if (retryOnFail === true && context.continueOnFail() && !isRepeatable(row.value))
		return fail(RETRY_ON_FAIL);
	const connection = connectionOf(await context.getCredentials('keeperCommanderApi'));
	if (!connection.ok) return connection;
	const tokenUse = await adminCredential(context, row.value);
	if (!tokenUse.ok) return tokenUse;
	return ok(openRun(context, row.value, connection.value, tokenUse.value));
}

function chosenRow(context: IExecuteFunctions): Result<Row> {
	const resource = String(context.getNodeParameter('resource', 0));
	const operation = String(context.getNodeParameter('operation', 0));
	const row = TABLE[resource]?.operations[operation];
	return row
		? ok(row)
		: fail({
				message: `The node has no operation '${operation}' for '${resource}'`,
				description: 'Choose an operation from the list.',
			});
}

function openRun(
	context: IExecuteFunctions,
	row: Row,
	connection: Connection,
	tokenUse: TokenUse | undefined,
): Run {
	const cancelled = context.getExecutionCancelSignal?.();
	const door = new HttpDoor(context.helpers.httpRequest, DOOR, cancelled);
	return {
		row,
		commander: new Commander(connection, door, commandsOf(row), cancelled),
		door,
		inputsOf: inputsReader(context, context.getInputData(), row),
		tokenUse,
		secrets: [...connection.secrets, ...(tokenUse ? [tokenUse.token] : [])],
		locked: false,
	};
}

/** The commands that a row needs, including those that read back. */
export function commandsOf(row: Row): Set<string> {
	const lines = [...linesOf(row), ...('shows' in row ? [LISTS[row.shows.in].line] : [])];
	return new Set(lines.map(commandOf));
}

/** Whether running all items again is harmless, because completed changes are not sent again. */
function isRepeatable(row: Row): boolean {
	return !('does' in row) || row.does === 'finishRotation';
}

const RETRY_ON_FAIL: Failure = {
	message: "'Retry On Fail' cannot be used together with 'On Error: Continue' here",
	description:
		"It would run all items again, also those that were done. Turn it off in the node's settings. Nothing was sent.",
};

/** The events nodes' credential, if it is selected and the operation checks it. */
async function adminCredential(
	context: IExecuteFunctions,
	row: Row,
): Promise<Result<TokenUse | undefined>> {
	const isChosen = context.getNode().credentials?.keeperAdminApi !== undefined;
	if (!isChosen || !('does' in row) || row.does !== 'finishRotation') return ok(undefined);
	const { region, baseUrl, apiToken } = await context.getCredentials('keeperAdminApi');
	const address = keeperBaseUrl(String(region), baseUrl);
	if (!address.ok)
		return fail({
			message: address.failure,
			description: "Correct the credential 'Keeper Admin API'. Nothing was sent.",
		});
	return ok({ baseUrl: address.value, token: bareSecret(apiToken) });
}
