import type { INodeType } from 'n8n-workflow';

import { Keygen } from '../nodes/Keygen/Keygen.node';
import { KeygenAdmin } from '../nodes/Keygen/KeygenAdmin.node';
import { KeygenDistribution } from '../nodes/Keygen/KeygenDistribution.node';
import { RESOURCES_OF, type NodeName } from '../nodes/Keygen/table/table';

/** The Keygen nodes by name. */
export const NODES: Readonly<Record<NodeName, INodeType>> = {
	keygen: new Keygen(),
	keygenAdmin: new KeygenAdmin(),
	keygenDistribution: new KeygenDistribution(),
};

export const nodeNames = Object.keys(RESOURCES_OF) as NodeName[];

/** The node that has a resource; the first of them for one that none has. */
export function nodeWith(resource: string): INodeType {
	const [name = nodeNames[0]] = nodeNames.filter((node) => resource in RESOURCES_OF[node]);
	return NODES[name];
}
