import type { Call } from '../call/call.mts';
import type { Problem } from '../refusals/problems.mts';
import type { Facts } from '../state/facts.mts';
import type { Item } from '../state/store.mts';

/** A resource as it is about to be stored. */
export interface Subject {
	id?: string;
	type: string;
	environment: string | null;
	facts: Facts;
	links: Record<string, string | null>;
}

/** What a type asks for beyond the shape of its body. */
export interface Rules {
	/** Attributes that are stored when a body leaves them out. */
	defaults?: Record<string, unknown>;
	/** Works out further attributes before the check. */
	prepare?: (call: Call, next: Subject, before?: Item) => void;
	/** Refusals with 422; `before` is the stored resource when it is an update. */
	check?: (call: Call, next: Subject, before?: Item) => Problem[];
	created?: (call: Call, item: Item) => void;
	updated?: (call: Call, item: Item) => void;
	/** Refuses a removal. */
	mayRemove?: (call: Call, item: Item) => void;
}
