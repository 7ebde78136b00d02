import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const files = (folder: string, ending: string): string[] =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => path.posix.join(folder, file.split(path.sep).join('/')));

it('the package has no run-time dependencies, and n8n-workflow as its only peer', () => {
	expect(manifest.dependencies ?? {}).toEqual({});
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

it('shipped code imports n8n-workflow, node:crypto and itself, nothing else', () => {
	for (const file of [...files('nodes', '.ts'), ...files('credentials', '.ts')]) {
		const imports = [
			...readFileSync(path.join(root, file), 'utf8').matchAll(/from '([^']+)'/g),
		].map(([, from]) => from);
		for (const from of imports) {
			if (!from.startsWith('.'))
				expect([file, ['n8n-workflow', 'node:crypto'].includes(from)]).toEqual([file, true]);
			else
				expect(path.posix.normalize(path.posix.join(path.posix.dirname(file), from))).toMatch(
					/^(nodes|credentials)\//,
				);
		}
	}
});

it('node folders import from nodes/shared and themselves, never from each other', () => {
	for (const file of files('nodes', '.ts')) {
		const [, folder] = file.split('/');
		for (const [, from] of readFileSync(path.join(root, file), 'utf8').matchAll(
			/from '(\.[^']+)'/g,
		)) {
			const [, target] = path.posix
				.normalize(path.posix.join(path.posix.dirname(file), from))
				.split('/');
			expect([file, [folder, 'shared'].includes(target)]).toEqual([file, true]);
		}
	}
});
