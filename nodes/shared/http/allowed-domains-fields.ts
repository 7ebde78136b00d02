import type { INodeProperties } from 'n8n-workflow';

/**
 * Says to which hosts n8n's HTTP Request and GraphQL nodes may send a credential. n8n would add the
 * same fields by itself, but open to any host.
 *
 * @param hosts by the credential's field that says where the service is: the hosts to begin with,
 *   none for a choice that leads to a server of the user's own
 */
export const allowedDomainsFields = (
	choice: string,
	hosts: Array<{ chosen: string[]; hosts: string[] }>,
): INodeProperties[] => [
	{
		displayName: 'Allowed HTTP Request Domains',
		name: 'allowedHttpRequestDomains',
		type: 'options',
		description:
			'The hosts to which the HTTP Request and GraphQL nodes may send this credential. The nodes of this package do not need it.',
		options: [
			{ name: 'All', value: 'all', description: 'Any host; whoever writes the URL gets the token' },
			{ name: 'None', value: 'none', description: 'Not for use in those nodes' },
			{ name: 'Specific Domains', value: 'domains', description: 'Only the hosts below' },
		],
		default: 'domains',
	},
	...hosts.map(
		({ chosen, hosts: allowed }): INodeProperties => ({
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'string',
			placeholder: 'e.g. api.example.com, *.example.com',
			description:
				'Host names, separated by commas. *.example.com does not include example.com itself. While the list is empty, those nodes refuse the credential.',
			displayOptions: { show: { allowedHttpRequestDomains: ['domains'], [choice]: chosen } },
			default: allowed.join(', '),
		}),
	),
];
