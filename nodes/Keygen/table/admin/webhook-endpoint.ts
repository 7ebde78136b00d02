import { API_VERSIONS } from '../api-versions';
import { attributes, choice, choices, environment, record, relationships, text } from '../fields';
import { resource } from '../resource';

const optional = ['subscriptions', 'apiVersion', 'signatureAlgorithm', 'product'] as const;

export const webhookEndpoint = resource({
	label: 'Webhook Endpoint',
	type: 'webhook-endpoints',
	docs: 'webhooks',
	fields: {
		...attributes({
			url: text('URL', {
				placeholder: 'e.g. https://example.com/keygen',
				description: 'Must start with https:// and name a public host',
			}),
			subscriptions: choices(
				'Event Names or IDs',
				{},
				{
					loadOptions: 'getEventNames',
					description: "Events to send; all when not given. '*' stands for all and goes alone.",
				},
			),
			apiVersion: choice('API Version', API_VERSIONS, {
				default: '1.8',
				description: 'Shape of the records in the events',
			}),
			signatureAlgorithm: choice(
				'Signature Algorithm',
				{
					'ecdsa-p256': 'ECDSA P-256',
					ed25519: 'Ed25519',
					'rsa-pss-sha256': 'RSA PSS SHA-256',
					'rsa-sha256': 'RSA SHA-256',
				},
				{ default: 'ed25519' },
			),
		}),
		...relationships({
			product: record('Product', 'product', {
				nullable: 'All Products',
				description: 'Only events of this product',
			}),
			environment,
		}),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create webhook endpoint',
			request: 'POST /webhook-endpoints',
			required: ['url'],
			optional: [...optional, 'environment'],
		},
		get: {
			name: 'Get',
			action: 'Get webhook endpoint',
			request: 'GET /webhook-endpoints/{webhookEndpoint}',
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many webhook endpoints',
			request: 'GET /webhook-endpoints',
			answer: 'list',
		},
		update: {
			name: 'Update',
			action: 'Update webhook endpoint',
			request: 'PATCH /webhook-endpoints/{webhookEndpoint}',
			optional: ['url', ...optional],
		},
		delete: {
			name: 'Delete',
			action: 'Delete webhook endpoint',
			request: 'DELETE /webhook-endpoints/{webhookEndpoint}',
		},
	},
});
