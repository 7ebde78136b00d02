import type { View } from './view.mts';

export const eventViews: Record<string, View> = {
	'webhook-endpoints': {
		attributes: 'url subscriptions signatureAlgorithm apiVersion',
		direct: 'product',
	},
	'webhook-events': {
		attributes: 'endpoint apiVersion payload event status lastResponseCode lastResponseBody',
		meta: (_, item) => ({ idempotencyToken: item.facts.idempotencyToken }),
	},
	'event-logs': { attributes: 'event metadata', one: 'whodunnit resource' },
	'request-logs': {
		attributes:
			'url method status ip userAgent requestBody requestHeaders responseBody responseHeaders',
		one: 'requestor resource',
		secret: 'requestBody requestHeaders responseBody responseHeaders',
	},
};
