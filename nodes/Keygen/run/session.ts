import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import { ok, type Result } from '../../shared/failure';
import { RelatedRecords } from './include-related';
import type { Row } from '../table/row';
import { KeygenService } from '../service/service';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** What a run needs to ask the service. */
export interface Online {
	service: KeygenService;
	/** Fetches related records: simplified, or as the service sends them. */
	related: { simplified: RelatedRecords; raw: RelatedRecords };
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
export async function goOnline(context: IExecuteFunctions): Promise<Result<Online>> {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const limits = {
		timeoutMs: bounded(options.timeoutSeconds, 1, 3600, 60) * 1000,
		maxBytes: MAX_ANSWER_BYTES,
	};
	const cancelled = context.getExecutionCancelSignal?.();
	const service = await KeygenService.fromContext(context, limits, cancelled);
	if (!service.ok) return service;
	const related = {
		simplified: new RelatedRecords(service.value, true),
		raw: new RelatedRecords(service.value, false),
	};
	return ok({ service: service.value, related });
}
