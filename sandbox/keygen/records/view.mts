import type { Item } from '../state/store.mts';
import { World } from '../state/world.mts';

/**
 * What a type shows. `name@feature` is shown only when the server has the EE entitlement.
 * `created` and `updated` follow every list of attributes unless `timeless`.
 */
export interface View {
	attributes: string;
	/** To-one relationships with linkage. */
	one?: string;
	/** To-many relationships, as links only. */
	many?: string;
	/** Attributes that are worked out rather than stored. */
	computed?: Record<string, (world: World, item: Item) => unknown>;
	/** Attributes that only some answers show. */
	secret?: string;
	/** `meta` of a to-many relationship. */
	counts?: Record<string, (world: World, item: Item) => Record<string, unknown>>;
	meta?: (world: World, item: Item) => Record<string, unknown>;
	timeless?: boolean;
}
