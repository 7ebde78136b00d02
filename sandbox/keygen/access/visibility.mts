import { isExpired } from '../standing/licenses.mts';
import { entitlementsOf, licensesOf, mustHave, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import type { Bearer } from './bearers.mts';

/** The part of a request that decides what it may see. */
export interface Viewer {
	world: World;
	bearer: Bearer;
	environment: Item | null;
}

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

/** The licenses in whose name a client acts. */
export function licensesInHand({ world, bearer }: Viewer): Item[] {
	if (bearer.role === 'license') return [bearer.item];
	return bearer.role === 'user' ? licensesOf(world, bearer.item) : [];
}

function visibleToClient(viewer: Viewer, item: Item): boolean {
	const { world, bearer } = viewer;
	const licenses = licensesInHand(viewer);
	const some = (test: (license: Item) => boolean) => licenses.some(test);
	switch (item.type) {
		case 'users':
			return (
				item === bearer.item ||
				(bearer.role === 'license' && some((license) => usersOf(world, license).includes(item)))
			);
		case 'licenses':
			return licenses.includes(item);
		case 'machines':
		case 'components':
		case 'processes':
			return some((license) => related(world, item, 'license') === license);
		case 'policies':
			return some((license) => license.links.policy === item.id);
		case 'products':
			return (
				item.facts.distributionStrategy === 'OPEN' ||
				some((license) => related(world, license, 'product') === item)
			);
		case 'entitlements':
			return some((license) => entitlementsOf(world, license).includes(item));
		case 'groups':
			return (
				bearer.item?.links.group === item.id ||
				world.store
					.children('group-owners', 'group', item.id)
					.some((join) => join.links.user === bearer.item?.id)
			);
		case 'tokens':
			return item.links.bearer === bearer.item?.id;
		case 'second-factors':
			return item.links.user === bearer.item?.id;
		case 'packages':
			return maySeeProduct(world, mustHave(world, item, 'product'), licenses);
		case 'releases':
			return maySeeRelease(world, item, licenses);
		case 'artifacts':
			return (
				item.facts.status !== 'YANKED' &&
				maySeeRelease(world, mustHave(world, item, 'release'), licenses)
			);
		case 'constraints':
			return maySeeRelease(world, mustHave(world, item, 'release'), licenses);
		case 'engines':
		case 'platforms':
		case 'arches':
		case 'channels':
		case 'plans':
			return true;
		default:
			return false;
	}
}

function maySeeProduct(world: World, product: Item, licenses: Item[]): boolean {
	if (product.facts.distributionStrategy === 'OPEN') return true;
	if (product.facts.distributionStrategy === 'CLOSED') return false;
	return licenses.some((license) => related(world, license, 'product') === product);
}

/** Published releases of an open product, or those that one of the licenses is entitled to. */
function maySeeRelease(world: World, release: Item, licenses: Item[]): boolean {
	const product = mustHave(world, release, 'product');
	if (release.facts.status !== 'PUBLISHED' || !maySeeProduct(world, product, licenses))
		return false;
	const needed = world.store
		.children('constraints', 'release', release.id)
		.map((constraint) => constraint.links.entitlement);
	if (product.facts.distributionStrategy === 'OPEN' && needed.length === 0) return true;
	return licenses.some((license) => {
		if (related(world, license, 'product') !== product || !expiryAllows(world, license, release))
			return false;
		const held = entitlementsOf(world, license).map((entitlement) => entitlement.id);
		return needed.every((id) => id !== null && held.includes(id));
	});
}

/** An expired license keeps what its policy's strategy grants: all, the older releases, or nothing. */
function expiryAllows(world: World, license: Item, release: Item): boolean {
	if (license.facts.suspended) return false;
	if (!isExpired(world, license)) return true;
	const strategy = mustHave(world, license, 'policy').facts.expirationStrategy;
	if (strategy === 'ALLOW_ACCESS') return true;
	const dated = release.facts.backdated ? Date.parse(release.facts.backdated) : release.created;
	return strategy !== 'REVOKE_ACCESS' && dated <= Date.parse(license.facts.expiry ?? '');
}
