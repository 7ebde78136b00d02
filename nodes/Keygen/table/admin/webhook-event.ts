import { resource } from '../resource';

export const webhookEvent = resource({
	label: 'Webhook Event',
	type: 'webhook-events',
	docs: 'webhooks',
	fields: {},
	operations: {
		get: {
			name: 'Get',
			action: 'Get webhook event',
			request: 'GET /webhook-events/{webhookEvent}',
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many webhook events',
			request: 'GET /webhook-events',
			answer: 'list',
			filters: ['events'],
		},
		delete: {
			name: 'Delete',
			action: 'Delete webhook event',
			request: 'DELETE /webhook-events/{webhookEvent}',
		},
		retry: {
			name: 'Retry',
			action: 'Retry webhook event',
			description: 'Send an event again, as a new event with the same idempotency token',
			request: 'POST /webhook-events/{webhookEvent}/actions/retry',
		},
	},
});
