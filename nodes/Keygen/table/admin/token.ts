import {
	attributes,
	choice,
	dateTime,
	environment,
	inputs,
	meta,
	permissions,
	record,
	relationships,
	text,
} from '../fields';
import { resource } from '../resource';

const optional = ['expiry', 'name', 'permissions', 'environment'] as const;
const bearerOf = (label: string, of: 'environment' | 'product' | 'user' | 'license') =>
	record(label, of, {
		at: 'relationships.bearer',
		when: { field: 'bearerType', is: of },
		description: `${label} that the token is for`,
	});

export const token = resource({
	label: 'Token',
	type: 'tokens',
	docs: 'tokens',
	fields: {
		...attributes({
			expiry: dateTime('Expiry', {
				nullable: 'Never Expires',
				description: "A user's token ends after 14 days when not given",
			}),
			name: text('Name'),
			permissions,
		}),
		...relationships({
			bearerEnvironment: { ...bearerOf('Environment', 'environment'), ee: true },
			bearerLicense: bearerOf('License', 'license'),
			bearerProduct: bearerOf('Product', 'product'),
			bearerUser: bearerOf('User', 'user'),
			environment,
		}),
		...inputs({
			bearerType: choice(
				'Bearer Type',
				{
					credential: 'Credential',
					environment: 'Environment',
					license: 'License',
					product: 'Product',
					user: 'User',
				},
				{
					default: 'credential',
					decides: true,
					description:
						"Who or what the token is for; Credential is whom the credential's token is of",
				},
			),
			email: text('Email', { placeholder: 'e.g. jane@example.com' }),
			password: text('Password', { secret: true }),
		}),
		...meta({
			otp: text('One-Time Password', {
				at: 'meta.otp',
				secret: true,
				description: 'Of the second factor, if there is one',
			}),
		}),
	},
	operations: {
		generate: {
			name: 'Generate',
			action: 'Generate token',
			description:
				'Make a token for whom the credential stands for, or for another bearer; its value is shown only now',
			request: 'POST /tokens',
			required: ['bearerType', 'bearerEnvironment', 'bearerLicense', 'bearerProduct', 'bearerUser'],
			optional: [...optional, 'otp'],
			compound: 'generateToken',
		},
		generateForPassword: {
			name: 'Generate for Email and Password',
			action: 'Generate token for email and password',
			description:
				'Make a token for a user who gives email and password; its value is shown only now',
			request: 'POST /tokens',
			required: ['email', 'password'],
			optional: [...optional, 'otp'],
			login: true,
		},
		get: { name: 'Get', action: 'Get token', request: 'GET /tokens/{token}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many tokens',
			request: 'GET /tokens',
			answer: 'list',
			filters: ['bearerType', 'bearerId', 'bearerRole'],
		},
		regenerate: {
			name: 'Regenerate',
			action: 'Regenerate token',
			description:
				'Give a token a new value, which is shown only now; the old one stops working. One that expires then expires in 14 days, whatever its expiry was.',
			request: 'PUT /tokens/{token}',
		},
		regenerateCurrent: {
			name: 'Regenerate Current',
			action: 'Regenerate current token',
			description:
				"Give the credential's own token a new value, which is shown only now. The credential must then be changed. A token that expires then expires in 14 days, whatever its expiry was.",
			request: 'PUT /tokens',
			notice:
				'The token of the credential stops working at once. Put the new one into the credential.',
		},
		revoke: { name: 'Revoke', action: 'Revoke token', request: 'DELETE /tokens/{token}' },
	},
});
