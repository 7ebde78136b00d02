import { randomUUID } from 'node:crypto';

import { visibleToProduct } from '../access/products-sight.mts';
import { render } from '../records/render.mts';
import { validationMeta } from '../records/versions.mts';
import type { Facts } from '../state/facts.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { allEvents } from './event-names.mts';

const known = new WeakMap<World, Set<string>>();

/** Names that the server accepts in subscriptions; one more after each first emission. */
export function knownEvents(world: World): Set<string> {
	let names = known.get(world);
	if (!names) known.set(world, (names = new Set(allEvents)));
	return names;
}

/** Where an event comes from. */
export interface Origin {
	world: World;
	environment: Item | null;
	bearer?: { item: Item | null };
	requestId?: string;
}

/**
 * Tells every endpoint that subscribed to the event: one webhook event each, rendered at once in
 * the endpoint's API version and then delivered. Returns the webhook events.
 */
export function emit(
	origin: Origin,
	event: string,
	data: Item | Item[],
	meta?: Record<string, unknown>,
): Item[] {
	const { world } = origin;
	knownEvents(world).add(event);
	logEvent(origin, event, data);
	const environment = origin.environment?.id ?? null;
	return world.store
		.all('webhook-endpoints')
		.filter(
			(endpoint) =>
				endpoint.environment === environment &&
				subscribes(endpoint, event) &&
				mayRead(world, endpoint, data),
		)
		.map((endpoint) => createWebhookEvent(world, endpoint, event, data, meta));
}

/** An endpoint that was disabled subscribes to nothing; what still waits for it is never sent. */
export function subscribes(endpoint: Item, event: string): boolean {
	return (endpoint.facts.subscriptions ?? []).some((name) => name === '*' || name === event);
}

function mayRead(world: World, endpoint: Item, data: Item | Item[]): boolean {
	const product = world.store.get('products', endpoint.links.product);
	return (
		!endpoint.links.product ||
		(product !== undefined && [data].flat().every((item) => visibleToProduct(world, product, item)))
	);
}

function createWebhookEvent(
	world: World,
	endpoint: Item,
	event: string,
	data: Item | Item[],
	meta?: Record<string, unknown>,
): Item {
	const version = endpoint.facts.apiVersion ?? world.edition.newestVersion;
	const body = Array.isArray(data)
		? data.map((item) => render(world, item, version))
		: render(world, data, version);
	const facts = {
		endpoint: endpoint.facts.url ?? '',
		apiVersion: version,
		payload: JSON.stringify({ data: body, ...(meta && { meta: validationMeta(version, meta) }) }),
		event,
		status: 'DELIVERING',
		lastResponseCode: null,
		lastResponseBody: null,
		idempotencyToken: randomUUID(),
	};
	return deliver(world, endpoint, facts);
}

/** Stores a webhook event for the endpoint and hands it to the deliveries. */
export function deliver(world: World, endpoint: Item, facts: Facts): Item {
	const item = world.store.add(
		{
			type: 'webhook-events',
			facts,
			links: { endpoint: endpoint.id },
			environment: endpoint.environment,
		},
		world.clock.now(),
	);
	world.deliveries?.enqueue(item, endpoint);
	return item;
}

function logEvent({ world, bearer, requestId }: Origin, event: string, data: Item | Item[]): void {
	if (!world.edition.has('event_logs')) return;
	const [first] = [data].flat();
	const facts = {
		event,
		metadata: {},
		request: requestId ?? null,
		whodunnitType: bearer?.item?.type,
		resourceType: first?.type,
	};
	world.store.add(
		{
			type: 'event-logs',
			facts,
			links: { whodunnit: bearer?.item?.id ?? null, resource: first?.id ?? null },
		},
		world.clock.now(),
	);
}
