import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { views } from './views.mts';

/** Path of the account, which every link begins with. */
export function accountPath(world: World): string {
	return `/v1/accounts/${world.account.id}`;
}

/** Path of a resource. */
export function pathOf(world: World, item: Item): string {
	if (item.type === 'accounts') return `/v1/accounts/${item.id}`;
	const place = views[item.type]?.place?.(item) ?? `${item.type}/${item.id}`;
	return `${accountPath(world)}/${place}`;
}
