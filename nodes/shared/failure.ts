/** What kind of trouble it is, in the terms of n8n's durable scheduler, which waits accordingly. */
export type FailureCause =
	| 'rate-limited'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

/** Why something did not work, in words for the user. */
export interface Failure {
	/** What happened, as one sentence without its period. Names the parameter at fault. */
	message: string;
	/** What to do about it. */
	description: string;
	/** Absent where nothing was sent. */
	cause?: FailureCause;
	/** The HTTP status of the response, where there was one. */
	status?: number;
	/** For a workflow to branch on. */
	code?: string;
	/** Further facts to branch on. */
	facts?: Readonly<Record<string, boolean | number | string | null>>;
}

/** What something returns that may not work. `F` is a sentence, or facts still to be worded. */
export type Result<T, F = Failure> = { ok: true; value: T } | { ok: false; failure: F };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const fail = <F = Failure>(failure: F): { ok: false; failure: F } => ({
	ok: false,
	failure,
});

/** Carries a failure where no result can be returned: out of generators and nested readers. */
export class Failed extends Error {
	readonly failure: Failure;

	constructor(failure: Failure) {
		super(failure.message);
		this.failure = failure;
	}
}

/** For a value of the user that cannot be used; nothing was sent. */
export function invalid(message: string, description: string): Failed {
	return new Failed({ message, description });
}

/**
 * The failure in whatever was thrown, by this package or by n8n.
 *
 * @param advice the description of an error that has none
 */
export function failureOf(error: unknown, advice = ''): Failure {
	if (error instanceof Failed) return error.failure;
	if (!(error instanceof Error)) return { message: String(error), description: advice };
	const { message, description } = error as Error & { description?: string | null };
	return { message, description: description ?? advice };
}
