import {
	NodeApiError,
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type INode,
	type ITriggerFunctions,
	type JsonObject,
} from 'n8n-workflow';

import { HttpDoor } from '../../shared/http/http';
import { connect } from '../service/connection';
import { faultView } from '../messages/fault-words';
import type { Fault } from '../service/fault';
import { text, type Unplaced } from '../table/fields';
import { redact } from '../../shared/redaction';
import type { Field } from '../table/field';
import { KeygenService } from '../service/service';

/** What hooks and triggers have in common. */
export interface ServiceContext {
	getNode(): INode;
	getCredentials(type: string): Promise<ICredentialDataDecryptedObject>;
	helpers: Pick<ITriggerFunctions['helpers'], 'httpRequest'>;
}

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
	const connection = connect(await context.getCredentials('keygenApi'));
	if ('problem' in connection) {
		throw stopped(context.getNode(), {
			message: connection.problem,
			description: "Open the credential 'Keygen API' and correct it.",
		});
	}
	return new KeygenService(
		connection,
		new HttpDoor(context.helpers.httpRequest, LIMITS, cancelled),
	);
}

const at = (place: string, label: string): Field => ({
	...(text(label) as Unplaced),
	at: place,
});

/** Names of the trigger's parameters, for messages of the service that point at one. */
const FIELDS: Field[] = [
	at('attributes.url', 'Webhook URL'),
	at('attributes.subscriptions', 'Events'),
	at('attributes.signatureAlgorithm', 'Signature Algorithm'),
	at('attributes.apiVersion', 'API Version'),
	at('relationships.product', 'Product ID'),
];

/** An error that says what the service said, without secrets. n8n shows only its message when publishing. */
export function failed(node: INode, service: KeygenService, fault: Fault, doing: string): Error {
	// n8n puts words of its own in place of a message that holds a code such as ECONNREFUSED.
	const uncoded = fault.kind === 'unanswered' ? { ...fault, code: undefined } : fault;
	const view = faultView(uncoded, { fields: FIELDS, repeatable: true });
	const { secrets } = service.connection;
	const message = redact(view.message, secrets);
	const description = redact(view.description, secrets);
	return new NodeApiError(node, {} as JsonObject, {
		message: `${doing}: ${message}. ${description}`,
		description,
		httpCode: String(view.facts.httpStatus ?? ''),
	});
}

/** An error about what the user has entered. */
export function stopped(
	node: INode,
	{ message, description }: { message: string; description: string },
): Error {
	return new NodeOperationError(node, `${message}. ${description}`, {
		description,
	});
}
