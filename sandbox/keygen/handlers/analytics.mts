import type { Handler } from '../call/call.mts';
import { noEndpoint } from '../refusals/not-found.mts';
import { refuse } from '../refusals/problems.mts';
import { licenseStatus } from '../standing/licenses.mts';
import { licensesOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';

/** What a gauge counts: users are those who are not staff, ALUs those of them with an active license. */
const gauges: Record<string, (world: World) => number> = {
	licenses: ({ store }) => store.count('licenses'),
	machines: ({ store }) => store.count('machines'),
	users: ({ store }) => store.where('users', 'role', 'user').length,
	alus: (world) =>
		world.store
			.where('users', 'role', 'user')
			.filter((user) => licensesOf(world, user).some((license) => isInUse(world, license))).length,
};

const isInUse = (world: World, license: Item) =>
	['ACTIVE', 'EXPIRING'].includes(licenseStatus(world, license));

/** A reply of the portal's own namespace: plain JSON without resources. `needsLogs` ones want ClickHouse. */
export function analytics(needsLogs: boolean): Handler {
	return (call) => {
		if (needsLogs && !call.world.edition.clickhouse)
			refuse(405, 'The request could not be completed');
		const { metric, heatmap } = call.params;
		if (metric ? !(metric in gauges) : heatmap !== undefined && heatmap !== 'expirations')
			noEndpoint();
		const data = metric ? [{ metric, count: gauges[metric](call.world) }] : [];
		return { status: 200, bare: { data } };
	};
}
