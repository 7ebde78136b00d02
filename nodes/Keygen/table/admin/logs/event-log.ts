import { resource } from '../../resource';
import { NEEDS_CLICKHOUSE } from './needs-clickhouse';

export const eventLog = resource({
	label: 'Event Log',
	type: 'event-logs',
	docs: 'event-logs',
	ee: true,
	description: NEEDS_CLICKHOUSE,
	fields: {},
	operations: {
		get: { name: 'Get', action: 'Get event log', request: 'GET /event-logs/{eventLog}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many event logs',
			request: 'GET /event-logs',
			answer: 'list',
			filters: [
				'dateStart',
				'dateEnd',
				'whodunnit',
				'whodunnitType',
				'resource',
				'resourceType',
				'request',
				'event',
				'events',
			],
		},
	},
});
