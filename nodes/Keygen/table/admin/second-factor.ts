import { attributes, flag, meta, text } from '../fields';
import { resource } from '../resource';

export const secondFactor = resource({
	label: 'Second Factor',
	type: 'second-factors',
	docs: 'second-factors',
	fields: {
		...attributes({ enabled: flag('Enabled', 'signing in asks for the second factor') }),
		...meta({
			password: text('Password', { secret: true, description: 'Of the user' }),
			otp: text('One-Time Password', {
				secret: true,
				description: 'Of the second factor',
				placeholder: 'e.g. 123456',
			}),
		}),
	},
	operations: {
		add: {
			name: 'Add',
			action: 'Add second factor',
			request: 'POST /users/{user}/second-factors',
			required: ['password'],
			optional: ['otp'],
		},
		get: {
			name: 'Get',
			action: 'Get second factor',
			request: 'GET /users/{user}/second-factors/{secondFactor}',
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many second factors',
			request: 'GET /users/{user}/second-factors',
			answer: 'list',
		},
		update: {
			name: 'Update',
			action: 'Update second factor',
			request: 'PATCH /users/{user}/second-factors/{secondFactor}',
			required: ['enabled', 'otp'],
			repeatable: false,
		},
		delete: {
			name: 'Delete',
			action: 'Delete second factor',
			request: 'DELETE /users/{user}/second-factors/{secondFactor}',
			optional: ['otp'],
		},
	},
});
