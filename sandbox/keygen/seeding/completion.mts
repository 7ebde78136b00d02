import { keyed } from '../rules/distribution/keyed.mts';
import { plainKey, signedKey } from '../secrets/license-keys.mts';
import { heartbeatBases } from '../state/enums.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { World } from '../state/world.mts';
import { parseSemver } from '../wire/semver.mts';

/** What the rules would have worked out at creation. */
export const complete: Record<string, (world: World, item: Item) => void> = {
	policies(_, { facts }) {
		facts.heartbeatBasis ??= heartbeatBases[facts.requireHeartbeat ? 0 : 1];
		if (!facts.floating) facts.maxMachines ??= 1;
	},
	licenses(world, item) {
		const { scheme } = mustHave(world, item, 'policy').facts;
		item.facts.key =
			scheme && scheme !== 'LEGACY_ENCRYPT'
				? signedKey(world, item, scheme, item.facts.key ?? undefined)
				: (item.facts.key ?? plainKey());
	},
	processes(_, item) {
		item.facts.lastHeartbeat ??= new Date(item.created).toISOString();
	},
	packages(world, item) {
		item.links.engine =
			keyed({ world, now: item.created }, 'engines', item.facts.engine)?.id ?? null;
	},
	releases(world, item) {
		item.facts.semver = parseSemver(item.facts.version ?? '') ?? null;
		item.links.channel =
			keyed({ world, now: item.created }, 'channels', item.facts.channel)?.id ?? null;
	},
	artifacts(world, item) {
		item.links.platform =
			keyed({ world, now: item.created }, 'platforms', item.facts.platform)?.id ?? null;
		item.links.arch = keyed({ world, now: item.created }, 'arches', item.facts.arch)?.id ?? null;
	},
	'webhook-endpoints'(world, { facts }) {
		facts.apiVersion ??= world.edition.newestVersion;
	},
};
