import type { ConnectionFault } from '../../shared/http/connection-fault';

/** One entry of a JSON:API error document. */
export interface ServiceError {
	title?: string;
	detail?: string;
	code?: string;
	source?: { pointer?: string; parameter?: string; header?: string };
}

/** Why an operation did not come to a good end. */
export type Fault =
	/** The service said no. */
	| { kind: 'refused'; status: number; errors: ServiceError[]; requestId?: string }
	/** An answer that is not the service's. */
	| { kind: 'unreadable'; status: number; redirectedTo?: string }
	| ({ kind: 'unanswered' } & ConnectionFault)
	/** Nothing was sent, or what was sent did not lead further. */
	| {
			kind: 'stopped';
			message: string;
			description: string;
			code?: string;
			status?: number;
			/** For a workflow to go on with, besides code and status. */
			facts?: Record<string, boolean>;
	  };
