import { numberOf } from '../state/facts.mts';
import { mustHave, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';

const DAY = 86_400_000;

/** A license counts as expiring in its last three days. */
export const EXPIRING_WINDOW = 3 * DAY;

/** A license without any use for this long is inactive. Assumed: 90 days. */
const ACTIVE_WINDOW = 90 * DAY;

export function isExpired(world: World, license: Item): boolean {
	return Date.parse(license.facts.expiry ?? '') < world.clock.now();
}

export function isExpiring(world: World, license: Item): boolean {
	if (license.facts.expiry === null || isExpired(world, license)) return false;
	return Date.parse(license.facts.expiry ?? '') <= world.clock.now() + EXPIRING_WINDOW;
}

export function isBanned(world: World, license: Item): boolean {
	return related(world, license, 'owner')?.facts.banned === true;
}

/** ACTIVE, INACTIVE, EXPIRING, EXPIRED, SUSPENDED or BANNED. */
export function licenseStatus(world: World, license: Item): string {
	if (isBanned(world, license)) return 'BANNED';
	if (license.facts.suspended) return 'SUSPENDED';
	if (isExpired(world, license)) return 'EXPIRED';
	if (isExpiring(world, license)) return 'EXPIRING';
	return lastUse(license) > world.clock.now() - ACTIVE_WINDOW ? 'ACTIVE' : 'INACTIVE';
}

/** Whether a status holds, each one asked by itself, so that several may. */
export function hasStatus(world: World, license: Item, status: string): boolean {
	const isActive = lastUse(license) > world.clock.now() - ACTIVE_WINDOW;
	const tests: Record<string, () => boolean> = {
		ACTIVE: () => isActive && !isBanned(world, license),
		INACTIVE: () => !isActive && !isBanned(world, license),
		EXPIRING: () => isExpiring(world, license),
		EXPIRED: () => isExpired(world, license),
		SUSPENDED: () => license.facts.suspended === true,
		BANNED: () => isBanned(world, license),
	};
	return tests[status]?.() ?? false;
}

/** Time of the last thing that a license was used for, its creation included. */
export function lastUse(license: Item): number {
	const { lastValidated, lastCheckIn, lastCheckOut } = license.facts;
	const times = [lastValidated, lastCheckIn, lastCheckOut]
		.filter(Boolean)
		.map((time) => Date.parse(time ?? ''));
	return Math.max(license.created, ...times);
}

export function userStatus(world: World, user: Item): string {
	if (user.facts.banned) return 'BANNED';
	return user.created > world.clock.now() - ACTIVE_WINDOW ||
		numberOf(user.facts, 'lastSeen') > world.clock.now() - ACTIVE_WINDOW
		? 'ACTIVE'
		: 'INACTIVE';
}

/** An attribute that a license may override and otherwise takes from its policy. */
export function inherited(world: World, license: Item, name: string): unknown {
	const own = license.facts[name];
	// A limit of 0 counts as none of its own.
	return (own === 0 ? null : own) ?? related(world, license, 'policy')?.facts[name] ?? null;
}

/** Whether only staff may change a license, or the licenses of a policy; the account says what is usual. */
export function isProtected(world: World, item: Item): boolean {
	const policy = item.type === 'policies' ? item : related(world, item, 'policy');
	const { account } = world;
	return item.facts.protected ?? policy?.facts.protected ?? account.facts.protected ?? false;
}

/** A limit of a license, its own or its policy's; null is no limit. */
export function limitOf(world: World, license: Item, name: string): number | null {
	const limit = inherited(world, license, name);
	return typeof limit === 'number' ? limit : null;
}

/** Time of the next due check-in in milliseconds, or null when the policy asks for none. */
export function nextCheckIn(world: World, license: Item): number | null {
	const policy = mustHave(world, license, 'policy').facts;
	if (!policy.requireCheckIn || !policy.checkInInterval) return null;
	const from = new Date(
		license.facts.lastCheckIn ? Date.parse(license.facts.lastCheckIn) : license.created,
	);
	const count = policy.checkInIntervalCount ?? 1;
	const steps: Record<string, () => number> = {
		day: () => from.setUTCDate(from.getUTCDate() + count),
		week: () => from.setUTCDate(from.getUTCDate() + 7 * count),
		month: () => from.setUTCMonth(from.getUTCMonth() + count),
		year: () => from.setUTCFullYear(from.getUTCFullYear() + count),
	};
	return steps[policy.checkInInterval]();
}

export function machinesOf(world: World, license: Item): Item[] {
	return world.store.children('machines', 'license', license.id);
}

/** Sum of an attribute such as `cores` over all machines of a license. */
export function total(world: World, license: Item, name: string): number {
	return machinesOf(world, license).reduce(
		(sum, machine) => sum + numberOf(machine.facts, name),
		0,
	);
}

export function processesOf(world: World, license: Item): Item[] {
	return machinesOf(world, license).flatMap((machine) =>
		world.store.children('processes', 'machine', machine.id),
	);
}

/** The machines that count against the limit: all, or those of the owner who has most. */
export function leasedMachines(world: World, license: Item): number {
	const perUser = mustHave(world, license, 'policy').facts.machineLeasingStrategy === 'PER_USER';
	return most(machinesOf(world, license), (machine) => (perUser ? machine.links.owner : null));
}

/** The processes that count against the limit, by machine, by owner or all together. */
export function leasedProcesses(world: World, license: Item): number {
	const strategy = mustHave(world, license, 'policy').facts.processLeasingStrategy;
	const groups: Record<string, (process: Item) => string | null | undefined> = {
		PER_MACHINE: (process) => process.links.machine,
		PER_LICENSE: () => null,
		PER_USER: (process) => mustHave(world, process, 'machine').links.owner,
	};
	return most(processesOf(world, license), groups[strategy ?? '']);
}

/** Size of the largest group. */
function most(items: Item[], groupOf: (item: Item) => unknown): number {
	const sizes = new Map<unknown, number>();
	for (const item of items) sizes.set(groupOf(item), (sizes.get(groupOf(item)) ?? 0) + 1);
	return Math.max(0, ...sizes.values());
}

export function userCount(world: World, license: Item): number {
	return usersOf(world, license).length;
}

const factors: Record<string, number> = {
	NO_OVERAGE: 1,
	ALLOW_1_25X_OVERAGE: 1.25,
	ALLOW_1_5X_OVERAGE: 1.5,
	ALLOW_2X_OVERAGE: 2,
	ALWAYS_ALLOW_OVERAGE: Infinity,
};

/** True when the overage strategy of the policy lets `count` stand against `limit`. */
export function overageAllows(
	world: World,
	license: Item,
	count: number,
	limit: number | null,
): boolean {
	const strategy = mustHave(world, license, 'policy').facts.overageStrategy;
	return limit === null || count <= limit * factors[strategy ?? ''];
}
