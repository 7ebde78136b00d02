import { fail, ok } from '../../shared/failure';
import type { Fault } from '../service/fault';
import type { Answer } from '../service/reply';
import { get, type ServiceRequest } from '../service/request';
import { outcomeOf, sendRow, type Operation, type Outcome, type Output } from './operation';

/** The service attaches and detaches no more records in one request. */
const MOST_AT_ONCE = 100;

/** Sends a request that changes a relation, in as many parts as the service needs. */
export async function sendInChunks(
	operation: Operation,
	request: ServiceRequest,
): Promise<Outcome> {
	const outputs: Output[] = [];
	for (const { done, part } of partsOf(request)) {
		const reply = await sendRow(operation, part);
		if (!reply.ok) return done === 0 ? reply : fail(partly(reply.failure, done));
		const answer = await readBack(operation, reply.value);
		const outcome = await outcomeOf(operation, answer);
		if (!outcome.ok) return outcome;
		outputs.push(...outcome.value);
	}
	const { answer } = operation.place.row;
	return ok(answer === 'records' ? outputs : outputs.slice(-1));
}

/** The parts of a request, each with the number of records in those before it. */
function partsOf(request: ServiceRequest): Array<{ done: number; part: ServiceRequest }> {
	const { body } = request;
	const linkages = body?.data;
	if (!Array.isArray(linkages) || linkages.length <= MOST_AT_ONCE)
		return [{ done: 0, part: request }];
	return Array.from({ length: Math.ceil(linkages.length / MOST_AT_ONCE) }, (_, index) => {
		const done = index * MOST_AT_ONCE;
		const data = linkages.slice(done, done + MOST_AT_ONCE);
		return { done, part: { ...request, body: { ...body, data } } };
	});
}

/** The record that was changed, where the service answers with another one, or with none. */
async function readBack({ place, service }: Operation, answer: Answer): Promise<Answer> {
	if (!place.row.readBack) return answer;
	const url = new URL(answer.url);
	const path = url.pathname.split('/').slice(-3, -1).join('/');
	const reply = await service.send(get(`/${path}`));
	return reply.ok ? reply.value : answer;
}

function partly(fault: Fault, done: number): Fault {
	return { ...fault, outcome: fault.outcome ?? 'partial', done };
}
