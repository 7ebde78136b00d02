import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import {
	ACCOUNT_URL_EXPRESSION,
	AUTHORIZATION_EXPRESSION,
} from '../nodes/Keygen/service/credential-expressions';
import { allowedDomainsFields } from '../nodes/shared/http/allowed-domains-fields';
import { CREDENTIAL_CODES } from '../nodes/Keygen/messages/known-codes';

export class KeygenApi implements ICredentialType {
	name = 'keygenApi';

	displayName = 'Keygen API';

	icon: Icon = { light: 'file:keygenApi.svg', dark: 'file:keygenApi.dark.svg' };

	documentationUrl = 'https://keygen.sh/docs/api/authentication/';

	properties: INodeProperties[] = [
		{
			displayName: 'Where Keygen Is',
			name: 'host',
			type: 'options',
			options: [
				{ name: 'Keygen Cloud', value: 'cloud', description: 'At api.keygen.sh' },
				{
					name: 'Keygen Cloud, Custom Domain',
					value: 'customDomain',
					description: 'At a domain of yours that points to Keygen Cloud',
				},
				{ name: 'Self-Hosted', value: 'selfHosted', description: 'A server of your own, CE or EE' },
			],
			default: 'cloud',
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			required: true,
			placeholder: 'e.g. my-company',
			description: "The account's ID or slug",
			displayOptions: { show: { host: ['cloud'] } },
			default: '',
		},
		{
			displayName: 'Custom Domain',
			name: 'domain',
			type: 'string',
			required: true,
			placeholder: 'e.g. licensing.example.com',
			displayOptions: { show: { host: ['customDomain'] } },
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			placeholder: 'e.g. https://keygen.example.com',
			description:
				"Address of the server, without /v1. Must start with https://; http:// is for this machine itself, and for a private network with 'Allow HTTP in a Private Network'.",
			displayOptions: { show: { host: ['selfHosted'] } },
			default: '',
		},
		{
			displayName: 'Account',
			name: 'selfHostedAccount',
			type: 'string',
			placeholder: 'e.g. my-company',
			description: 'ID or slug; needed only where the server holds several accounts',
			displayOptions: { show: { host: ['selfHosted'] } },
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'License Key',
					value: 'licenseKey',
					description: 'Act as a license; its policy must allow that',
				},
				{
					name: 'Token',
					value: 'token',
					description: 'Of an admin, product, environment, user or license',
				},
			],
			default: 'token',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			placeholder: 'e.g. prod-…v3',
			description:
				'A product token sees what belongs to its product, and every user of the account. It is enough for most workflows, but not for Keygen Trigger. An admin or environment token can do everything. It is shown once, when it is made.',
			displayOptions: { show: { authentication: ['token'] } },
			default: '',
		},
		{
			displayName: 'License Key',
			name: 'licenseKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			displayOptions: { show: { authentication: ['licenseKey'] } },
			default: '',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'string',
			placeholder: 'e.g. sandbox',
			description:
				'Code or ID of an environment; the global one when empty. Keygen Cloud and EE only.',
			default: '',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			description: 'Self-hosted servers older than 1.5.0 do not know 1.8',
			options: [
				{ name: '1.7', value: '1.7' },
				{ name: '1.8', value: '1.8' },
			],
			default: '1.8',
		},
		{
			displayName: 'Allow HTTP in a Private Network',
			name: 'allowHttp',
			type: 'boolean',
			description:
				'Whether to send the token in clear within a private network, as to a container beside n8n. Whoever listens there can read it.',
			displayOptions: { show: { host: ['selfHosted'] } },
			default: false,
		},
		{
			displayName: 'Ignore TLS Issues',
			name: 'ignoreTlsIssues',
			type: 'boolean',
			description:
				'Whether to take certificates that cannot be verified. Whoever is between n8n and the server could then read the token.',
			displayOptions: { show: { host: ['selfHosted'] } },
			default: false,
		},
		...allowedDomainsFields('host', [
			{ chosen: ['cloud'], hosts: ['api.keygen.sh'] },
			{ chosen: ['customDomain', 'selfHosted'], hosts: [] },
		]),
	];

	// For the HTTP Request node and for the test below; the Keygen node sends the same by itself.
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: AUTHORIZATION_EXPRESSION,
				'Keygen-Version': '={{ $credentials.apiVersion || "1.8" }}',
				// The HTTP Request node reads no other JSON type as JSON.
				Accept: 'application/json',
				// n8n would send an empty header, which the service takes for an unknown environment.
				'={{ String($credentials.environment ?? "").trim() ? "Keygen-Environment" : "Accept" }}':
					'={{ String($credentials.environment ?? "").trim() || "application/json" }}',
				// The server sends plain http on to https, unless a proxy says that it was https before.
				'={{ $credentials.host === "selfHosted" && /^http:/i.test(String($credentials.baseUrl ?? "").trim()) ? "X-Forwarded-Proto" : "Accept" }}':
					'={{ $credentials.host === "selfHosted" && /^http:/i.test(String($credentials.baseUrl ?? "").trim()) ? "https" : "application/json" }}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: ACCOUNT_URL_EXPRESSION,
			url: '/me',
			method: 'GET',
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			skipSslCertificateValidation:
				'={{ $credentials.host === "selfHosted" && $credentials.ignoreTlsIssues === true }}' as unknown as boolean,
		},
		rules: [
			...Object.entries(CREDENTIAL_CODES).map(([code, { message, advice }]) => ({
				type: 'responseSuccessBody' as const,
				properties: { key: 'errors[0].code', value: code, message: `${message}. ${advice}` },
			})),
			...Object.entries(UNCODED).map(([title, message]) => ({
				type: 'responseSuccessBody' as const,
				properties: { key: 'errors[0].title', value: title, message },
			})),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data.id',
					value: undefined,
					message:
						"The address answers, but not as Keygen's API. Check where Keygen is, and the account.",
				},
			},
		],
	};
}

/** For errors without a code, by their title. */
const UNCODED: Readonly<Record<string, string>> = {
	'Access denied': 'The token is not allowed to ask who it stands for. Check its permissions.',
	'Not found': 'Keygen does not know the account. Check the account, and where Keygen is.',
	'Payment required': 'The Keygen account has used up its plan. Check it in the Keygen dashboard.',
	'Too many requests': 'Keygen asks for fewer requests. Test again in a minute.',
	Unauthorized: 'Keygen did not accept the token or license key. Check it.',
};
