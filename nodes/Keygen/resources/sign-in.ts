import { attributes, flag, meta, text } from '../fields';
import { resource } from '../row';
import { members } from './members';

const userOnly =
	'Acts on the user that is given; only that user, an admin or a product of theirs may.';

export const password = resource({
	label: 'Password',
	type: 'users',
	docs: 'passwords',
	fields: meta({
		email: text('Email', { placeholder: 'e.g. jane@example.com' }),
		deliver: flag(
			'Send Email',
			'Keygen sends the email; when off, the token arrives with the event user.password-reset only',
			{ default: false },
		),
		oldPassword: text('Old Password', { secret: true }),
		newPassword: text('New Password', { secret: true }),
		passwordResetToken: text('Password Reset Token', {
			secret: true,
			description: 'From the email or the event user.password-reset',
		}),
	}),
	operations: {
		requestReset: {
			name: 'Request Reset',
			action: 'Request password reset',
			description: 'Start the reset of a forgotten password; succeeds for unknown users too',
			request: 'POST /passwords',
			required: ['email'],
			optional: ['deliver'],
			answer: 'done',
		},
		reset: {
			name: 'Reset',
			action: 'Reset password',
			description: 'Set a new password with the token of a requested reset',
			request: 'POST /users/{user}/actions/reset-password',
			required: ['passwordResetToken', 'newPassword'],
			notFound: "There is no such user, or 'Password Reset Token' is wrong or older than a day",
		},
		update: {
			name: 'Update',
			action: 'Update password',
			description: 'Set a new password by giving the old one; revokes all other tokens of the user',
			request: 'POST /users/{user}/actions/update-password',
			required: ['oldPassword', 'newPassword'],
			note: userOnly,
		},
	},
});

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

function renamed(rows: ReturnType<typeof members>): ReturnType<typeof members> {
	const [many, one] = Object.values(rows);
	return {
		getAll: { ...many, name: 'Get Many', action: 'Get many second factors' },
		get: { ...one, name: 'Get', action: 'Get second factor' },
	};
}

export const profile = resource({
	label: 'Profile',
	type: 'users',
	docs: 'profiles',
	description: 'Who or what the credential stands for',
	fields: {},
	operations: {
		get: {
			name: 'Get',
			action: 'Get profile',
			description: 'Get whom the credential stands for, with its token',
			request: 'GET /me',
		},
		getWithTokenId: {
			name: 'Get with Token ID',
			action: 'Get profile with token ID',
			description: 'Get whom the credential stands for, with the ID of its token',
			request: 'GET /profile',
		},
	},
});
