import { resource } from '../row';

const needs = 'Needs Keygen EE with ClickHouse, or Keygen Cloud.';

export const eventLog = resource({
	label: 'Event Log',
	type: 'event-logs',
	docs: 'event-logs',
	ee: true,
	description: needs,
	fields: {},
	operations: {
		get: { name: 'Get', action: 'Get event log', request: 'GET /event-logs/{eventLog}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many event logs',
			request: 'GET /event-logs',
			answer: 'list',
			filters: ['dateStart', 'dateEnd', 'whodunnit', 'resource', 'request', 'event', 'events'],
		},
	},
});

export const requestLog = resource({
	label: 'Request Log',
	type: 'request-logs',
	docs: 'request-logs',
	ee: true,
	description: needs,
	fields: {},
	operations: {
		get: { name: 'Get', action: 'Get request log', request: 'GET /request-logs/{requestLog}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many request logs',
			request: 'GET /request-logs',
			answer: 'list',
			filters: [
				'dateStart',
				'dateEnd',
				'requestor',
				'resource',
				'ip',
				'method',
				'requestUrl',
				'responseStatus',
			],
		},
	},
});
