import { attribute } from '../../refusals/phrases.mts';
import { unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { bounds } from '../bounds.mts';
import type { Rules } from '../rules.mts';
import { keyed } from './keyed.mts';

/** 5 GiB. */
const MOST_BYTES = 5_368_709_120;

export const artifactRules: Rules = {
	defaults: {
		filetype: null,
		filesize: null,
		platform: null,
		arch: null,
		signature: null,
		checksum: null,
		status: 'WAITING',
		metadata: {},
	},
	prepare(_, next) {
		for (const name of ['filetype', 'platform', 'arch']) next.facts[name] ||= null;
	},
	check(call, next, before) {
		const problems: Problem[] = bounds(next.facts, 'filesize', 0, MOST_BYTES);
		const { filename = '', filetype } = next.facts;
		const siblings = call.world.store
			.where('artifacts', 'filename', filename)
			.filter((other) => other.links.release === next.links.release);
		if (siblings.some((other) => other !== before && other.facts.status !== 'YANKED')) {
			problems.push(unprocessable('already exists', 'FILENAME_TAKEN', attribute('filename')));
		}
		if (
			!before &&
			filetype &&
			/\.[A-Za-z0-9]+$/.test(filename) &&
			!filename.toLowerCase().endsWith(`.${filetype.toLowerCase()}`)
		) {
			problems.push(
				unprocessable(
					`filename extension does not match filetype (expected ${filetype})`,
					'FILENAME_EXTENSION_INVALID',
					attribute('filename'),
				),
			);
		}
		return problems;
	},
	created(call, item) {
		item.links.platform = keyed(call, 'platforms', item.facts.platform)?.id ?? null;
		item.links.arch = keyed(call, 'arches', item.facts.arch)?.id ?? null;
	},
};
