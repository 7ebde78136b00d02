import type { Failure } from '../../shared/failure';
import type { ConnectionFault } from '../../shared/http/connection-fault';

/** One entry of a JSON:API error document. */
export interface ServiceError {
	title?: string;
	detail?: string;
	code?: string;
	source?: { pointer?: string; parameter?: string; header?: string };
}

/**
 * Why an operation did not succeed, as facts. They become a `Failure` only in messages/, where the
 * operation's fields are known.
 */
export type Fault =
	/** The service said no. */
	| { kind: 'refused'; status: number; errors: ServiceError[]; requestId?: string }
	/** A response that is not the service's. */
	| { kind: 'unreadable'; status: number; redirectedTo?: string }
	| ({ kind: 'unanswered' } & ConnectionFault)
	/** Nothing was sent, or what was sent did not lead further. */
	| ({ kind: 'stopped' } & Failure);

/** Whether the service refused with a status, and with a code where one is named. */
export function isRefusal(fault: Fault, status: number): boolean {
	return fault.kind === 'refused' && fault.status === status;
}

export function hasCode(fault: Fault, wanted: string): boolean {
	return fault.kind === 'refused' && fault.errors.some(({ code }) => code === wanted);
}
