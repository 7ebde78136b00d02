import { median, seconds } from '../medians.mts';
import { inOwnProcess } from '../own-process.mts';
import type { Bench } from '../scene.mts';

/** Every output format of audit events against the Elastic Common Schema. */
export const eventFormats: Bench = {
	name: 'event-formats',
	async run(scene) {
		const count = scene.size(100_000, 2_000);
		const told = { count, rounds: scene.size(3, 2) };
		const { ecs, ...others } = await inOwnProcess<Record<string, number[]>>(
			'event-formats.mts',
			told,
			['--expose-gc'],
		);
		const base = median(ecs);
		return Object.entries(others).map(([format, times]) => ({
			what: `${count.toLocaleString('en')} audit events converted to the format \`${format}\` and written as lines`,
			against: 'the same with the format `ecs`',
			measured: median(times) / base,
			unit: 'times the time',
			bound: { most: 1.3 },
			detail: `${seconds(median(times))} against ${seconds(base)}`,
		}));
	},
};
