import { ok } from '../../shared/failure';
import { runCompound } from './compound';
import { valueIn } from '../input/inputs';
import {
	listOutcome,
	outcomeOf,
	prepareRequest,
	sendRow,
	type Operation,
	type Outcome,
} from './operation';
import type { ServiceRequest } from '../service/request';
import { signedExchange } from './response-check';

/**
 * Runs an operation as its row says.
 *
 * @returns what goes out, or why nothing does; throws only what the file access throws
 */
export async function runOperation(operation: Operation): Promise<Outcome> {
	const request = await prepareRequest(operation);
	if (!request.ok) return request;
	const { row } = operation.place;
	if (row.compound) return await runCompound(row.compound, operation, request.value);
	if (row.answer === 'list') return await listOutcome(operation, request.value);
	if (valueIn(operation.inputs, 'verifyResponse') === true)
		return await signedOutcome(operation, request.value);
	const reply = await sendRow(operation, request.value);
	return reply.ok ? await outcomeOf(operation, reply.value) : reply;
}

/** Returns the response only if its signature is valid. */
async function signedOutcome(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const exchange = await signedExchange(operation, request);
	if (!exchange.ok) return exchange;
	const reply = await sendRow(operation, exchange.value.request);
	if (!reply.ok) return reply;
	const signature = exchange.value.check(reply.value);
	if (!signature.ok) return signature;
	const outcome = await outcomeOf(operation, reply.value);
	if (!outcome.ok) return outcome;
	return ok(
		outcome.value.map(({ json, ...more }) => ({
			...more,
			json: { ...json, signature: signature.value },
		})),
	);
}
