import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { list, show } from '../../reading/reading.mts';

const readers = 'ADMINS,read-only';

export const logRows: Row[] = [
	row('GET /event-logs', readers, list('event-logs'), {
		feature: 'event_logs',
		logs: true,
		filters: 'date whodunnit resource request event events',
	}),
	row('GET /event-logs/{id}', readers, show('event-logs'), { feature: 'event_logs', logs: true }),
	row('GET /request-logs', readers, list('request-logs'), {
		feature: 'request_logs',
		logs: true,
		filters: 'date requestor resource ip method url status',
	}),
	row('GET /request-logs/{id}', readers, show('request-logs', true), {
		feature: 'request_logs',
		logs: true,
	}),
];
