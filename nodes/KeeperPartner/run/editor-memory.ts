import { hash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Sent } from './execution-memory';

/** More than a person tries out in an editor; about 10 MB at most. */
const MOST = 20_000;

const remembered = new Map<string, Sent>();

/**
 * Remembers who was sent from the editor: 'Execute step' pressed twice sends the same items twice,
 * in two executions that n8n lets know nothing of each other. It lives in this process of n8n until
 * it ends, and knows only items that are the same in every field.
 */
export class EditorMemory {
	private readonly context: IExecuteFunctions;
	private readonly isOn: boolean;

	/** @param again whether the user wants to send people again */
	constructor(context: IExecuteFunctions, again: boolean) {
		this.context = context;
		this.isOn = context.getMode() === 'manual' && !again;
	}

	recall(key: string, itemIndex: number): Sent | undefined {
		return this.isOn ? remembered.get(this.fullKey(key, itemIndex)) : undefined;
	}

	remember(key: string, itemIndex: number, sent: Sent): void {
		if (this.context.getMode() !== 'manual') return;
		const [oldest] = remembered.keys();
		if (remembered.size >= MOST && oldest !== undefined) remembered.delete(oldest);
		remembered.set(this.fullKey(key, itemIndex), sent);
	}

	private fullKey(key: string, itemIndex: number): string {
		const { json } = this.context.getInputData()[itemIndex];
		const place = [this.context.getWorkflow().id, this.context.getNode().id, key, json];
		return hash('sha256', JSON.stringify(place), 'hex');
	}
}
