import type { Item } from '../state/store.mts';
import { World } from '../state/world.mts';

/** A bearer by its id, whatever its type. Throws when there is none. */
export function findAnywhere(world: World, id: string | null): Item {
	for (const type of ['users', 'products', 'licenses', 'environments']) {
		const item = world.store.get(type, id);
		if (item) return item;
	}
	throw new Error(`There is no bearer ${id}`);
}
