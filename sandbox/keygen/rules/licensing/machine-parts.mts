import type { Call } from '../../call/call.mts';
import { taken } from '../../refusals/phrases.mts';
import { problem, unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { limitOf, overageAllows, processesOf } from '../../standing/licenses.mts';
import { mustHave, related } from '../../state/relations.mts';
import type { Item } from '../../state/store.mts';
import type { World } from '../../state/world.mts';
import type { Rules } from '../rules.mts';
import { rivals, takenFingerprint } from './machines.mts';

const DUPLICATE = 'duplicate';

/** The embedded components of a new machine: unique among themselves and by the policy's strategy. */
export function embeddedComponents(call: Call): Problem[] {
	const entries = call.body.embedded.components ?? [];
	const license = call.world.store.get('licenses', call.body.relationships.license?.id);
	const policy = license && related(call.world, license, 'policy');
	if (!policy) return [];
	const count = (fingerprint: string) =>
		entries.filter(({ attributes }) => attributes.fingerprint === fingerprint).length;
	return entries.flatMap(({ attributes: { fingerprint = '' } }, index) => {
		const pointer = `/data/relationships/components/data/${index}/attributes/fingerprint`;
		if (count(fingerprint) > 1)
			return [unprocessable(DUPLICATE, 'COMPONENTS_FINGERPRINT_CONFLICT', pointer)];
		const reach: Record<string, [string, Item | undefined]> = {
			UNIQUE_PER_ACCOUNT: ['account', undefined],
			UNIQUE_PER_PRODUCT: ['product', related(call.world, license, 'product')],
			UNIQUE_PER_POLICY: ['policy', policy],
			UNIQUE_PER_LICENSE: ['license', license],
		};
		const scope = reach[policy.facts.componentUniquenessStrategy ?? ''];
		const same = scope ? call.world.store.where('components', 'fingerprint', fingerprint) : [];
		const isTaken = same.some(
			(component) =>
				scope[0] === 'account' || related(call.world, component, scope[0]) === scope[1],
		);
		return isTaken ? [taken('fingerprint', pointer, 'COMPONENTS_FINGERPRINT_TAKEN')] : [];
	});
}

export const componentRules: Rules = {
	defaults: { metadata: {} },
	check(call, next, before) {
		const policy = mustHave(call.world, next as Item, 'policy').facts;
		if (
			before ||
			rivals(call.world, 'components', next, policy.componentUniquenessStrategy).length === 0
		)
			return [];
		return [takenFingerprint(policy.componentUniquenessStrategy, 'machine')];
	},
};

export const processRules: Rules = {
	defaults: { metadata: {} },
	prepare(call, next, before) {
		if (!before) next.facts.lastHeartbeat = new Date(call.now).toISOString();
	},
	check(call, next, before) {
		if (before) return [];
		const machine = mustHave(call.world, next as Item, 'machine');
		const license = mustHave(call.world, machine, 'license');
		const siblings = call.world.store.children('processes', 'machine', machine.id);
		const twice = siblings.some((process) => process.facts.pid === next.facts.pid);
		const problems = twice ? [taken('pid')] : [];
		const { processLeasingStrategy = '' } = mustHave(call.world, license, 'policy').facts;
		const count = leased(call.world, license, machine, siblings).length + 1;
		const limit = limitOf(call.world, license, 'maxProcesses');
		if (overageAllows(call.world, license, count, limit)) return problems;
		const holder = processLeasingStrategy.replace('PER_', '').toLowerCase();
		return [
			...problems,
			problem(422, `process count has exceeded maximum allowed for ${holder} (${limit})`, {
				code: 'MACHINE_PROCESS_LIMIT_EXCEEDED',
				pointer: '/data',
			}),
		];
	},
};

/** Processes that count against the limit, by the policy's leasing strategy. */
function leased(world: World, license: Item, machine: Item, siblings: Item[]): Item[] {
	const strategy = mustHave(world, license, 'policy').facts.processLeasingStrategy;
	if (strategy === 'PER_MACHINE') return siblings;
	const all = processesOf(world, license);
	if (strategy === 'PER_LICENSE') return all;
	return all.filter(
		(process) =>
			(mustHave(world, process, 'machine').links.owner ?? null) === (machine.links.owner ?? null),
	);
}
