import type { Item } from '../state/store.mts';
import { visibleToClient } from './clients-sight.mts';
import { visibleToProduct } from './products-sight.mts';
import type { Viewer } from './viewer.mts';

/** Types that belong to no environment. */
const everywhere = new Set([
	'environments',
	'engines',
	'platforms',
	'arches',
	'channels',
	'plans',
	'settings',
	'accounts',
]);

/** True when the bearer of the request, in its environment, may see the resource. */
export function visible(viewer: Viewer, item: Item): boolean {
	if (!everywhere.has(item.type) && !inEnvironment(viewer.environment, item)) return false;
	switch (viewer.bearer.role) {
		case 'product':
			return visibleToProduct(viewer.world, viewer.bearer.item, item);
		case 'user':
		case 'license':
		case 'none':
			return visibleToClient(viewer, item);
		case 'environment':
			return item.type !== 'environments' || item === viewer.bearer.item;
		default:
			return true;
	}
}

/** True when `visible` holds for whatever there is, so that lists need not ask for each one. */
export function seesAll(viewer: Viewer): boolean {
	return (
		!['product', 'user', 'license', 'none', 'environment'].includes(viewer.bearer.role) &&
		!viewer.world.store.count('environments')
	);
}

function inEnvironment(environment: Item | null, item: Item): boolean {
	if (!environment) return item.environment === null;
	if (item.environment === environment.id) return true;
	return item.environment === null && environment.facts.isolationStrategy === 'SHARED';
}
