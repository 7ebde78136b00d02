import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import { HttpDoor } from '../../shared/http/http';
import { connect, type Connection } from '../service/connection';
import { RelatedRecords } from './include-related';
import type { Refusal } from '../input/inputs';
import type { Row } from '../table/row';
import { KeygenService } from '../service/service';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** What a run needs to ask the service. */
export interface Online {
	connection: Connection;
	service: KeygenService;
	/** By whether records are simplified. */
	related: Map<boolean, RelatedRecords>;
}

/** Whether a run can do without credential and network: a check against a key that was pasted. */
export function isOffline(context: IExecuteFunctions, row: Row): boolean {
	return (
		row.local !== undefined &&
		context.getNodeParameter('publicKeySource', 0, 'account') === 'pasted'
	);
}

/**
 * The service as the node's credential reaches it. Nothing is sent yet.
 *
 * @throws what n8n throws where the node has no credential
 */
export async function goOnline(context: IExecuteFunctions): Promise<Online | Refusal> {
	const connection = connect(await context.getCredentials('keygenApi'));
	if ('problem' in connection) {
		return {
			message: connection.problem,
			description: "Open the credential 'Keygen API' and correct it. Nothing was sent.",
		};
	}
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const limits = {
		timeoutMs: bounded(options.timeoutSeconds, 1, 3600, 60) * 1000,
		maxBytes: MAX_ANSWER_BYTES,
	};
	const door = new HttpDoor(
		context.helpers.httpRequest,
		limits,
		context.getExecutionCancelSignal?.(),
	);
	const service = new KeygenService(connection, door);
	const related = [true, false].map((simplify): [boolean, RelatedRecords] => [
		simplify,
		new RelatedRecords(service, simplify),
	]);
	return { connection, service, related: new Map(related) };
}
