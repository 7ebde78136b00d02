import { KEEPER_REGIONS } from '../../../shared/keeper/keeper-region';
import type { Choice, Field } from './field';

const REGIONS: Record<string, Choice> = {
	...Object.fromEntries(
		Object.entries(KEEPER_REGIONS).map(([value, { name, baseUrl }]) => [
			value,
			{ name, description: new URL(baseUrl).host },
		]),
	),
	custom: { name: 'Custom Base URL', description: 'An address of your own choice' },
};

/** What describes API tokens and their rotation. */
export const TOKEN_FIELDS = {
	token: {
		type: 'record',
		list: 'tokens',
		label: 'Token',
		description: 'The name of the token',
	},
	tokenName: {
		type: 'text',
		label: 'Name',
		description: 'The name of the new token, which no other token may have',
		placeholder: 'e.g. n8n SIEM',
	},
	integrations: {
		type: 'choices',
		label: 'Permissions',
		description: 'What the token may do; choose only what its user needs',
		options: {
			'BILLING:1': { name: 'Billing: Read', description: 'Usage of managed companies; MSPs only' },
			'BILLING:2': { name: 'Billing: Read and Write', description: 'The same, with changes' },
			'CSPM:1': { name: 'CSPM: Read', description: 'Risk management' },
			'CSPM:2': { name: 'CSPM: Read and Write', description: 'Risk management, with changes' },
			'SIEM:1': { name: 'SIEM: Read', description: 'Audit events; enough for Keeper Admin Events' },
			'SIEM:2': { name: 'SIEM: Read and Write', description: 'Audit events, with changes' },
		},
		default: ['SIEM:1'],
	},
	expires: {
		type: 'choice',
		label: 'Expires After',
		description: 'How long the token is good for',
		options: {
			'24h': { name: '24 Hours', description: 'Good for one day' },
			'7d': { name: '7 Days', description: 'Good for a week' },
			'30d': {
				name: '30 Days',
				description: 'Good for a month; replace it before that with a rotation',
			},
			'1y': { name: '1 Year', description: 'Good for a year' },
			never: { name: 'Never', description: 'Good until it is revoked' },
		},
		default: '30d',
	},
	rotationName: {
		type: 'text',
		label: 'Base Name',
		description:
			'What the names of this token and all its successors begin with; each gets the time it was made',
		placeholder: 'e.g. n8n SIEM',
	},
	newTokenName: {
		type: 'text',
		label: 'New Token Name',
		description: 'The name of the token that stays, from Start Rotation',
	},
	newToken: {
		type: 'secret',
		label: 'New Token',
		description: 'The token that stays, from Start Rotation',
	},
	oldTokenNames: {
		type: 'names',
		label: 'Old Token Names',
		description: 'The tokens to revoke, from Start Rotation: one name, or a list of names',
	},
	region: {
		type: 'choice',
		label: 'Region',
		description: 'The data region of your Keeper tenant, where the new token is tried out',
		options: REGIONS,
		default: 'US',
	},
	baseUrl: {
		type: 'text',
		label: 'Base URL',
		description: 'Where the Keeper Admin API answers; must start with https://',
		placeholder: 'e.g. https://keepersecurity.com',
		when: { region: 'custom' },
	},
} as const satisfies Record<string, Field>;
