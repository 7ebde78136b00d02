import { resource } from '../../resource';
import { NEEDS_CLICKHOUSE } from './needs-clickhouse';

export const requestLog = resource({
	label: 'Request Log',
	type: 'request-logs',
	docs: 'request-logs',
	ee: true,
	description: NEEDS_CLICKHOUSE,
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
				'requestorType',
				'resource',
				'resourceType',
				'ip',
				'method',
				'requestUrl',
				'responseStatus',
			],
		},
	},
});
