import type { Handler } from '../call/call.mts';
import { refuse } from '../refusals/problems.mts';

const counters: Record<string, string> = {
	licenses: 'licenses',
	users: 'users',
	machines: 'machines',
	alus: 'users',
};

/** A reply of the portal's own namespace: plain JSON without resources. `needsLogs` ones want ClickHouse. */
export function analytics(needsLogs: boolean): Handler {
	return (call) => {
		if (needsLogs && !call.world.edition.clickhouse) refuse(405, 'The request could not be completed');
		const { metric } = call.params;
		const data = metric
			? [{ metric, count: call.world.store.count(counters[metric] ?? metric) }]
			: [];
		return { status: 200, raw: { type: 'application/json', body: JSON.stringify({ data }) } };
	};
}
