import { resource } from '../resource';

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
