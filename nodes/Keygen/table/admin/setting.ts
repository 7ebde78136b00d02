import { attributes, choice, json } from '../fields';
import { resource } from '../resource';

export const setting = resource({
	label: 'Setting',
	type: 'settings',
	docs: 'settings',
	description: 'Defaults of the account; needs a server of version 1.6.0 at least',
	fields: attributes({
		key: choice('Key', {
			default_license_permissions: 'Default License Permissions',
			default_user_permissions: 'Default User Permissions',
		}),
		value: json('Value', {
			default: '[]',
			placeholder: 'e.g. ["license.read", "license.validate"]',
			description: 'As JSON, such as a list of permissions',
		}),
	}),
	operations: {
		create: {
			name: 'Create',
			action: 'Create setting',
			request: 'POST /v1/accounts/{account}/settings',
			required: ['key', 'value'],
		},
		get: {
			name: 'Get',
			action: 'Get setting',
			request: 'GET /v1/accounts/{account}/settings/{setting}',
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many settings',
			request: 'GET /v1/accounts/{account}/settings',
			answer: 'list',
		},
		update: {
			name: 'Update',
			action: 'Update setting',
			request: 'PATCH /v1/accounts/{account}/settings/{setting}',
			required: ['value'],
		},
		delete: {
			name: 'Delete',
			action: 'Delete setting',
			request: 'DELETE /v1/accounts/{account}/settings/{setting}',
		},
	},
});
