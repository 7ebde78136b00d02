import { attributes, choice, metadata, relationships, text, type Unplaced } from '../fields';
import type { Field } from '../field';
import { resource } from '../resource';
import { TOKEN_FIELDS, tokenRows } from '../parts/token-fields';

const admins: Unplaced = {
	label: 'Admins',
	type: 'embedded',
	wrap: 'users',
	description: 'Admins to create along with the environment',
	parts: attributes({
		email: text('Email', { placeholder: 'e.g. jane@example.com' }),
		firstName: text('First Name'),
		lastName: text('Last Name'),
		password: text('Password', { secret: true }),
		metadata: { ...metadata, type: 'json' },
	}) as Record<string, Field>,
};

export const environment = resource({
	label: 'Environment',
	type: 'environments',
	docs: 'environments',
	ee: true,
	fields: {
		...TOKEN_FIELDS,
		...attributes({
			name: text('Name', { placeholder: 'e.g. Sandbox' }),
			code: text('Code', { placeholder: 'e.g. sandbox' }),
			isolationStrategy: choice('Isolation Strategy', ['ISOLATED', 'SHARED'], {
				description: 'Whether it sees records of the global environment',
			}),
		}),
		...relationships({ admins }),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create environment',
			request: 'POST /environments',
			required: ['name', 'code'],
			optional: ['isolationStrategy', 'admins'],
		},
		get: { name: 'Get', action: 'Get environment', request: 'GET /environments/{environment}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many environments',
			request: 'GET /environments',
			answer: 'list',
		},
		update: {
			name: 'Update',
			action: 'Update environment',
			request: 'PATCH /environments/{environment}',
			optional: ['name', 'code'],
		},
		delete: {
			name: 'Delete',
			action: 'Delete environment',
			request: 'DELETE /environments/{environment}',
			notice: 'Deletes everything in the environment as well. This cannot be undone.',
			note: 'Everything in the environment is deleted with it.',
		},
		...tokenRows('environment', ['tokenExpiry', 'tokenName', 'permissions', 'environment']),
	},
});
