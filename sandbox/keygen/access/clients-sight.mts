import { isExpired } from '../standing/licenses.mts';
import { entitlementsOf, licensesOf, mustHave, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import type { Viewer } from './viewer.mts';

/** The licenses in whose name a client acts. */
export function licensesInHand({ world, bearer }: Viewer): Item[] {
	if (bearer.role === 'license') return [bearer.item];
	return bearer.role === 'user' ? licensesOf(world, bearer.item) : [];
}

/** What a user, a license or nobody may read. */
export function visibleToClient(viewer: Viewer, item: Item): boolean {
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
				item.facts.status === 'UPLOADED' &&
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
