import { attributes, choice, environment, metadata, record, relationships, text } from '../fields';
import { resource } from '../resource';
import { ENGINES } from '../release-values';

const optional = ['engine', 'metadata'] as const;

export const packages = resource({
	label: 'Package',
	type: 'packages',
	docs: 'packages',
	fields: {
		...attributes({
			name: text('Name', { placeholder: 'e.g. My Package' }),
			key: text('Key', { placeholder: 'e.g. my-package' }),
			engine: choice('Engine', ENGINES, { nullable: true, default: 'raw' }),
			metadata,
		}),
		...relationships({ product: record('Product', 'product'), environment }),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create package',
			request: 'POST /packages',
			required: ['product', 'name', 'key'],
			optional: [...optional, 'environment'],
		},
		get: { name: 'Get', action: 'Get package', request: 'GET /packages/{package}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many packages',
			request: 'GET /packages',
			answer: 'list',
			filters: ['product', 'engine'],
		},
		update: {
			name: 'Update',
			action: 'Update package',
			request: 'PATCH /packages/{package}',
			optional: ['name', 'key', ...optional],
		},
		delete: { name: 'Delete', action: 'Delete package', request: 'DELETE /packages/{package}' },
	},
});
