import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeType } from 'n8n-workflow';

const root = path.resolve(__dirname, '..', '..', '..');

/** The nodes that the package declares, made from their source. */
async function nodes(): Promise<INodeType[]> {
	const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	return await Promise.all(
		manifest.n8n.nodes.map(async (file) => {
			const source = path.join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
			const name = path.basename(source, '.node.ts');
			return new ((await import(source)) as Record<string, new () => INodeType>)[name]();
		}),
	);
}

it('the descriptions of all nodes take 450 kB at most', async () => {
	const sizes = (await nodes()).map(({ description }) =>
		Buffer.byteLength(JSON.stringify(description)),
	);
	expect(sizes.length).toBeGreaterThanOrEqual(4);
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(450_000);
});
