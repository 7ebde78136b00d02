import type { INode } from 'n8n-workflow';

import { Failed, type Failure } from '../../shared/failure';
import { inOneMessage, nodeError, type NodeError } from '../../shared/node-error';
import { worded } from '../messages/fault-words';
import type { Fault } from '../service/fault';
import { KeygenService, type ServiceContext } from '../service/service';
import type { Field } from '../table/field';
import { text, type Unplaced } from '../table/fields';

const LIMITS = { timeoutMs: 30_000, maxBytes: 16 * 1024 * 1024 };

/**
 * The service as the credential reaches it.
 *
 * @throws NodeOperationError where the credential is incomplete
 */
export async function serviceOf(
	context: ServiceContext,
	cancelled?: AbortSignal,
): Promise<KeygenService> {
	const service = await KeygenService.fromContext(context, LIMITS, cancelled);
	if (!service.ok) throw stopped(context.getNode(), service.failure);
	return service.value;
}

const at = (place: string, label: string): Field => ({
	...(text(label) as Unplaced),
	at: place,
});

/** Names of the trigger's parameters, for messages of the service that point at one. */
const FIELDS: Field[] = [
	at('attributes.url', 'Webhook URL'),
	at('attributes.subscriptions', 'Trigger On'),
	at('attributes.signatureAlgorithm', 'Signature Algorithm'),
	at('attributes.apiVersion', 'API Version'),
	at('relationships.product', 'Product'),
];

/** What the service said, without secrets. */
function serviceFailure(service: KeygenService, fault: Fault): Failure {
	// n8n replaces a message that contains a code such as ECONNREFUSED.
	const uncoded = fault.kind === 'unanswered' ? { ...fault, code: undefined } : fault;
	const context = { fields: FIELDS, repeatable: true };
	return worded(uncoded, context, service.connection.secrets);
}

/** An error for a hook that says what the service said. */
export function failed(
	node: INode,
	service: KeygenService,
	fault: Fault,
	doing: string,
): NodeError {
	return nodeError(node, inOneMessage(serviceFailure(service, fault), doing));
}

/** The same for a watch in the background, whose failures are logged. */
export function failedWatch(service: KeygenService, fault: Fault, doing: string): Failed {
	return new Failed(inOneMessage(serviceFailure(service, fault), doing));
}

/** An error about what the user entered. */
export function stopped(node: INode, failure: Failure): NodeError {
	return nodeError(node, inOneMessage(failure));
}
