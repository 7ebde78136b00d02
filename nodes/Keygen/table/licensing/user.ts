import {
	attributes,
	choice,
	environment,
	linkages,
	metadata,
	permissions,
	record,
	relationships,
	text,
} from '../fields';
import { resource } from '../resource';
import { members, owners } from '../parts/members';
import { TOKEN_FIELDS, tokenRows } from '../parts/token-fields';

const include = ['group', 'licenses', 'machines', 'products'] as const;

export const user = resource({
	label: 'User',
	type: 'users',
	docs: 'users',
	fields: {
		...TOKEN_FIELDS,
		...attributes({
			email: text('Email', { placeholder: 'e.g. jane@example.com' }),
			firstName: text('First Name', { nullable: true }),
			lastName: text('Last Name', { nullable: true }),
			password: text('Password', {
				secret: true,
				nullable: 'No Password',
				description: 'A user without one can only be given tokens',
			}),
			role: choice(
				'Role',
				['admin', 'developer', 'read-only', 'sales-agent', 'support-agent', 'user'],
				{
					default: 'user',
					description: 'Only admins may set it',
				},
			),
			metadata,
			permissions,
		}),
		...relationships({ group: record('Group', 'group'), environment }),
		...linkages({ newGroup: record('New Group', 'group') }),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create user',
			request: 'POST /users',
			required: ['email'],
			optional: [
				'firstName',
				'lastName',
				'password',
				'role',
				'metadata',
				'permissions',
				'group',
				'environment',
			],
		},
		createOrGet: {
			name: 'Create or Get',
			action: 'Create or get user',
			description:
				"Find a user by email, or create it with the fields given; 'isNew' tells which. A user who exists stays as it is.",
			request: 'POST /users',
			required: ['email'],
			optional: [
				'firstName',
				'lastName',
				'password',
				'role',
				'metadata',
				'permissions',
				'group',
				'environment',
			],
			compound: 'createOrGetUser',
		},
		get: { name: 'Get', action: 'Get user', request: 'GET /users/{user}', include },
		getAll: {
			name: 'Get Many',
			action: 'Get many users',
			request: 'GET /users',
			answer: 'list',
			include,
			filters: [
				'metadata',
				'roles',
				'product',
				'license',
				'group',
				'userStatus',
				'assigned',
				'active',
			],
		},
		update: {
			name: 'Update',
			action: 'Update user',
			request: 'PATCH /users/{user}',
			optional: ['email', 'firstName', 'lastName', 'password', 'role', 'metadata', 'permissions'],
		},
		delete: {
			name: 'Delete',
			action: 'Delete user',
			request: 'DELETE /users/{user}',
			notice:
				'Deletes the licenses that the user owns, with their machines, as well. This cannot be undone.',
		},
		ban: { name: 'Ban', action: 'Ban user', request: 'POST /users/{user}/actions/ban' },
		unban: { name: 'Unban', action: 'Unban user', request: 'POST /users/{user}/actions/unban' },
		...owners('user', ['group']),
		changeGroup: {
			name: 'Change Group',
			action: 'Change user group',
			request: 'PATCH /users/{user}/group',
			link: 'newGroup',
		},
		removeGroup: {
			name: 'Remove Group',
			action: 'Remove user group',
			request: 'PATCH /users/{user}/group',
			link: null,
		},
		...members('user', { path: 'products', record: 'product', one: 'product', many: 'products' }),
		...members('user', {
			path: 'licenses',
			record: 'license',
			one: 'license',
			many: 'licenses',
			filters: ['product', 'policy', 'suspended'],
		}),
		...members('user', {
			path: 'machines',
			record: 'machine',
			one: 'machine',
			many: 'machines',
			filters: ['fingerprint', 'product', 'license'],
		}),
		...tokenRows('user', ['tokenExpiry', 'tokenName', 'permissions', 'environment']),
	},
});
