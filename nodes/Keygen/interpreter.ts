import { runCompound } from './compound';
import {
	listOutcome,
	outcomeOf,
	prepareRequest,
	sendRow,
	type Operation,
	type Outcome,
} from './operation';
import { answerOf } from './row';

/**
 * Runs an operation as its row says.
 *
 * @returns what goes out, or why nothing does; throws only what the file access throws
 */
export async function runOperation(operation: Operation): Promise<Outcome> {
	const request = await prepareRequest(operation);
	if ('fault' in request) return { ok: false, fault: request.fault };
	const { row } = operation.place;
	if (row.compound) return await runCompound(operation, request);
	if (answerOf(row) === 'list') return await listOutcome(operation, request);
	const reply = await sendRow(operation, request);
	return reply.ok ? await outcomeOf(operation, reply) : reply;
}
