import { median } from '../medians.mts';
import { inOwnProcess } from '../own-process.mts';
import type { Bench } from '../scene.mts';

/** Verifications of license keys a second, by the node's code and by node:crypto alone. */
export const verification: Bench = {
	name: 'verification',
	async run(scene) {
		const { ours, bare } = await inOwnProcess<Record<'ours' | 'bare', number[]>>(
			'verification.mts',
			{ count: scene.size(2_000, 100), rounds: scene.size(15, 2) },
		);
		const perSecond = (values: number[]) => Math.round(median(values)).toLocaleString('en');
		return [
			{
				what: 'offline verifications of license keys per second (Ed25519)',
				against: 'verify of node:crypto alone',
				measured: median(ours) / median(bare),
				unit: 'of its rate',
				bound: { least: 0.8 },
				detail: `${perSecond(ours)} against ${perSecond(bare)} per second`,
			},
		];
	},
};
