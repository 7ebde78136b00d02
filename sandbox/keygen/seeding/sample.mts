import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { payloadOf } from '../webhooks/event-names.mts';
import { emit } from '../webhooks/events.mts';
import { seed } from './seed.mts';

const validation = (valid: boolean) => ({
	valid,
	code: valid ? 'VALID' : 'EXPIRED',
	detail: valid ? 'is valid' : 'is expired',
});

/** `meta` of the events that have one. */
function metaOf(world: World, event: string): Record<string, unknown> | undefined {
	if (event.startsWith('license.validation.') || event === 'license.validated') {
		return {
			ts: new Date(world.clock.now()).toISOString(),
			...validation(event !== 'license.validation.failed'),
		};
	}
	if (event === 'user.password-reset') return { passwordResetToken: 'sandbox-reset-token' };
	if (event === 'release.upgraded') return { current: '1.0.0', next: '1.0.1' };
	return undefined;
}

export interface Emission {
	event: string;
	/** The resource it is about; the newest of its type, or a made-up one, when absent. */
	id?: string;
	meta?: Record<string, unknown>;
	/** Id of the environment. */
	environment?: string | null;
	/** That many events, one by default. */
	count?: number;
}

/** Emits any event as if something had happened. Returns the webhook events. */
export function emitSample(
	world: World,
	{ event, id, meta, environment, count = 1 }: Emission,
): Item[] {
	const { type, list } = payloadOf(event);
	const all = world.store.all(type);
	const item =
		(id ? world.store.get(type, id) : all[all.length - 1]) ?? seed(world, { type, environment })[0];
	const origin = { world, environment: world.store.get('environments', environment) ?? null };
	return Array.from({ length: count }).flatMap(() =>
		emit(origin, event, list ? [item] : item, meta ?? metaOf(world, event)),
	);
}
