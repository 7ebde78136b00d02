import type { Handler } from '../call/call.mts';
import { find } from '../call/finding.mts';
import { pathOf } from '../records/paths.mts';
import { refuse } from '../refusals/problems.mts';
import { deliver } from '../webhooks/events.mts';

/** POST retry: a new event with the payload and idempotency token of the old one. */
export const retryEvent: Handler = (call) => {
	const old = find(call, 'webhook-events', call.params.id);
	// By its URL, so that it may be a later one than that which the event was made for.
	const endpoint = call.world.store
		.all('webhook-endpoints')
		.find(({ facts }) => facts.url === old.facts.endpoint);
	if (!endpoint) return refuse(422, 'webhook event failed to retry');
	const facts = {
		...old.facts,
		status: 'DELIVERING',
		lastResponseCode: null,
		lastResponseBody: null,
	};
	const item = deliver(call.world, endpoint, facts);
	return { status: 201, data: item, headers: { location: pathOf(call.world, item) } };
};
