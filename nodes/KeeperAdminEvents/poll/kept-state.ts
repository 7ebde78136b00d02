import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { readCursorState, type CursorState } from '../cursor/cursor-state';

/** States that a first poll handed over without events, by workflow and node. */
const firstStates = new Map<string, CursorState>();

/**
 * Where the trigger keeps its state between polls.
 *
 * The truth is n8n's static data of the node, which n8n stores together with the events. Where it has
 * none, two copies stand in:
 *
 * - Under the node's ID in the static data of the workflow: n8n keeps those of a node under its name,
 *   so a renamed node would start over.
 * - In this process, of a first poll without events: n8n's durable scheduler forgets what such a poll
 *   leaves behind, and the next would take all that happened since for the past.
 */
export class KeptState {
	private readonly context: IPollFunctions;
	private readonly nodeId: string;
	/** Names the node within this process. */
	private readonly key: string;

	constructor(context: IPollFunctions) {
		this.context = context;
		this.nodeId = context.getNode().id;
		this.key = `${context.getWorkflow().id}:${this.nodeId}`;
	}

	/** Read anew each time: should n8n reload the package, a poll of the old one may still be running. */
	read(): CursorState | undefined {
		const { cursor, nodeId } = this.context.getWorkflowStaticData('node');
		// Under the name there may be the state of another node, which had that name before.
		const isOwn = nodeId === undefined || nodeId === this.nodeId;
		const own = isOwn ? readCursorState(cursor) : undefined;
		if (own) {
			firstStates.delete(this.key);
			return own;
		}
		const copy = readCursorState(this.context.getWorkflowStaticData('global')[this.copyName()]);
		const first = firstStates.get(this.key);
		return copy && first ? (first.revision > copy.revision ? first : copy) : (copy ?? first);
	}

	/** @param emits whether events go out together with this state */
	write(state: CursorState, emits: boolean): void {
		const isFirst = this.read() === undefined;
		const own = this.context.getWorkflowStaticData('node');
		own.cursor = state as unknown as IDataObject;
		own.nodeId = this.nodeId;
		// The copies may be stored where the first events are not, which must come again then.
		if (isFirst && emits) return;
		this.context.getWorkflowStaticData('global')[this.copyName()] = state as unknown as IDataObject;
		if (isFirst) firstStates.set(this.key, state);
	}

	private copyName(): string {
		return `keeperAdminEventsTrigger:${this.nodeId}`;
	}
}
