import { choice, meta, pairs } from '../fields';
import { resource } from '../resource';

export const search = resource({
	label: 'Search',
	type: 'search',
	docs: 'search',
	description:
		'For tokens of admins and other staff; not for product, environment, user and license tokens',
	fields: meta({
		type: choice(
			'Record Type',
			{
				entitlement: 'Entitlement',
				group: 'Group',
				license: 'License',
				machine: 'Machine',
				policy: 'Policy',
				product: 'Product',
				release: 'Release',
				'request-log': 'Request Log (EE)',
				user: 'User',
			},
			{ default: 'license' },
		),
		query: pairs('Query', {
			description:
				"What to look for, by field, such as 'name' or 'email'; texts have three characters at least",
		}),
		op: choice('Match', { AND: 'All Fields', OR: 'Any Field' }),
	}),
	operations: {
		search: {
			name: 'Search',
			action: 'Search records',
			request: 'POST /search',
			answer: 'list',
			required: ['type', 'query'],
			optional: ['op'],
			reads: true,
		},
	},
});
