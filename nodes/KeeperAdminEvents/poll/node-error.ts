import { NodeApiError, NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import { ServiceFault } from '../reading/service-fault';
import { InvalidSettings } from '../settings';

/** What went wrong in a poll, as n8n shows it and as its scheduler decides when to poll again. */
export function toNodeError(
	context: IPollFunctions,
	error: unknown,
): NodeApiError | NodeOperationError {
	const node = context.getNode();
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ServiceFault) {
		const { message, description, cause, status, retryAfterMs } = error;
		return new NodeApiError(
			node,
			{},
			{
				message,
				description,
				httpCode: status === undefined ? undefined : String(status),
				failure: { cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
			},
		);
	}
	const { message } = error as Error;
	if (error instanceof InvalidSettings) {
		return new NodeOperationError(node, message, { description: error.description });
	}
	return new NodeOperationError(node, message);
}
