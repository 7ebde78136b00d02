import { heartbeatOf } from '../standing/heartbeat.mts';
import { EXPIRING_WINDOW, isExpired, isExpiring, nextCheckIn } from '../standing/licenses.mts';
import { removeAll } from '../state/cascade.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { emit } from './events.mts';

const DAY = 86_400_000;
/** How long after its expiry a license is still announced as expired. */
const EXPIRED_WINDOW = DAY / 2;

/** What the service does on its own every few minutes: announce dates, bury the dead. */
export function runTimedEvents(world: World): void {
	const now = world.clock.now();
	for (const license of world.store.all('licenses')) {
		const due = nextCheckIn(world, license);
		const expiry = Date.parse(license.facts.expiry ?? '');
		if (isExpiring(world, license)) announce(world, license, 'license.expiring-soon');
		if (isExpired(world, license) && now - expiry <= EXPIRED_WINDOW)
			announce(world, license, 'license.expired');
		if (due !== null && due < now) announce(world, license, 'license.check-in-overdue');
		if (due !== null && due >= now && due - now <= EXPIRING_WINDOW)
			announce(world, license, 'license.check-in-required-soon');
	}
	for (const type of ['processes', 'machines'])
		for (const item of world.store.all(type)) bury(world, item);
}

/** Once in 24 hours and for each event. */
function announce(world: World, license: Item, event: string): void {
	const told = (license.facts.announced ??= {});
	const now = world.clock.now();
	if (told[event] !== undefined && now - told[event] < DAY) return;
	told[event] = now;
	emit(originOf(world, license), event, license);
}

function bury(world: World, item: Item): void {
	const { status, revivable } = heartbeatOf(world, item);
	if (status !== 'DEAD') return;
	if (!item.facts.deathTold) {
		item.facts.deathTold = true;
		emit(
			originOf(world, item),
			item.type === 'machines' ? 'machine.heartbeat.dead' : 'process.heartbeat.dead',
			item,
		);
	}
	const cull = mustHave(world, item, 'policy').facts.heartbeatCullStrategy;
	if (cull === 'DEACTIVATE_DEAD' && !revivable) removeAll(world.store, item);
}

function originOf(world: World, item: Item) {
	return { world, environment: world.store.get('environments', item.environment) ?? null };
}
