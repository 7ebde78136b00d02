import type { Call } from '../call/call.mts';
import { find } from '../call/finding.mts';
import type { Item } from '../state/store.mts';
import { applyFilters } from './filters.mts';

/**
 * The resource that the path names, among those that pass the filters of the row: the way to tell
 * one of several with the same alias.
 */
export function findNarrowed(call: Call, type: string, name: string): Item {
	return find(call, type, name, (items) => applyFilters(call, type, items));
}
