import { hash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { FailedOutcome, Outcome, ProvisionedOutcome } from '../call/outcome';
import { unknown } from '../call/outcome';
import { mailboxOf } from '../person/mailbox';
import type { Person } from '../person/person';

/** What is known of a person who was sent: there is a license, or there may be one. */
export interface Sent {
	outcome: ProvisionedOutcome | FailedOutcome;
	/** The one that was sent. */
	transactionId: string;
}

/** A person and a plan, in a form that tells nothing about the person. */
export function keyOf(plan: string, { email }: Person): string {
	return hash('sha256', `${plan}\n${mailboxOf(email)}`, 'hex').slice(0, 32);
}

/** What is kept in the data of the execution. */
interface Kept {
	sent?: Record<string, Sent>;
}

const NAME = 'keeperPartner';

/** Calls that are under way, by the data of their execution: an agent may call its tools side by side. */
const underWay = new WeakMap<object, Map<string, Promise<Sent | undefined>>>();

/**
 * Remembers who was sent in this execution, by any node of this type. It lives in the execution's
 * own data, which outlives a wait and a change of worker, and ends with the execution.
 */
export class ExecutionMemory {
	private readonly sent: Record<string, Sent>;
	private readonly underWay: Map<string, Promise<Sent | undefined>>;

	constructor(context: IExecuteFunctions) {
		const flow = context.getContext('flow');
		const kept = (flow[NAME] ??= {}) as Kept;
		this.sent = kept.sent ??= {};
		const calls = underWay.get(kept) ?? new Map<string, Promise<Sent | undefined>>();
		underWay.set(kept, calls);
		this.underWay = calls;
	}

	/** How many licenses this execution has bought, or may have. */
	get count(): number {
		return Object.keys(this.sent).length;
	}

	/** What came of an earlier call for this person; waits for one that is under way. */
	async recall(key: string): Promise<Sent | undefined> {
		return (await this.underWay.get(key)) ?? this.sent[key];
	}

	has(key: string): boolean {
		return this.underWay.has(key) || this.sent[key] !== undefined;
	}

	/**
	 * Makes a call and keeps its outcome, unless the call surely made no license. While it is under
	 * way it counts as unknown, and so it stays should n8n die.
	 */
	async during(
		key: string,
		{ transactionId }: Person,
		call: () => Promise<Outcome>,
	): Promise<Outcome> {
		this.sent[key] = { outcome: UNDER_WAY, transactionId };
		const calling = call();
		const sent = calling.then((outcome): Sent | undefined => {
			this.underWay.delete(key);
			if (outcome.outcome === 'preview' || outcome.outcome === 'failed') {
				delete this.sent[key];
				return undefined;
			}
			return (this.sent[key] = { outcome, transactionId });
		});
		this.underWay.set(key, sent);
		await sent;
		return await calling;
	}
}

const UNDER_WAY = unknown(
	'cancelled',
	'n8n ended while Keeper was working on this person, and the license may exist all the same',
);
