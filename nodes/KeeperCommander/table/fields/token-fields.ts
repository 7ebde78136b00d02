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

/** The fields of API tokens and their rotation. */
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
		description: 'What the token can do; grant only what is needed',
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
		description: 'How long the token is valid',
		options: {
			'24h': { name: '24 Hours', description: 'Valid for one day' },
			'7d': { name: '7 Days', description: 'Valid for one week' },
			'30d': {
				name: '30 Days',
				description: 'Valid for 30 days; rotate it before it expires',
			},
			'1y': { name: '1 Year', description: 'Valid for one year' },
			never: { name: 'Never', description: 'Valid until it is revoked' },
		},
		default: '30d',
	},
	rotationName: {
		type: 'text',
		label: 'Base Name',
		description: 'The prefix of every token name in this rotation; the creation time is appended',
		placeholder: 'e.g. n8n SIEM',
	},
	newTokenName: {
		type: 'text',
		label: 'New Token Name',
		description: 'The name of the new token, from Start Rotation',
	},
	newToken: {
		type: 'secret',
		label: 'New Token',
		description: 'The new token, from Start Rotation',
	},
	oldTokenNames: {
		type: 'names',
		label: 'Old Token Names',
		description: 'The tokens to revoke, from Start Rotation: one name, or a list of names',
	},
	region: {
		type: 'choice',
		label: 'Region',
		description: 'The data region of your Keeper tenant, where the new token is tested',
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
