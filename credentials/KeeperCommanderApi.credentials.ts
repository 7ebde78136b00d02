import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { BASE_URL_EXPRESSION } from '../nodes/KeeperCommander/service/base-url';

const NOT_COMMANDER =
	"The server responds, but not as Service Mode with its queue. Check 'Base URL'. Service Mode must be version 17.1.7 or later, with its queue on (-q y).";
const REFUSED = "Service Mode does not know the API key. Check 'API Key'.";
const EXPIRED = 'The API key has expired. Create a new one with service-config-add.';
const NOT_LET_IN =
	'Service Mode does not let this address in. Add the address of n8n to its list of allowed addresses (-aip).';
const TOO_MANY =
	'Too many requests to Service Mode, which allows 60 per minute by default. Test again in a minute.';
const BUSY =
	'A proxy in front of Service Mode reports that the service is unavailable. Test again later.';

/** What response statuses mean for the credential. */
const BY_STATUS: Record<number, string> = {
	404: NOT_COMMANDER,
	405: NOT_COMMANDER,
	429: TOO_MANY,
	500: BUSY,
	502: BUSY,
	503: BUSY,
	504: BUSY,
};

/** 401 and 403 have several meanings, told apart by the response's words. */
const BY_ERROR: Record<string, string> = {
	'API key has expired': EXPIRED,
	'Please provide a valid api key': REFUSED,
	'IP is not allowed to call API service': NOT_LET_IN,
	'Access denied': NOT_LET_IN,
};

export class KeeperCommanderApi implements ICredentialType {
	name = 'keeperCommanderApi';

	displayName = 'Keeper Commander API';

	icon: Icon = { light: 'file:keeperCommanderApi.svg', dark: 'file:keeperCommanderApi.dark.svg' };

	documentationUrl = 'https://docs.keeper.io/keeperpam/commander-cli/service-mode-rest-api';

	// The key carries an administrator's rights, and other nodes could send it anywhere.
	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			placeholder: 'e.g. https://commander.example.com:8900',
			description:
				'Where Service Mode listens. Must start with https://; only an address of this machine itself may use http://.',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			description: 'Printed once, when Service Mode is created or a key is added',
			default: '',
		},
		{
			displayName: 'Encryption Key',
			name: 'encryptionSecret',
			type: 'string',
			typeOptions: { password: true },
			description: 'The 32 characters given to -ek when Service Mode was created; empty without it',
			default: '',
		},
		{
			displayName: 'Allow HTTP in a Private Network',
			name: 'allowHttp',
			type: 'boolean',
			description:
				'Whether to send the API key in clear within a private network, as to a container beside n8n. Whoever listens there can read it.',
			default: false,
		},
		{
			displayName: 'Ignore TLS Issues',
			name: 'ignoreTlsIssues',
			type: 'boolean',
			description:
				'Whether to accept certificates that cannot be verified. Whoever is between n8n and the service could then read the key.',
			default: false,
		},
	];

	// The status of the queue: it changes nothing, and needs no command in the key's list.
	test: ICredentialTestRequest = {
		request: {
			baseURL: BASE_URL_EXPRESSION,
			url: '/api/v2/queue/status',
			headers: { 'api-key': "={{ String($credentials.apiKey ?? '').trim() }}" },
			disableFollowRedirect: true,
			skipSslCertificateValidation:
				'={{ $credentials.ignoreTlsIssues === true }}' as unknown as boolean,
			ignoreHttpStatusErrors: { ignore: true, except: Object.keys(BY_STATUS).map(Number) },
		},
		rules: [
			...Object.entries(BY_ERROR).map(([value, message]) => ({
				type: 'responseSuccessBody',
				properties: { key: 'error', value, message },
			})),
			...Object.entries(BY_STATUS).map(([status, message]) => ({
				type: 'responseCode',
				properties: { value: Number(status), message },
			})),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'worker_running',
					value: false,
					message: 'The queue of Service Mode has stopped. Restart Service Mode.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'worker_running', value: undefined, message: NOT_COMMANDER },
			},
			// n8n applies a mixture of rules, though its type allows for one kind only.
		] as ICredentialTestRequest['rules'],
	};
}
