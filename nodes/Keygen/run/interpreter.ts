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
	if ('fault' in request) return { ok: false, fault: request.fault };
	const { row } = operation.place;
	if (row.compound) return await runCompound(row.compound, operation, request);
	if (row.answer === 'list') return await listOutcome(operation, request);
	if (valueIn(operation.inputs, 'verifyResponse') === true)
		return await signedOutcome(operation, request);
	const reply = await sendRow(operation, request);
	return reply.ok ? await outcomeOf(operation, reply) : reply;
}

/** Lets nothing of an answer out that is not signed as it must be. */
async function signedOutcome(operation: Operation, request: ServiceRequest): Promise<Outcome> {
	const exchange = await signedExchange(operation, request);
	if ('fault' in exchange) return { ok: false, fault: exchange.fault };
	const reply = await sendRow(operation, exchange.request);
	if (!reply.ok) return reply;
	const checked = exchange.check(reply);
	if ('fault' in checked) return { ok: false, fault: checked.fault };
	const outcome = await outcomeOf(operation, reply);
	if (!outcome.ok) return outcome;
	return {
		ok: true,
		outputs: outcome.outputs.map(({ json, ...more }) => ({
			...more,
			json: { ...json, signature: checked.signature },
		})),
	};
}
