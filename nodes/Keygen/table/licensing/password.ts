import { flag, meta, text } from '../fields';
import { resource } from '../resource';

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
