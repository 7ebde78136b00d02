import type { Call, Handler } from '../call/call.mts';
import { noEndpoint } from '../refusals/not-found.mts';
import { refuse } from '../refusals/problems.mts';

/** Licensed users are those of the role user that own a license. */
const counts: Record<string, (call: Call) => number> = {
	licenses: ({ world }) => world.store.count('licenses'),
	machines: ({ world }) => world.store.count('machines'),
	users: ({ world }) => world.store.where('users', 'role', 'user').length,
	alus: ({ world }) =>
		new Set(world.store.all('licenses').flatMap(({ links }) => links.owner ?? [])).size,
};

/** A reply of the portal's own namespace: plain JSON without resources. `needsLogs` ones want ClickHouse. */
export function analytics(needsLogs: boolean): Handler {
	return (call) => {
		if (needsLogs && !call.world.edition.clickhouse)
			refuse(405, 'The request could not be completed');
		const { metric, heatmap } = call.params;
		if (metric && !counts[metric]) noEndpoint();
		if (heatmap && heatmap !== 'expirations') noEndpoint();
		const data = metric ? [{ metric, count: counts[metric](call) }] : [];
		const type = String(call.headers.accept).startsWith('application/json')
			? 'application/json; charset=utf-8'
			: 'application/vnd.api+json; charset=utf-8';
		return { status: 200, raw: { type, body: JSON.stringify({ data }) } };
	};
}
