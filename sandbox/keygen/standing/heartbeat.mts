import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';

/** Seconds between heartbeats when the policy names none. Assumed: 10 minutes. */
const DEFAULT_DURATION = 600;
const MINUTE = 60_000;

const reviveMinutes: Record<string, number> = {
	NO_REVIVE: 0,
	'1_MINUTE_REVIVE': 1,
	'2_MINUTE_REVIVE': 2,
	'5_MINUTE_REVIVE': 5,
	'10_MINUTE_REVIVE': 10,
	'15_MINUTE_REVIVE': 15,
	ALWAYS_REVIVE: Infinity,
};

export interface Heartbeat {
	status: 'NOT_STARTED' | 'ALIVE' | 'DEAD' | 'RESURRECTED';
	/** Seconds. */
	duration: number;
	/** Milliseconds since the epoch; null while nothing is due. */
	next: number | null;
	/** A ping now would bring it back from the dead. */
	revivable: boolean;
}

/** The heartbeat of a machine or a process, by the clock and the policy. */
export function heartbeatOf(world: World, item: Item): Heartbeat {
	const policy = mustHave(world, item, 'policy').facts;
	const duration = policy.heartbeatDuration ?? DEFAULT_DURATION;
	const last = item.facts.lastHeartbeat ? Date.parse(item.facts.lastHeartbeat) : null;
	const base =
		last ??
		(policy.heartbeatBasis === 'FROM_CREATION'
			? (item.facts.monitoredSince ?? item.created)
			: null);
	if (base === null) return { status: 'NOT_STARTED', duration, next: null, revivable: false };
	const next = base + duration * 1000;
	const now = world.clock.now();
	const revivable =
		now <= next + reviveMinutes[policy.heartbeatResurrectionStrategy ?? ''] * MINUTE;
	if (now > next) return { status: 'DEAD', duration, next, revivable };
	if (last === null) return { status: 'NOT_STARTED', duration, next, revivable };
	return { status: item.facts.resurrected ? 'RESURRECTED' : 'ALIVE', duration, next, revivable };
}

/** Records a ping. Returns what it did, or `refused` when the dead cannot be brought back. */
export function ping(world: World, item: Item): 'ping' | 'resurrected' | 'refused' {
	const { status, revivable } = heartbeatOf(world, item);
	if (status === 'DEAD' && !revivable) return 'refused';
	item.facts.lastHeartbeat = new Date(world.clock.now()).toISOString();
	item.facts.resurrected = status === 'DEAD';
	item.facts.deathTold = false;
	world.store.touch(item, world.clock.now());
	return status === 'DEAD' ? 'resurrected' : 'ping';
}
