/**
 * What became of a person:
 * - `provisioned`: Keeper confirmed the license.
 * - `failed`: Keeper did not confirm a license. `safeToRetry` says whether it surely made none.
 * - `unknown`: the call may have reached Keeper and made a license, and no answer tells.
 * - `preview`: nothing was sent.
 */
export type Outcome = ProvisionedOutcome | FailedOutcome | { outcome: 'preview' };

export interface ProvisionedOutcome {
	outcome: 'provisioned';
	orderNumber: string | null;
	/** Always https, or null where Keeper gave none that can be used. */
	vaultUrl: string | null;
	/** As Keeper wrote it. */
	vaultUrlRaw: string | null;
}

export interface FailedOutcome {
	outcome: 'failed' | 'unknown';
	reason: FailureReason;
	/** Whether sending the person again cannot make a second license. */
	safeToRetry: boolean;
	message: string;
	/** What to do about it. */
	description: string;
	/** The HTTP status of the answer, where there was one. */
	httpStatus?: number;
}

export type FailureReason =
	| 'invalid_input'
	| 'forbidden_domain'
	| 'duplicate_email'
	| 'unauthorized'
	| 'not_attempted'
	| 'refused'
	| 'throttled'
	| 'redirected'
	| 'unreadable_answer'
	| 'unreachable'
	| 'server_fault'
	| 'timeout'
	| 'connection_lost'
	| 'cancelled';
