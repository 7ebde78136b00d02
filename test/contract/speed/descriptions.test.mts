import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeType } from 'n8n-workflow';

const root = path.resolve(__dirname, '..', '..', '..');

/** The sizes of the descriptions of a package's nodes, made from their source, in bytes. */
async function sizesOf(folder: string): Promise<number[]> {
	const file = path.join(root, 'packages', folder, 'package.json');
	const manifest = JSON.parse(readFileSync(file, 'utf8')) as { n8n: { nodes: string[] } };
	return await Promise.all(
		manifest.n8n.nodes.map(async (built) => {
			const source = path.join(root, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
			const name = path.basename(source, '.node.ts');
			const type = (await import(source)) as Record<string, new () => INodeType>;
			return Buffer.byteLength(JSON.stringify(new type[name]().description));
		}),
	);
}

it.each(readdirSync(path.join(root, 'packages')))(
	'the descriptions of a node of %s take 300 kB at most, those of all its nodes 450 kB',
	async (folder) => {
		const sizes = await sizesOf(folder);
		expect(sizes.length).toBeGreaterThanOrEqual(4);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(300_000);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(450_000);
	},
);
