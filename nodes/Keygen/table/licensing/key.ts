import { attributes, environment, record, relationships, text } from '../fields';
import { resource } from '../resource';
import { owners } from '../parts/members';

export const key = resource({
	label: 'Key',
	type: 'keys',
	docs: 'keys',
	description: 'Keys in the pool of a policy',
	fields: {
		...attributes({ key: text('Key', { secret: true, description: 'From 8 to 1024 characters' }) }),
		...relationships({
			policy: record('Policy', 'policy', { description: 'A policy that uses a pool' }),
			environment,
		}),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create key',
			request: 'POST /keys',
			required: ['policy', 'key'],
			optional: ['environment'],
		},
		get: { name: 'Get', action: 'Get key', request: 'GET /keys/{key}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many keys',
			request: 'GET /keys',
			answer: 'list',
			filters: ['product', 'policy'],
		},
		update: {
			name: 'Update',
			action: 'Update key',
			request: 'PATCH /keys/{key}',
			optional: ['key'],
		},
		delete: { name: 'Delete', action: 'Delete key', request: 'DELETE /keys/{key}' },
		...owners('key', ['product', 'policy']),
	},
});
