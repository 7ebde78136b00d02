import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { drawnFloors, importsOf } from '../../../scripts/arrows/imports.mts';

let repository: string;
beforeEach(() => (repository = mkdtempSync(path.join(tmpdir(), 'arrows-'))));
afterEach(() => rmSync(repository, { recursive: true }));

/** Writes files by their paths; gives the paths of the source files. */
function written(files: Record<string, string>): string[] {
	for (const [file, text] of Object.entries(files)) {
		mkdirSync(path.join(repository, path.dirname(file)), { recursive: true });
		writeFileSync(path.join(repository, file), text);
	}
	return Object.keys(files).filter((file) => !file.endsWith('.md'));
}

test.each([
	["import { a } from '../b/c.mts';"],
	["import type { A } from '../b/c.mts';"],
	["export * from '../b/c.mts';"],
	["export type { A } from '../b/c.mts';"],
	["const a = await import('../b/c.mts');"],
	["const a = load<typeof import('../b/c.mts')>('b/c.mts');"],
	["type A = import('../b/c.mts').A;"],
])('sees %s', (text) => {
	const files = written({ 'a/from.mts': text, 'b/c.mts': '' });
	expect(importsOf(repository, files)).toEqual([{ from: 'a/from.mts', to: 'b/c.mts' }]);
});

test('finds the product by paths without extension, and passes over packages', () => {
	const files = written({
		'nodes/a.ts': "import { b } from './b/b.node';\nimport { sleep } from 'n8n-workflow';",
		'nodes/b/b.node.ts': '',
	});
	expect(importsOf(repository, files)).toEqual([{ from: 'nodes/a.ts', to: 'nodes/b/b.node.ts' }]);
});

test('reads floors from the READMEs of folders at any depth', () => {
	const files = written({
		'nodes/Keygen/README.md': 'Text\n\n```floors\nrun/\ntable/\n```\n\nMore.\n',
		'nodes/README.md': 'No floors.\n',
		'nodes/Keygen/table/parts/a.ts': '',
	});
	expect([...drawnFloors(repository, files)]).toEqual([['nodes/Keygen', 'run/\ntable/\n']]);
});
