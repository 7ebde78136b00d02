import type {
	Icon,
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { bareSecretExpression } from '../nodes/shared/http/bare-secret';
import { allowedDomainsFields } from '../nodes/shared/http/allowed-domains-fields';
import { BASE_URL_EXPRESSION, KEEPER_REGIONS } from '../nodes/shared/keeper/keeper-region';
import { baseUrlField, regionField } from '../nodes/shared/keeper/keeper-region-fields';

const NOT_KEEPER =
	"The address answers, but not as Keeper's Admin API. Check 'Region' or 'Base URL', and the token.";
const REFUSED =
	"Keeper did not accept the token. It may have expired or been revoked, belong to another region, or lack the integration 'SIEM' (read); or the reporting add-on (ARAM) is missing from the Keeper plan.";
const FORBIDDEN =
	"Keeper does not let this token read events. It needs the integration 'SIEM' (read), and the Keeper plan needs the reporting add-on (ARAM). If many requests were made, wait a minute and test again.";
const TOO_MANY = 'Keeper is receiving too many requests. Test again in a minute.';
const BUSY = 'Keeper answers, but cannot work at the moment. Test again later.';

/** Answers that are no events, and what they mean for the credential. */
const BY_STATUS: Record<number, string> = {
	400: NOT_KEEPER,
	401: REFUSED,
	403: FORBIDDEN,
	404: NOT_KEEPER,
	429: TOO_MANY,
	500: BUSY,
	502: BUSY,
	503: BUSY,
	504: BUSY,
};

/** The same by the words in the answer, for n8n 1.x, which does not tell the status. */
const BY_ERROR: Record<string, string> = {
	Unauthorized: REFUSED,
	throttled: TOO_MANY,
	'Internal Server Error': BUSY,
};

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
		...allowedDomainsFields('region', [
			...Object.entries(KEEPER_REGIONS).map(([region, { baseUrl }]) => ({
				chosen: [region],
				hosts: [new URL(baseUrl).host],
			})),
			{ chosen: ['custom'], hosts: [] },
		]),
	];

	// Keeper wants the token in a header of its own; Authorization is not read.
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				'x-api-token': `=Bearer {{ ${bareSecretExpression('$credentials.apiToken')} }}`,
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
			ignoreHttpStatusErrors: { ignore: true, except: Object.keys(BY_STATUS).map(Number) },
		},
		rules: [
			...Object.entries(BY_STATUS).map(([status, message]) => ({
				type: 'responseCode',
				properties: { value: Number(status), message },
			})),
			...Object.entries(BY_ERROR).map(([value, message]) => ({
				type: 'responseSuccessBody',
				properties: { key: 'error', value, message },
			})),
			// Every page of events says whether there are more.
			{
				type: 'responseSuccessBody',
				properties: { key: 'has_more', value: undefined, message: NOT_KEEPER },
			},
			// n8n applies a mixture of rules, though its type allows for one kind only.
		] as ICredentialTestRequest['rules'],
	};
}
