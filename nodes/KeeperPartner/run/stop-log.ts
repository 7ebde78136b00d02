import type { IExecuteFunctions } from 'n8n-workflow';

import type { Outcome } from '../call/outcome';
import type { Person } from '../person/person';

/**
 * Writes the outcomes of a run to n8n's log when the execution is stopped: n8n discards what a
 * stopped node returns, and with it the only record of paid licenses.
 *
 * One line a call, with the transaction ID and no name or address.
 */
export class StopLog {
	private readonly context: IExecuteFunctions;
	private readonly signal?: AbortSignal;
	private readonly outcomes = new Map<string, Outcome | undefined>();
	private readonly onStop = () => this.all();

	constructor(context: IExecuteFunctions) {
		this.context = context;
		this.signal = context.getExecutionCancelSignal?.();
		this.signal?.addEventListener('abort', this.onStop);
	}

	started({ transactionId }: Person): void {
		this.outcomes.set(transactionId, undefined);
	}

	ended({ transactionId }: Person, outcome: Outcome): void {
		this.outcomes.set(transactionId, outcome);
		if (this.signal?.aborted) this.line(transactionId, outcome);
	}

	/** To be called when the run is over. */
	close(): void {
		this.signal?.removeEventListener('abort', this.onStop);
	}

	private all(): void {
		for (const [transactionId, outcome] of this.outcomes) this.line(transactionId, outcome);
	}

	private line(transactionId: string, outcome: Outcome | undefined): void {
		const order = outcome && 'orderNumber' in outcome && outcome.orderNumber;
		const { name } = this.context.getNode();
		const what = outcome ? outcome.outcome : 'under way, its outcome follows in a line of its own';
		this.context.logger.warn(
			`Execution ${this.context.getExecutionId()} was stopped in '${name}': transaction ID ${JSON.stringify(transactionId)}, ${order ? `order number ${order}, ` : ''}${what}`,
		);
	}
}
