import { admin } from './admin/admin';
import { distribution } from './distribution/distribution';
import { licensing } from './licensing/licensing';
import type { Place } from './place';
import type { Resource } from './row';

export type Resources = Readonly<Record<string, Resource>>;

/** The resources of each node, by the node's name. */
export const RESOURCES_OF = {
	keygen: licensing,
	keygenDistribution: distribution,
	keygenAdmin: admin,
} as const satisfies Record<string, Resources>;

export type NodeName = keyof typeof RESOURCES_OF;

/** The whole API, by the value of 'Resource'. */
export const TABLE: Resources = { ...licensing, ...distribution, ...admin };

/** The rows of some resources, or of all. */
export function allRows(resources: Resources = TABLE): Place[] {
	return Object.entries(resources).flatMap(([resourceName, resource]) =>
		Object.entries(resource.operations).map(([operation, row]) => ({
			resourceName,
			resource,
			operation,
			row,
		})),
	);
}
