import type { Call } from '../../call/call.mts';
import type { Item } from '../../state/store.mts';

/** The record of an engine, platform, arch or channel, made when it is first used. */
export function keyed(
	call: Pick<Call, 'world' | 'now'>,
	type: string,
	key: string | null | undefined,
): Item | undefined {
	if (!key) return undefined;
	const [known] = call.world.store.where(type, 'key', key);
	return known ?? call.world.store.add({ type, facts: { key, name: null } }, call.now);
}
