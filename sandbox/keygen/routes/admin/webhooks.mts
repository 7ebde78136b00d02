import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, update } from '../../editing/changing.mts';
import { retryEvent } from '../../handlers/webhook-events.mts';
import { ENVIRONMENT } from '../../notation/linkages.mts';
import { list, show } from '../../reading/reading.mts';

const type = 'webhook-endpoints';
const attributes = (url: string) =>
	`${url}; subscriptions?: string[]; apiVersion?: string ∈{1.0,1.1,1.2,1.3,1.4,1.5,1.6,1.7,1.8}; signatureAlgorithm?: string`;
const product = 'product?→{products}|null';
const readers = 'PRIV,read-only';

export const webhookEndpointRows: Row[] = [
	row('GET /webhook-endpoints', readers, list(type)),
	row('GET /webhook-endpoints/{id}', readers, show(type)),
	row('POST /webhook-endpoints', 'PRIV', create(type), {
		type,
		attributes: attributes('url: string'),
		relationships: `? ${ENVIRONMENT}; ${product}`,
	}),
	row('PATCH|PUT /webhook-endpoints/{id}', 'PRIV', update(type), {
		type,
		id: 'ignored',
		attributes: `? ${attributes('url?: string')}`,
		relationships: `? ${product}`,
	}),
	row('DELETE /webhook-endpoints/{id}', 'PRIV', destroy(type)),
];

export const webhookEventRows: Row[] = [
	row('GET /webhook-events', readers, list('webhook-events'), { filters: 'events' }),
	row('GET /webhook-events/{id}', readers, show('webhook-events')),
	row('DELETE /webhook-events/{id}', 'PRIV', destroy('webhook-events')),
	row('POST /webhook-events/{id}/actions/retry', 'PRIV', retryEvent),
];
