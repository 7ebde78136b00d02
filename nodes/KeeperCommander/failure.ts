/** Why something did not work, in words for a user. */
export interface Failure {
	/** What happened. */
	message: string;
	/** What to do about it. */
	description: string;
	cause?: string;
	/** The HTTP status of the answer, where there was one. */
	status?: number;
	code?: string;
	/** What goes out beside the message. */
	facts?: Record<string, unknown>;
}

export type Result<T, F extends Failure = Failure> =
	| { ok: true; value: T }
	| { ok: false; failure: F };

export function done<T>(value: T): { ok: true; value: T } {
	return { ok: true, value };
}

export function failed<F extends Failure>(failure: F): { ok: false; failure: F } {
	return { ok: false, failure };
}
