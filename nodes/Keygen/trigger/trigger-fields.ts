import type { INodeProperties } from 'n8n-workflow';

import { API_VERSIONS } from '../table/api-versions';
import { ONE_PER_EVENT, ONE_PER_RECORD } from './outputs';
import { eventOptions } from '../service/event-names';

const choices = (table: Readonly<Record<string, string>>) =>
	Object.entries(table).map(([value, name]) => ({ name, value }));

/** The parameters of Keygen Trigger. */
export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		description: 'Which events start the workflow. Type to search.',
		options: eventOptions,
		default: [],
	},
	{
		displayName: 'Other Events',
		name: 'otherEvents',
		type: 'string',
		placeholder: 'e.g. process.updated, group.owners.attached',
		description: 'Names of events that are not in the list, separated by commas',
		default: '',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		description: 'Whether to return a simplified version of the response instead of the raw data',
		default: true,
	},
	{
		displayName: 'Outputs',
		name: 'outputs',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'One for All Events',
				value: 'one',
				description: 'Every event leaves the node at the same output',
			},
			{
				name: 'One per Event',
				value: ONE_PER_EVENT,
				description: 'An output for each chosen event, which spares a Switch node',
			},
			{
				name: 'One per Kind of Record',
				value: ONE_PER_RECORD,
				description: 'An output for events of licenses, one for events of machines, and so on',
			},
		],
		default: 'one',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'API Version',
				name: 'apiVersion',
				type: 'options',
				description:
					"Shape of the records in the events. The credential's API version when not given.",
				options: choices(API_VERSIONS),
				default: '1.8',
			},
			{
				displayName: 'Days to Look Back for Lost Events',
				name: 'lostEventsDays',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 30 },
				description:
					'When n8n starts and when the workflow is published, events that Keygen could not deliver and gave up are fetched back. How old they may be; Keygen keeps them for 30 days. 0 turns it off.',
				default: 30,
			},
			{
				displayName: 'Minutes Between Looks for Lost Events',
				name: 'lostEventsMinutes',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1440 },
				description:
					'How often to look for lost events while the workflow is published. 0 for only when n8n starts and when the workflow is published.',
				default: 10,
			},
			{
				displayName: 'Product',
				name: 'product',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description:
					'Only events of this product. Some kinds of events, such as those of accounts, belong to no product.',
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						typeOptions: { searchListMethod: 'searchProduct', searchable: true },
					},
					{
						displayName: 'By ID',
						name: 'id',
						type: 'string',
						placeholder: 'e.g. 0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31',
					},
					{
						displayName: 'By Code',
						name: 'code',
						type: 'string',
						placeholder: 'e.g. my-app',
					},
				],
			},
			{
				displayName: 'Public Key',
				name: 'publicKey',
				type: 'string',
				typeOptions: { rows: 3 },
				description:
					"Key to verify signatures with: hexadecimal, PEM, or in base64 as the account shows it. Fetched from the account when not given, which is not possible through a custom domain. It must fit 'Signature Algorithm'.",
				default: '',
			},
			{
				displayName: 'Run on Repeated Delivery',
				name: 'runRepeats',
				type: 'boolean',
				description:
					'Whether to run the workflow again when an event is delivered again, as by a retry in the Keygen dashboard. Otherwise a repeat is acknowledged and left at that.',
				default: false,
			},
			{
				displayName: 'Signature Age (Seconds)',
				name: 'toleranceSeconds',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 86400 },
				description:
					'How far the time of a signature may lie from the clock of n8n. Retries are signed anew, so short is safe.',
				default: 300,
			},
			{
				displayName: 'Signature Algorithm',
				name: 'signatureAlgorithm',
				type: 'options',
				options: [
					{
						name: 'ECDSA P-256',
						value: 'ecdsa-p256',
						description: 'Keygen 1.6.0 or later',
					},
					{ name: 'Ed25519', value: 'ed25519' },
					{ name: 'RSA PSS SHA-256', value: 'rsa-pss-sha256' },
					{ name: 'RSA SHA-256', value: 'rsa-sha256' },
				],
				default: 'ed25519',
			},
			{
				displayName: 'Verify Signatures',
				name: 'verify',
				type: 'boolean',
				description:
					'Whether to refuse requests that Keygen did not sign. Without it whoever knows the URL can start the workflow with any content.',
				default: true,
			},
			{
				displayName: 'Webhook URL',
				name: 'webhookUrl',
				type: 'string',
				placeholder: 'e.g. https://hooks.example.com/n8n/webhook/…',
				description:
					'Where Keygen is to send events, if that is not the Production URL shown above: behind a proxy that changes the path, or a tunnel. It must lead to the Production URL of this node. A user and password in front of the host are sent as Basic authentication, and shown to whoever may see webhook endpoints.',
				default: '',
			},
			{
				displayName: 'Webhook URL for Tests',
				name: 'testWebhookUrl',
				type: 'string',
				placeholder: 'e.g. https://hooks.example.com/n8n/webhook-test/…',
				description: 'The same for the Test URL, while the editor listens for a test event',
				default: '',
			},
		],
	},
];
