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
	(
		| { kind: 'refused'; status: number; errors: ServiceError[]; requestId?: string }
		/** A response that is not the service's. */
		| { kind: 'unreadable'; status: number; redirectedTo?: string }
		| ({ kind: 'unanswered' } & ConnectionFault)
		/** Nothing was sent, or what was sent did not lead further. */
		| ({ kind: 'stopped' } & Failure)
	) &
		Outcome;

interface Outcome {
	/**
	 * `unknown`: the service may have done what it was asked to, and must not be asked twice.
	 * `partial`: it did a part of it.
	 */
	outcome?: 'unknown' | 'partial';
	/** How many records of a longer list were done before. */
	done?: number;
}

/** Whether a request with this result may have been carried out, though nothing says so. */
export function mayHaveArrived(fault: Fault): boolean {
	switch (fault.kind) {
		case 'unanswered':
			return fault.received === 'maybe';
		case 'refused':
		case 'unreadable':
			return isUnsure(fault.status) || (fault.kind === 'unreadable' && fault.status < 300);
		case 'stopped':
			return false;
	}
}

/** Statuses that a proxy may send while the server goes on. 499 is nginx's, 52x are Cloudflare's. */
const isUnsure = (status: number) => status >= 500 || status === 408 || status === 499;

/** Whether the service refused with a status, and with a code where one is named. */
export function isRefusal(fault: Fault, status: number): boolean {
	return fault.kind === 'refused' && fault.status === status;
}

export function hasCode(fault: Fault, wanted: string): boolean {
	return fault.kind === 'refused' && fault.errors.some(({ code }) => code === wanted);
}
