import type { Item } from '../state/store.mts';
import { World } from '../state/world.mts';

/**
 * What a type shows. `name@feature` is shown only when the server has the EE entitlement.
 * `created` and `updated` follow every list of attributes unless `timeless`.
 */
export interface View {
	attributes: string;
	/** To-one relationships with linkage, which link to a route of the record's own. */
	one?: string;
	/** To-one relationships with linkage, which link to the record that they name. */
	direct?: string;
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
	/** Name of the link to the record itself, `self` unless said otherwise; null when it has none. */
	link?: 'related' | null;
	/** Where the record is, when not at the top level under its type and id. */
	place?: (item: Item) => string;
}
