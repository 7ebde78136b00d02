import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { BASE_URL_EXPRESSION } from '../nodes/shared/keeper/keeper-region';
import { baseUrlField, regionField } from '../nodes/shared/keeper/keeper-region-fields';

const NOT_KEEPER =
	"The address answers, but not as Keeper's partner API. Check 'Region' or 'Base URL'.";
const BUSY = 'Keeper answers, but cannot work at the moment. Test again later.';

/** Answers other than the documented 400, and what they mean for the credential. */
const UNEXPECTED: Record<number, string> = {
	401: NOT_KEEPER,
	403: 'The address refuses requests from here. Ask your Keeper representative whether your network is allowed.',
	404: NOT_KEEPER,
	405: NOT_KEEPER,
	429: BUSY,
	500: BUSY,
	502: BUSY,
	503: BUSY,
	504: BUSY,
};

export class KeeperPartnerApi implements ICredentialType {
	name = 'keeperPartnerApi';

	displayName = 'Keeper Partner API';

	icon: Icon = { light: 'file:keeperPartnerApi.svg', dark: 'file:keeperPartnerApi.dark.svg' };

	documentationUrl =
		'https://docs.keeper.io/en/enterprise-guide/personal-vaults-for-enterprise-and-business-users/provision-student-plans-via-api';

	// Each request is signed for one person, so other nodes could not use the secret; they could
	// only send it somewhere.
	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName:
				'The connection test creates nothing. It shows that the address answers; only the first provisioning proves the name and the secret.',
			name: 'testNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Partner Name',
			name: 'partnerName',
			type: 'string',
			required: true,
			placeholder: 'e.g. northfield-university',
			description: 'The identifier that Keeper issued to you',
			default: '',
		},
		{
			displayName: 'Partner Secret',
			name: 'partnerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			description:
				"The secret that Keeper issued with the name; some pages call it 'salt'. White space around it, as left by copying from a record, is ignored.",
			default: '',
		},
		regionField,
		baseUrlField,
		{
			displayName: 'Domains Students Must Not Use',
			name: 'forbiddenDomains',
			type: 'string',
			placeholder: 'e.g. university.edu',
			description:
				"Your university's primary domain, and any other that Keeper must not see in a Student plan, separated by commas. Such addresses are refused before any call.",
			default: '',
		},
		{
			displayName: 'Forbid Their Sub-Domains Too',
			name: 'forbidSubdomains',
			type: 'boolean',
			description:
				'Whether students.university.edu is forbidden when university.edu is. Usually off, as students often have a sub-domain.',
			default: false,
		},
	];

	// Without parameters Keeper answers 400 with `success: false` and creates nothing.
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL_EXPRESSION,
			url: '/bi_api/v1/services/partner/create-license',
			method: 'GET',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: Object.keys(UNEXPECTED).map(Number) },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'success', value: undefined, message: NOT_KEEPER },
			},
			...Object.entries(UNEXPECTED).map(([status, message]) => ({
				type: 'responseCode',
				properties: { value: Number(status), message },
			})),
			// n8n applies a mixture of rules, though its type allows for one kind only.
		] as ICredentialTestRequest['rules'],
	};
}
