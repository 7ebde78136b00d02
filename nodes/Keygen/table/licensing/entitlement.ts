import { attributes, environment, metadata, relationships, text } from '../fields';
import { resource } from '../resource';

export const entitlement = resource({
	label: 'Entitlement',
	type: 'entitlements',
	docs: 'entitlements',
	fields: {
		...attributes({
			name: text('Name', { placeholder: 'e.g. Premium Support' }),
			code: text('Code', { placeholder: 'e.g. PREMIUM_SUPPORT' }),
			metadata,
		}),
		...relationships({ environment }),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create entitlement',
			request: 'POST /entitlements',
			required: ['name', 'code'],
			optional: ['metadata', 'environment'],
		},
		get: { name: 'Get', action: 'Get entitlement', request: 'GET /entitlements/{entitlement}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many entitlements',
			request: 'GET /entitlements',
			answer: 'list',
		},
		update: {
			name: 'Update',
			action: 'Update entitlement',
			request: 'PATCH /entitlements/{entitlement}',
			optional: ['name', 'code', 'metadata'],
		},
		delete: {
			name: 'Delete',
			action: 'Delete entitlement',
			request: 'DELETE /entitlements/{entitlement}',
			notice:
				'Takes the entitlement away from every policy, license and release that has it. This cannot be undone.',
		},
	},
});
