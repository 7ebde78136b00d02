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

const SIGNS_IN_A_ROW = 5;

/** After such a time a node that runs again in the same execution tries Keeper again. */
const STALE_MS = 5 * 60_000;

/** What is kept for the node in the data of the execution: in a loop, a run of the node has one person only. */
interface Kept {
	/** How many of the last calls looked like an outage. */
	signs: number;
	/** Epoch milliseconds of the last one. */
	at: number;
	endedBy?: FailureReason;
}

const NAME = 'outage';

/**
 * Ends a run when further calls are in vain: at once after an answer that everybody would get, and
 * after the first call or five in a row that look like an outage. Who was not sent keeps a clean
 * record; sent into an outage, everybody would be `unknown` for good.
 */
export class RunEnd {
	private readonly kept: Kept;
	private readonly carried: number;
	private readonly continueAfterUnauthorized: boolean;
	/** Whether a call looked like an outage, by the order in which they were started. */
	private readonly signs: Array<boolean | undefined> = [];

	constructor(context: IExecuteFunctions, continueAfterUnauthorized: boolean) {
		this.continueAfterUnauthorized = continueAfterUnauthorized;
		this.kept = (context.getContext('node')[NAME] ??= { signs: 0, at: 0 }) as Kept;
		if (Date.now() - this.kept.at > STALE_MS) {
			this.kept.signs = 0;
			delete this.kept.endedBy;
		}
		this.carried = this.kept.signs;
	}

	/** What has ended the run, for those who are not sent. */
	get end(): FailedOutcome | undefined {
		return this.kept.endedBy && notAttempted(this.kept.endedBy);
	}

	/** To be called when a call starts; what it returns is to be called with the outcome. */
	started(people: number): (outcome: Outcome) => void {
		const call = this.signs.push(undefined) - 1;
		return (outcome) => {
			const reason = 'reason' in outcome ? outcome.reason : undefined;
			const isSign = reason !== undefined && SIGNS_OF_OUTAGE.has(reason);
			this.signs[call] = isSign;
			this.kept.signs = this.streak(this.signs.length - 1);
			if (reason === undefined) return;
			if (isSign) {
				this.kept.at = Date.now();
				const isFirstOfMany = call === 0 && people > 1;
				if (isFirstOfMany || this.streak(call) >= SIGNS_IN_A_ROW) this.endBecause(reason);
			} else if (ENDS_AT_ONCE.has(reason)) {
				if (reason === 'unauthorized' && this.continueAfterUnauthorized) return;
				this.endBecause(reason);
			}
		};
	}

	/** How many calls in a row, this one among them, look like an outage. */
	private streak(call: number): number {
		if (this.signs[call] !== true) return 0;
		let first = call;
		while (this.signs[first - 1] === true) first -= 1;
		let last = call;
		while (this.signs[last + 1] === true) last += 1;
		return last - first + 1 + (first === 0 ? this.carried : 0);
	}

	private endBecause(reason: FailureReason): void {
		this.kept.endedBy ??= reason;
		this.kept.at = Date.now();
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
