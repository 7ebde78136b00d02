import {
	attributes,
	environment,
	limit,
	linkages,
	metadata,
	records,
	relationships,
	text,
} from '../fields';
import { resource } from '../resource';
import { members } from '../parts/members';

const maxima = ['maxUsers', 'maxLicenses', 'maxMachines'] as const;

export const group = resource({
	label: 'Group',
	type: 'groups',
	docs: 'groups',
	fields: {
		...attributes({
			name: text('Name', { placeholder: 'e.g. Sales' }),
			maxUsers: limit('Max Users', { min: 0 }),
			maxLicenses: limit('Max Licenses', { min: 0 }),
			maxMachines: limit('Max Machines', { min: 0 }),
			metadata,
		}),
		...relationships({ environment }),
		...linkages({ users: records('User', 'user') }),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create group',
			request: 'POST /groups',
			required: ['name'],
			optional: [...maxima, 'metadata', 'environment'],
		},
		get: { name: 'Get', action: 'Get group', request: 'GET /groups/{group}' },
		getAll: { name: 'Get Many', action: 'Get many groups', request: 'GET /groups', answer: 'list' },
		update: {
			name: 'Update',
			action: 'Update group',
			request: 'PATCH /groups/{group}',
			optional: ['name', ...maxima, 'metadata'],
		},
		delete: { name: 'Delete', action: 'Delete group', request: 'DELETE /groups/{group}' },
		...members('group', { path: 'users', record: 'user', one: 'user', many: 'users' }),
		...members('group', { path: 'licenses', record: 'license', one: 'license', many: 'licenses' }),
		...members('group', { path: 'machines', record: 'machine', one: 'machine', many: 'machines' }),
		...members('group', { path: 'owners', record: 'groupOwner', one: 'owner', many: 'owners' }),
		attachOwners: {
			name: 'Attach Owners',
			action: 'Attach owners to group',
			request: 'POST /groups/{group}/owners',
			link: 'users',
			answer: 'records',
		},
		detachOwners: {
			name: 'Detach Owners',
			action: 'Detach owners from group',
			request: 'DELETE /groups/{group}/owners',
			link: 'users',
			answer: 'done',
			repeatable: false,
		},
	},
});
