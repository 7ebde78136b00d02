import type { Call } from '../../call/call.mts';
import { linkedId } from '../../notation/body.mts';
import { attribute } from '../../refusals/phrases.mts';
import { refuseAll, unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { channels } from '../../state/enums.mts';
import type { Item } from '../../state/store.mts';
import { parseSemver } from '../../wire/semver.mts';
import type { Rules } from '../rules.mts';
import { keyed } from './keyed.mts';

export const releaseRules: Rules = {
	defaults: {
		name: null,
		description: null,
		status: 'DRAFT',
		tag: null,
		backdated: null,
		yanked: null,
		metadata: {},
	},
	prepare(_, next) {
		next.facts.semver = parseSemver(next.facts.version ?? '') ?? null;
	},
	check(call, next, before) {
		const problems: Problem[] = [];
		const { version, channel = '', tag, semver } = next.facts;
		if (!semver)
			problems.push(
				unprocessable(
					'must be a semantic version such as 1.2.3',
					'VERSION_INVALID',
					attribute('version'),
				),
			);
		else if (!fitsChannel(semver.prerelease, channel)) {
			problems.push(
				unprocessable(
					`does not fit the channel ${channel}`,
					'VERSION_CHANNEL_INVALID',
					attribute('version'),
				),
			);
		}
		const siblings = (fact: string, value: unknown) =>
			call.world.store
				.where('releases', fact, value)
				.filter(
					(other) =>
						other !== before &&
						other.links.product === next.links.product &&
						(other.links.package ?? null) === (next.links.package ?? null),
				);
		if (siblings('version', version).length > 0)
			problems.push(
				unprocessable('belongs to another release', 'VERSION_TAKEN', attribute('version')),
			);
		if (tag && siblings('tag', tag).length > 0)
			problems.push(unprocessable('belongs to another release', 'TAG_TAKEN', attribute('tag')));
		if (
			next.links.package &&
			call.world.store.get('packages', next.links.package)?.links.product !== next.links.product
		) {
			problems.push(
				unprocessable(
					'belongs to another product',
					'PACKAGE_NOT_ALLOWED',
					'/data/relationships/package',
				),
			);
		}
		return problems;
	},
	created(call, item) {
		item.links.channel = keyed(call, 'channels', item.facts.channel)?.id ?? null;
		for (const entry of call.body.embedded.constraints ?? []) {
			const links = { release: item.id, entitlement: linkedId(entry, 'entitlement') };
			call.world.store.add({ type: 'constraints', links, environment: item.environment }, call.now);
		}
	},
};

/** The stable channel takes no prerelease; the others take versions such as 1.0.0-beta.1. */
function fitsChannel(prerelease: string | null, channel: string): boolean {
	if (channel === 'stable') return prerelease === null;
	return prerelease !== null && channels.includes(channel) && prerelease.startsWith(channel);
}

/** The embedded constraints of a new release: existing entitlements, none twice. */
export function embeddedConstraints(call: Call): Problem[] {
	const seen = new Set<string>();
	return (call.body.embedded.constraints ?? []).flatMap((entry, index) => {
		const pointer = `/data/relationships/constraints/data/${index}/relationships/entitlement`;
		const id = linkedId(entry, 'entitlement');
		if (!call.world.store.get('entitlements', id))
			return [unprocessable('must exist', 'CONSTRAINTS_ENTITLEMENT_NOT_FOUND', pointer)];
		if (seen.has(id))
			return [unprocessable('appears more than once', 'CONSTRAINTS_ENTITLEMENT_CONFLICT', pointer)];
		seen.add(id);
		return [];
	});
}

/** A release moves only between packages of its product. */
export function mayMoveToPackage(_: Call, release: Item, target: Item | undefined): void {
	if (target && target.links.product !== release.links.product) {
		refuseAll([
			unprocessable(
				'belongs to another product',
				'PACKAGE_NOT_ALLOWED',
				'/data/relationships/package',
			),
		]);
	}
}
