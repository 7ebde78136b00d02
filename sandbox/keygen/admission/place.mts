import type { FastifyRequest } from 'fastify';

import type { Row } from '../call/row.mts';
import { noEndpoint, notFound } from '../refusals/not-found.mts';
import { World } from '../state/world.mts';

/** Routes exist by server: release, edition and mode; the account must be this one. */
export function refuseWrongPlace(world: World, row: Row, request: FastifyRequest): void {
	const account = (request.params as Record<string, string>).account;
	const isRoot = row.route.includes(' /v1/') || row.route.includes(' /-');
	const custom = (world.options.customDomains ?? []).includes(request.hostname.split(':')[0]);
	const routed = account === undefined ? !world.edition.multiplayer || custom || isRoot : !custom;
	const missing =
		!routed ||
		(row.accountOnly && account === undefined && !custom) ||
		(row.since && !world.edition.since(row.since)) ||
		(row.feature && !world.edition.has(row.feature)) ||
		(row.multiplayer && !world.edition.multiplayer);
	if (missing) noEndpoint();
	if (account !== undefined && ![world.account.id, world.account.facts.slug].includes(account))
		notFound('accounts', account);
}
