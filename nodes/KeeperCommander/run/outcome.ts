import type { IDataObject } from 'n8n-workflow';

import type { Failure, Result } from '../../shared/failure';

/**
 * The outcome of a change:
 *
 * - `done`: it was not so before, and Keeper shows that it is so now.
 * - `alreadySo`: it was so before; nothing was sent.
 * - `notDone`: Keeper shows that it is not so.
 * - `unknown`: the command may have run, and Keeper does not show that it did.
 */
export type Outcome = 'done' | 'alreadySo' | 'notDone' | 'unknown';

/** An operation that succeeded for an item. */
export interface Ended {
	outputs: IDataObject[];
	/** Whether something was changed. */
	changed: boolean;
}

/** An operation that failed for an item. */
export interface Unsuccessful extends Failure {
	/** What is known about the item. */
	json?: IDataObject;
	/** Whether something may have been changed. */
	mayHaveChanged: boolean;
}

export type Ending = Result<Ended, Unsuccessful>;
