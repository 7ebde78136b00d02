import type { Shown } from '../lists';
import { line, type Resource } from '../row';

const isThere = (record: Shown | undefined) => record !== undefined;
const isGone = (record: Shown | undefined) => record === undefined;

export const team: Resource = {
	name: 'Team',
	operations: {
		create: {
			name: 'Create',
			action: 'Create team',
			description: 'Create a team without members',
			changes: line(
				'enterprise-team --add [--node={node}] [--restrict-edit={restrictEdit}] [--restrict-share={restrictShare}] [--restrict-view={restrictView}] {teamName}',
			),
			shows: {
				in: 'teams',
				by: 'teamName',
				means: ({ name }, { teamName }) => name === teamName,
				so: isThere,
			},
		},
		delete: {
			name: 'Delete',
			action: 'Delete team',
			description: 'Delete a team; its members stay',
			changes: line('enterprise-team --delete -f {team}'),
			shows: { in: 'teams', by: 'team', so: isGone, deletes: true },
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many teams',
			description: 'List the teams of the organization or of a node',
			reads: line(
				'enterprise-info --format=json --teams [--node={node}] [--columns={teamColumns}] [{search}]',
			),
		},
	},
};

export const role: Resource = {
	name: 'Role',
	operations: {
		create: {
			name: 'Create',
			action: 'Create role',
			description: 'Create a role without members or permissions',
			changes: line('enterprise-role --add [--node={node}] [--new-user={newUsers}] {roleName}'),
			shows: {
				in: 'roles',
				by: 'roleName',
				means: ({ name }, { roleName }) => name === roleName,
				so: isThere,
			},
		},
		delete: {
			name: 'Delete',
			action: 'Delete role',
			description: 'Delete a role; its members stay',
			changes: line('enterprise-role --delete {role}'),
			shows: { in: 'roles', by: 'role', so: isGone, deletes: true },
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many roles',
			description: 'List the roles of the organization or of a node',
			reads: line(
				'enterprise-info --format=json --roles [--node={node}] [--columns={roleColumns}] [{search}]',
			),
		},
	},
};

export const node: Resource = {
	name: 'Node',
	operations: {
		create: {
			name: 'Create',
			action: 'Create node',
			description: 'Create a node below another one',
			changes: line('enterprise-node --add --parent={parent} {nodeName}'),
			shows: {
				in: 'nodes',
				by: 'nodeName',
				means: (node, { nodeName, parent }) => node.name === nodeName && isBelow(node, parent),
				so: isThere,
			},
		},
		delete: {
			name: 'Delete',
			action: 'Delete node',
			description: 'Delete a node that holds no users, teams, roles or other nodes',
			changes: line('enterprise-node --delete {targetNode}'),
			shows: { in: 'nodes', by: 'targetNode', so: isGone, deletes: true },
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many nodes',
			description: 'List the nodes of the organization',
			reads: line('enterprise-info --format=json --nodes [--columns={nodeColumns}] [{search}]'),
		},
	},
};

/** Whether a node's parent is the one given by ID, name or path. */
function isBelow({ parent_id, parent_node }: Shown, parent: string | undefined): boolean {
	const path = String(parent_node);
	return String(parent_id) === parent || path === parent || path.endsWith(`\\${parent}`);
}
