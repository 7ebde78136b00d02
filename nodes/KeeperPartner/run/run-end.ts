import type { IExecuteFunctions } from 'n8n-workflow';

import { failed, type FailedOutcome, type FailureReason, type Outcome } from '../call/outcome';

/** Answers that every further person would get too. */
const ENDS_AT_ONCE: ReadonlySet<FailureReason> = new Set<FailureReason>([
	'unauthorized',
	'not_from_keeper',
	'throttled',
]);

/** What an outage looks like. One may be bad luck. */
const SIGNS_OF_OUTAGE: ReadonlySet<FailureReason> = new Set<FailureReason>([
	'unreachable',
	'redirected',
	'server_fault',
	'timeout',
	'connection_lost',
	'unreadable_answer',
]);

const SIGNS_IN_A_ROW = 3;

/** After such a time a node that runs again in the same execution tries Keeper again. */
const STALE_MS = 5 * 60_000;

/** What is kept for the node in the data of the execution: in a loop, a run of the node has one person only. */
interface Kept {
	signs: number;
	/** Epoch milliseconds of the last sign. */
	at: number;
	endedBy?: FailureReason;
}

const NAME = 'outage';

/**
 * Ends a run when further calls are in vain: at once after an answer that everybody would get, and
 * after the first call or three in a row that look like an outage. Who was not sent keeps a clean
 * record; sent into an outage, everybody would be `unknown` for good.
 */
export class RunEnd {
	private readonly kept: Kept;
	private readonly continueAfterUnauthorized: boolean;
	private seen = 0;

	constructor(context: IExecuteFunctions, continueAfterUnauthorized: boolean) {
		this.continueAfterUnauthorized = continueAfterUnauthorized;
		this.kept = (context.getContext('node')[NAME] ??= { signs: 0, at: 0 }) as Kept;
		if (Date.now() - this.kept.at > STALE_MS) this.clear();
	}

	/** What has ended the run, for those who are not sent. */
	get end(): FailedOutcome | undefined {
		return this.kept.endedBy && notAttempted(this.kept.endedBy);
	}

	/** Takes note of how a call ended. */
	see(outcome: Outcome, ofRun: { people: number }): void {
		this.seen += 1;
		const reason = 'reason' in outcome ? outcome.reason : undefined;
		if (reason !== undefined && ENDS_AT_ONCE.has(reason)) {
			if (reason === 'unauthorized' && this.continueAfterUnauthorized) return;
			this.endBecause(reason);
		} else if (reason !== undefined && SIGNS_OF_OUTAGE.has(reason)) {
			this.kept.signs += 1;
			this.kept.at = Date.now();
			const first = this.seen === 1 && ofRun.people > 1;
			if (first || this.kept.signs >= SIGNS_IN_A_ROW) this.endBecause(reason);
		} else if (reason !== 'cancelled') {
			this.kept.signs = 0;
		}
	}

	private endBecause(reason: FailureReason): void {
		this.kept.endedBy ??= reason;
		this.kept.at = Date.now();
	}

	private clear(): void {
		this.kept.signs = 0;
		delete this.kept.endedBy;
	}
}

const NOT_CREATED =
	'Nothing was created for this person. Run the workflow again when the cause is gone.';

const WHY: Partial<Record<FailureReason, readonly [because: string, description: string]>> = {
	unauthorized: [
		'Keeper did not accept the credential for an earlier item (401)',
		"Check 'Partner Name', 'Partner Secret' and 'Region' of the credential, then run the workflow again. Nothing was created for this person.",
	],
	not_from_keeper: [
		'an earlier request was turned away by something other than Keeper',
		NOT_CREATED,
	],
	throttled: ['Keeper asks for a longer wait than the node makes', NOT_CREATED],
	unreachable: ['Keeper could not be reached for earlier items', NOT_CREATED],
	redirected: ['the address redirects elsewhere', NOT_CREATED],
	unreadable_answer: ["Keeper's answers to earlier items could not be read", NOT_CREATED],
};

const OUTAGE = ['Keeper did not answer properly to earlier items', NOT_CREATED] as const;

function notAttempted(endedBy: FailureReason): FailedOutcome {
	const [because, description] = WHY[endedBy] ?? OUTAGE;
	return failed('not_attempted', `Not sent, because ${because}`, description);
}
