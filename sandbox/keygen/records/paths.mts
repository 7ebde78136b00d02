import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';

/** Path of the account, which every link begins with. */
export function accountPath(world: World): string {
	return `/v1/accounts/${world.account.id}`;
}

/** Path of a resource. */
export function pathOf(world: World, item: Item): string {
	return item.type === 'accounts'
		? `/v1/accounts/${item.id}`
		: `${accountPath(world)}/${item.type}/${item.id}`;
}
