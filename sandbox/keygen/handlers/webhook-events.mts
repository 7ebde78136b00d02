import type { Handler } from '../call/call.mts';
import { find } from '../call/finding.mts';
import { pathOf } from '../records/paths.mts';
import { refuse } from '../refusals/problems.mts';
import { deliver } from '../webhooks/events.mts';

/** POST retry: a new event with the payload and idempotency token of the old one. */
export const retryEvent: Handler = (call) => {
	const old = find(call, 'webhook-events', call.params.id);
	// Its own endpoint, or a later one with the same URL.
	const { store } = call.world;
	const [sameUrl] = store.where('webhook-endpoints', 'url', old.facts.endpoint);
	const endpoint = store.get('webhook-endpoints', old.links.endpoint) ?? sameUrl;
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
