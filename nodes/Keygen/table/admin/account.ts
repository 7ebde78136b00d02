import { API_VERSIONS } from '../api-versions';
import { attributes, choice, flag, text } from '../fields';
import { CONFIRMATION } from '../parts/confirmation';
import { resource } from '../resource';

const elsewhere = 'Not through a custom domain, where the service does not offer it.';

export const account = resource({
	label: 'Account',
	type: 'accounts',
	docs: 'accounts',
	fields: {
		...CONFIRMATION,
		...attributes({
			name: text('Name'),
			slug: text('Slug', { placeholder: 'e.g. my-company' }),
			apiVersion: choice('API Version', API_VERSIONS, {
				default: '1.8',
				description: 'For requests that name none',
			}),
			protected: flag('Protected', 'only signed-in users can create users'),
		}),
	},
	operations: {
		get: {
			name: 'Get',
			action: 'Get account',
			description: 'Get the account, with its public keys',
			request: 'GET /v1/accounts/{account}',
			note: elsewhere,
		},
		update: {
			name: 'Update',
			action: 'Update account',
			request: 'PATCH /v1/accounts/{account}',
			optional: ['name', 'slug', 'apiVersion', 'protected'],
			note: elsewhere,
		},
		delete: {
			name: 'Delete',
			action: 'Delete account',
			request: 'DELETE /v1/accounts/{account}',
			required: ['confirmation'],
			confirmed: true,
			notice:
				"Deletes the credential's whole account with everything in it. This cannot be undone.",
			note: elsewhere,
		},
		ping: {
			name: 'Ping',
			action: 'Ping service',
			description: 'See whether the service answers',
			request: 'GET /ping',
			answer: 'done',
		},
	},
});
