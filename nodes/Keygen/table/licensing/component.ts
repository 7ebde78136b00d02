import { attributes, environment, metadata, record, relationships, text } from '../fields';
import { resource } from '../resource';
import { owners } from '../parts/members';

export const component = resource({
	label: 'Component',
	type: 'components',
	docs: 'components',
	fields: {
		...attributes({
			fingerprint: text('Fingerprint'),
			name: text('Name', { placeholder: 'e.g. Main Board' }),
			metadata,
		}),
		...relationships({ machine: record('Machine', 'machine'), environment }),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create component',
			request: 'POST /components',
			required: ['machine', 'fingerprint', 'name'],
			optional: ['metadata', 'environment'],
		},
		get: { name: 'Get', action: 'Get component', request: 'GET /components/{component}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many components',
			request: 'GET /components',
			answer: 'list',
			filters: ['product', 'machine', 'license', 'owner', 'user'],
		},
		update: {
			name: 'Update',
			action: 'Update component',
			request: 'PATCH /components/{component}',
			optional: ['name', 'metadata'],
		},
		delete: {
			name: 'Delete',
			action: 'Delete component',
			request: 'DELETE /components/{component}',
		},
		...owners('component', ['product', 'license', 'machine']),
	},
});
