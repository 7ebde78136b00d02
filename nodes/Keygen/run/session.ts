import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import { ok, type Result } from '../../shared/failure';
import { RelatedRecords } from './include-related';
import { KeyRing } from './key-ring';
import type { Row } from '../table/row';
import { connect, type Connection } from '../service/connection';
import { KeygenService } from '../service/service';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** What a run needs to ask the service. */
export interface Online {
	service: KeygenService;
	/** Fetches related records: simplified, or as the service sends them. */
	related: { simplified: RelatedRecords; raw: RelatedRecords };
	keys: KeyRing;
	/** Set once the service did not accept the credential: nothing further would go through. */
	locked: boolean;
}

/** Whether a run can do without credential and network: a check against a key that was pasted. */
export function isOffline(context: IExecuteFunctions, row: Row): boolean {
	return (
		row.local !== undefined &&
		context.getNodeParameter('publicKeySource', 0, 'account') === 'pasted'
	);
}

/**
 * The service as an item reaches it: the fields of a credential may be expressions, so that each item
 * may have another account. Nothing is sent yet.
 */
export class Sessions {
	private readonly context: IExecuteFunctions;
	private readonly byConnection = new Map<string, Online>();

	constructor(context: IExecuteFunctions) {
		this.context = context;
	}

	/**
	 * @returns one session for all items of the same connection, or what is wrong with the credential
	 * @throws what n8n throws where the node has no credential
	 */
	async of(itemIndex: number): Promise<Result<Online>> {
		const connection = connect(await this.context.getCredentials('keygenApi', itemIndex));
		if (!connection.ok) return connection;
		const key = JSON.stringify(connection.value);
		const known = this.byConnection.get(key) ?? this.open(connection.value);
		this.byConnection.set(key, known);
		return ok(known);
	}

	private open(connection: Connection): Online {
		const { context } = this;
		const options = context.getNodeParameter('options', 0, {}) as IDataObject;
		const limits = {
			timeoutMs: bounded(options.timeoutSeconds, 1, 3600, 60) * 1000,
			maxBytes: MAX_ANSWER_BYTES,
		};
		const cancelled = context.getExecutionCancelSignal?.();
		const service = KeygenService.of(connection, context, limits, cancelled);
		return {
			service,
			keys: new KeyRing(service),
			related: {
				simplified: new RelatedRecords(service, true),
				raw: new RelatedRecords(service, false),
			},
			locked: false,
		};
	}
}
