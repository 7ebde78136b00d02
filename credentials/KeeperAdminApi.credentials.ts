import type {
	Icon,
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { BASE_URL_EXPRESSION } from '../nodes/shared/keeper-region';
import { baseUrlField, regionField } from '../nodes/shared/keeper-region-fields';

export class KeeperAdminApi implements ICredentialType {
	name = 'keeperAdminApi';

	displayName = 'Keeper Admin API';

	icon: Icon = { light: 'file:keeperAdminApi.svg', dark: 'file:keeperAdminApi.dark.svg' };

	documentationUrl = 'https://docs.keeper.io/en/keeperpam/commander-cli/admin-rest-api';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			description:
				"A token with the integration SIEM (read), from the Admin Console or Keeper Commander. A pasted 'Bearer' in front and white space around it are ignored.",
			default: '',
		},
		regionField,
		baseUrlField,
	];

	// Keeper wants the token in a header of its own; Authorization is not read.
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				'x-api-token':
					"=Bearer {{ String($credentials.apiToken ?? '').trim().replace(/^Bearer\\s+/i, '') }}",
			},
		},
	};

	// One event at most, of the last minute.
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL_EXPRESSION,
			url: '/api/rest/public/events',
			qs: {
				start_date: '={{ new Date(Date.now() - 60000).toISOString() }}',
				end_date: '={{ new Date().toISOString() }}',
				limit: 1,
			},
			disableFollowRedirect: true,
		},
		rules: [
			[
				401,
				"Keeper did not accept the token. It may have expired or been revoked, belong to another region, or lack the integration 'SIEM' (read); or the reporting add-on (ARAM) is missing from the Keeper plan.",
			],
			[
				403,
				"Keeper knows the token but does not let it read events. It needs the integration 'SIEM' (read), and the Keeper plan needs the reporting add-on (ARAM).",
			],
			[400, "Keeper did not understand the request. Check 'Region' or 'Base URL'."],
			[404, "The address answers, but not as Keeper's Admin API. Check 'Region' or 'Base URL'."],
			[429, 'Keeper is receiving too many requests. Test again later.'],
			[500, 'Keeper answers, but cannot work at the moment. Test again later.'],
			[502, 'Keeper answers, but cannot work at the moment. Test again later.'],
			[503, 'Keeper answers, but cannot work at the moment. Test again later.'],
		].map(([value, message]) => ({
			type: 'responseCode' as const,
			properties: { value: Number(value), message: String(message) },
		})),
	};
}
