import type { KeeperEventsSandbox } from '../../sandbox/keeper-events/server.mts';

export const TOKEN = 'siem-token-that-must-not-be-found-8b1e';
export const TRIGGER = 'Keeper Admin Events Trigger';

export type Event = Record<string, unknown>;

/** Poll times that n8n accepts and that come every so many seconds: each alone is once a minute. */
export function pollEvery(seconds: number): {
	item: Array<{ mode: string; cronExpression: string }>;
} {
	const item = [];
	for (let second = 0; second < 60; second += seconds) {
		item.push({ mode: 'custom', cronExpression: `${second} * * * * *` });
	}
	return { item };
}

/** How often each event is in a list. */
export function counted(events: Iterable<Event>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const event of events) {
		const text = JSON.stringify(Object.entries(event).sort());
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return counts;
}

/** How many events one list has beyond the other: those missed, or those given again. */
export function beyond(list: Iterable<Event>, other: Iterable<Event>): number {
	const theirs = counted(other);
	let more = 0;
	for (const [text, times] of counted(list)) more += Math.max(0, times - (theirs.get(text) ?? 0));
	return more;
}

/** All that has happened, as the service sends it. */
export function happened({ service }: KeeperEventsSandbox): Event[] {
	return service.log.between(-Infinity, Infinity, '[]', Infinity).map(({ event }) => event);
}
