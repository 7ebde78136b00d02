import { fail, ok, type Result } from '../../shared/failure';
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
import { resourcesOf } from '../service/document';
import { isRefusal, type Fault } from '../service/fault';
import type { SentRow } from '../table/row';
import { get, type ServiceRequest } from '../service/request';
import { sendInChunks } from './chunks';
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
	if (row.confirmed) {
		const confirmed = await confirmation(operation);
		if (!confirmed.ok) return confirmed;
	}
	if (row.compound) return await runCompound(row.compound, operation, request.value);
	if (row.body === 'linkage' || row.body === 'unlink')
		return await sendInChunks(operation, request.value);
	if (row.answer === 'list') return await listOutcome(operation, request.value);
	if (valueIn(operation.inputs, 'verifyResponse') === true)
		return await signedOutcome(operation, request.value);
	const reply = await sendRow(operation, request.value);
	if (!reply.ok && isEmptyRelation(row, reply.failure)) return ok([{ json: nothing(operation) }]);
	return reply.ok ? await outcomeOf(operation, reply.value) : reply;
}

/** Whether a record is there, but has none of the kind that was asked for. */
function isEmptyRelation({ fold, path }: SentRow, fault: Fault): boolean {
	if (fold !== 'getRelated' || path.endsWith('}') || !isRefusal(fault, 404)) return false;
	const details = fault.kind === 'refused' ? fault.errors.map(({ detail = '' }) => detail) : [];
	return details.every((detail) => /^The requested [a-z ]+ was not found$/.test(detail));
}

const nothing = ({ simplify }: Operation) => (simplify ? { id: null } : { data: null });

/** Whether the user typed the slug or the ID of the account that the credential reaches. */
async function confirmation({ service, inputs }: Operation): Promise<Result<undefined, Fault>> {
	const reply = await service.send(get('/v1/accounts/{account}'));
	if (!reply.ok) return reply;
	const [account] = resourcesOf(reply.value.document);
	const typed = String(valueIn(inputs, 'confirmation')).trim();
	if (account && [account.id, account.attributes?.slug].includes(typed)) return ok(undefined);
	return fail({
		kind: 'stopped',
		message: `'Confirmation' is not the account's slug or ID`,
		description:
			"Enter the slug or ID of the account of the credential 'Keygen API'. Nothing was changed.",
	});
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
