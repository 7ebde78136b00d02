import { related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';

/** What a product may read; also decides which events reach an endpoint of that product. */
export function visibleToProduct(world: World, product: Item, item: Item): boolean {
	switch (item.type) {
		case 'entitlements':
		case 'groups':
		case 'engines':
		case 'platforms':
		case 'arches':
		case 'channels':
		case 'group-owners':
			return true;
		case 'users':
			return item.facts.role === 'user';
		case 'tokens': {
			const bearer = related(world, item, 'bearer');
			return (
				bearer !== undefined &&
				(bearer === product ||
					(bearer.type !== 'products' && visibleToProduct(world, product, bearer)))
			);
		}
		// A product may make endpoints, but never sees one again.
		case 'webhook-endpoints':
		case 'accounts':
		case 'environments':
		case 'settings':
		case 'event-logs':
		case 'request-logs':
		case 'second-factors':
			return false;
		default:
			return related(world, item, 'product') === product;
	}
}
