import { attributes, flag, meta, text } from '../fields';
import { resource } from '../resource';
import { members } from '../parts/members';

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
			optional: ['password', 'otp'],
		},
		...renamed(
			members('user', {
				path: 'second-factors',
				record: 'secondFactor',
				one: 'second factor',
				many: 'second factors',
			}),
		),
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

/** The rows of the resource's own records, which are a relation of users at the service. */
function renamed({ getSecondFactors: many, getSecondFactor: one }: ReturnType<typeof members>) {
	return {
		getAll: { ...many, name: 'Get Many', action: 'Get many second factors' },
		get: { ...one, name: 'Get', action: 'Get second factor' },
	};
}
