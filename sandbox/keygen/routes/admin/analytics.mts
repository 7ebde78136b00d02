import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { analytics } from '../../handlers/analytics.mts';

const dates = 'date?: object; date.start: date; date.end: date';
const at = (path: string, query = '', needsLogs = true): Row =>
	row(`GET /-/analytics/${path}`, 'ADMINS,read-only', analytics(needsLogs), { query });

/** The portal's own namespace; unversioned and undocumented, so the replies are bare. */
export const analyticsRows: Row[] = [
	at('events/{event}', `resource?: object; resource.type: string; resource.id: uuid; ${dates}`),
	at('leaderboards/{leaderboard}', `limit?: integer; ${dates}`),
	at('heatmaps/{heatmap}', dates, false),
	at('gauges/{metric}', '', false),
	at('gauges/validations', 'license?: uuid'),
	at('gauges/events/{event}'),
	at('sparks/{metric}', dates),
	at('sparks/validations', `license?: uuid; ${dates}`),
	at('sparks/requests', dates),
	at('sparks/events/{event}', dates),
	at('usage', dates),
];
