import path from 'node:path';

import { startN8n } from '../../sandbox/n8n/instance.mts';
import { installPackage, packagesFolder } from '../../sandbox/n8n/community-packages.mts';
import { newUserFolder } from '../../sandbox/n8n/user-folder.mts';
import type { Figure } from '../figures.mts';
import { inTurn, median, seconds, timeOf } from '../medians.mts';
import { inOwnProcess } from '../own-process.mts';
import type { Bench, Scene } from '../scene.mts';

interface Loaded {
	milliseconds: number;
	/** Names are node types, such as `n8n-nodes-keygen.keygen`. */
	nodes: Array<{ name: string; bytes: number }>;
	credentials: number;
}

/** What the packages add to n8n's start, and to what n8n hands the editor. */
export const startUp: Bench = {
	name: 'start-up',
	async run(scene) {
		const folder = newUserFolder();
		const directories = scene.tarballs.map((tarball) =>
			path.join(packagesFolder(folder), installPackage(folder, tarball).name),
		);
		const loads: Loaded[] = [];
		for (let round = 0; round < scene.size(7, 1); round++)
			loads.push(await inOwnProcess<Loaded>('package-loading.mts', { directories }));
		return [await starts(scene, folder, loads), await descriptions(scene, loads[0])];
	},
};

async function starts(scene: Scene, withPackages: string, loads: Loaded[]): Promise<Figure> {
	const without = newUserFolder();
	const start = async (userFolder: string) => {
		let n8n: Awaited<ReturnType<typeof startN8n>> | undefined;
		const took = await timeOf(async () => (n8n = await startN8n({ userFolder })));
		await n8n?.stop();
		return took;
	};
	// The first start makes the database.
	for (const folder of [withPackages, without]) await start(folder);
	const times = await inTurn(scene.size(7, 1), {
		withPackages: async () => await start(withPackages),
		without: async () => await start(without),
	});
	const [ours, bare] = [median(times.withPackages), median(times.without)];
	const loading = median(loads.map(({ milliseconds }) => milliseconds));
	const spread = Math.max(...times.without) - Math.min(...times.without);
	return {
		what: "n8n's start, until the editor can be opened",
		against: 'the same without the packages',
		measured: ours - bare,
		unit: 'ms more',
		bound: { most: 100 },
		detail: `${seconds(ours)} against ${seconds(bare)} (starts without it differ by ${seconds(spread)}); loading the packages with n8n's loader alone takes ${seconds(loading)}`,
	};
}

async function descriptions(scene: Scene, { nodes, credentials }: Loaded): Promise<Figure> {
	const packages = Map.groupBy(nodes, ({ name }) => name.split('.')[0]);
	const sizes = [...packages.values()].map((own) => own.reduce((sum, { bytes }) => sum + bytes, 0));
	const { n8n } = await scene.n8n();
	const own = new Set(nodes.map(({ name }) => name));
	const handed = (await n8n.rest.nodeTypes()).filter(({ name }) =>
		own.has(name.replace(/Tool$/, '')),
	);
	const all = Buffer.byteLength(JSON.stringify(handed));
	const each = nodes
		.map((node) => `${node.name.split('.')[1]} ${(node.bytes / 1000).toFixed(0)}`)
		.join(', ');
	return {
		what: 'descriptions of the nodes of the larger package',
		against: '450 kB',
		measured: Math.max(...sizes) / 1000,
		unit: 'kB',
		bound: { most: 450 },
		detail: `in kB: ${each}; credentials ${(credentials / 1000).toFixed(0)}; with the variants that n8n itself makes of them for AI agents the editor is handed ${(all / 1000).toFixed(0)}`,
	};
}
