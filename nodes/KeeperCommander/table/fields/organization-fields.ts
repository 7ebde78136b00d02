import { nodeColumns, roleColumns, teamColumns, userColumns } from './columns';
import type { Field } from './field';

const onOff = (label: string, description: string, yes: string, no: string): Field => ({
	type: 'choice',
	label,
	description,
	options: { on: { name: 'Yes', description: yes }, off: { name: 'No', description: no } },
	default: 'on',
});

/** The fields of users, teams, roles and nodes. */
export const ORGANIZATION_FIELDS = {
	email: {
		type: 'email',
		label: 'Email',
		description: 'The email address with which the user signs in to Keeper',
		placeholder: 'e.g. jane@example.com',
	},
	targetEmail: {
		type: 'email',
		label: 'Transfer To',
		description: 'The email address of the active user who receives the vault',
		placeholder: 'e.g. manager@example.com',
	},
	fullName: {
		type: 'text',
		label: 'Full Name',
		description: "The user's name as Keeper shows it",
		placeholder: 'e.g. Jane Smith',
	},
	jobTitle: {
		type: 'text',
		label: 'Job Title',
		description: "The user's job title",
		placeholder: 'e.g. Accountant',
	},
	node: {
		type: 'record',
		list: 'nodes',
		label: 'Node',
		description: 'The node of the organization; the root node if left out',
	},
	targetNode: {
		type: 'record',
		list: 'nodes',
		label: 'Node',
		description: 'The node of the organization',
	},
	parent: {
		type: 'record',
		list: 'nodes',
		label: 'Parent Node',
		description: 'The node that the new one belongs to',
	},
	role: {
		type: 'record',
		list: 'roles',
		label: 'Role',
		description: 'The role, by its ID or its exact name',
	},
	team: {
		type: 'record',
		list: 'teams',
		label: 'Team',
		description: 'The team, by its UID or its exact name',
	},
	teamName: {
		type: 'text',
		label: 'Name',
		description: 'The name of the new team',
		placeholder: 'e.g. Field Sales',
	},
	roleName: {
		type: 'text',
		label: 'Name',
		description: 'The name of the new role',
		placeholder: 'e.g. Auditor',
	},
	nodeName: {
		type: 'text',
		label: 'Name',
		description: 'The name of the new node',
		placeholder: 'e.g. Engineering',
	},
	restrictEdit: onOff(
		'Restrict Editing',
		'Whether members are prevented from editing records',
		'Members cannot edit records',
		'Members can edit records',
	),
	restrictShare: onOff(
		'Restrict Sharing',
		'Whether members are prevented from resharing records',
		'Members cannot share records',
		'Members can share records',
	),
	restrictView: onOff(
		'Restrict Viewing',
		'Whether members are prevented from viewing passwords',
		'Members cannot view passwords',
		'Members can view passwords',
	),
	newUsers: onOff(
		'Assign to New Users',
		'Whether every new user of the node gets the role',
		'New users get the role',
		'New users do not get the role',
	),
	userColumns,
	teamColumns,
	roleColumns,
	nodeColumns,
	search: {
		type: 'text',
		label: 'Search',
		description: 'Text that one of the columns must contain',
		placeholder: 'e.g. sales',
	},
} as const satisfies Record<string, Field>;
