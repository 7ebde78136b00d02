import type { Item } from '../state/store.mts';
import type { Call } from './call.mts';

/** Where a resource is, as `Location` names it. */
export function pathOf(call: Call, item: Item): string {
	return `/v1/accounts/${call.world.account.id}/${item.type}/${item.id}`;
}
