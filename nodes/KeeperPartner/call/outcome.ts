/**
 * What became of a person:
 * - `provisioned`: Keeper confirmed the license.
 * - `failed`: surely no license was made by this call.
 * - `unknown`: the call may have reached Keeper and made a license, and nothing tells whether it did.
 * - `preview`: nothing was sent.
 */
export type Outcome = ProvisionedOutcome | FailedOutcome | PreviewOutcome;

export interface ProvisionedOutcome {
	outcome: 'provisioned';
	orderNumber: string | null;
	/** Always https, or null where Keeper gave none that can be used. */
	vaultUrl: string | null;
	/** As Keeper wrote it. */
	vaultUrlRaw: string | null;
}

export interface PreviewOutcome {
	outcome: 'preview';
	/** Why the call was not made, where the user did not ask for a preview. */
	note?: string;
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
	/** Where an answer that confirms nothing holds one all the same. */
	orderNumber?: string;
}

export type FailureReason =
	| 'invalid_settings'
	| 'invalid_input'
	| 'forbidden_domain'
	| 'duplicate_email'
	| 'duplicate_transaction_id'
	| 'over_limit'
	| 'unauthorized'
	| 'not_attempted'
	| 'not_from_keeper'
	| 'refused'
	| 'throttled'
	| 'redirected'
	| 'unreadable_answer'
	| 'unreachable'
	| 'server_fault'
	| 'timeout'
	| 'connection_lost'
	| 'cancelled';

/** An outcome after which there is surely no license. Sending again is safe. */
export function failed(
	reason: FailureReason,
	message: string,
	description: string,
	httpStatus?: number,
): FailedOutcome {
	return {
		outcome: 'failed',
		reason,
		safeToRetry: true,
		message,
		description,
		...(httpStatus === undefined ? {} : { httpStatus }),
	};
}

const LOOK_UP =
	'Look in the Keeper admin console or ask your Keeper representative whether the license exists, by email and transaction ID. Send this person again only if it does not.';

/** An outcome after which there may be a license. `facts` are what the answer holds all the same. */
export function unknown(
	reason: FailureReason,
	message: string,
	facts: Pick<FailedOutcome, 'httpStatus' | 'orderNumber'> = {},
): FailedOutcome {
	return {
		outcome: 'unknown',
		reason,
		safeToRetry: false,
		message,
		description: LOOK_UP,
		...facts,
	};
}
