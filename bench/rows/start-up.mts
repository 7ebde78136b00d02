import path from 'node:path';

import { startN8n } from '../../sandbox/n8n/instance.mts';
import { installPackage, newUserFolder } from '../../sandbox/n8n/user-folder.mts';
import type { Figure } from '../figures.mts';
import { inTurn, median, seconds, timeOf } from '../medians.mts';
import { inOwnProcess } from '../own-process.mts';
import type { Bench, Scene } from '../scene.mts';

interface Loaded {
	milliseconds: number;
	nodes: Array<{ name: string; bytes: number }>;
	credentials: number;
}

/** What the package adds to n8n's start, and to what n8n hands the editor. */
export const startUp: Bench = {
	name: 'start-up',
	async run(scene) {
		const folder = newUserFolder();
		const name = installPackage(folder, scene.tarball);
		const directory = path.join(folder, '.n8n', 'nodes', 'node_modules', name);
		const loads: Loaded[] = [];
		for (let round = 0; round < scene.size(7, 1); round++)
			loads.push(await inOwnProcess<Loaded>('package-loading.mts', { directory }));
		return [await starts(scene, folder, loads), await descriptions(scene, loads[0])];
	},
};

async function starts(scene: Scene, withPackage: string, loads: Loaded[]): Promise<Figure> {
	const without = newUserFolder();
	const start = async (userFolder: string) => {
		let n8n: Awaited<ReturnType<typeof startN8n>> | undefined;
		const took = await timeOf(async () => (n8n = await startN8n({ userFolder })));
		await n8n?.stop();
		return took;
	};
	// The first start makes the database.
	for (const folder of [withPackage, without]) await start(folder);
	const times = await inTurn(scene.size(7, 1), {
		withPackage: async () => await start(withPackage),
		without: async () => await start(without),
	});
	const [ours, bare] = [median(times.withPackage), median(times.without)];
	const loading = median(loads.map(({ milliseconds }) => milliseconds));
	const spread = Math.max(...times.without) - Math.min(...times.without);
	return {
		what: "n8n's start, until the editor can be opened",
		against: 'the same without the package',
		measured: ours - bare,
		unit: 'ms more',
		bound: { most: 100 },
		detail: `${seconds(ours)} against ${seconds(bare)} (starts without it differ by ${seconds(spread)}); loading the package with n8n's loader alone takes ${seconds(loading)}`,
	};
}

async function descriptions(scene: Scene, { nodes, credentials }: Loaded): Promise<Figure> {
	const bytes = nodes.reduce((sum, node) => sum + node.bytes, 0);
	const { n8n } = await scene.n8n();
	const handed = (await n8n.rest.nodeTypes()).filter(({ name }) =>
		name.startsWith('n8n-nodes-keeper-keygen.'),
	);
	const all = Buffer.byteLength(JSON.stringify(handed));
	const each = nodes.map((node) => `${node.name} ${(node.bytes / 1000).toFixed(0)}`).join(', ');
	return {
		what: `descriptions of the ${nodes.length} nodes`,
		against: '450 kB',
		measured: bytes / 1000,
		unit: 'kB',
		bound: { most: 450 },
		detail: `in kB: ${each}; credentials ${(credentials / 1000).toFixed(0)}; with the variants that n8n itself makes of them for AI agents the editor is handed ${(all / 1000).toFixed(0)}`,
	};
}
