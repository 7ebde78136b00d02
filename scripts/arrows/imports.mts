import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import type { Import } from './graph.mts';

/** The source files that git knows or would add, relative to the repository, with '/' throughout. */
export function sourceFiles(repository: string): string[] {
	const list = ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.mts', '*.mjs'];
	const listed = execFileSync('git', list, { cwd: repository, encoding: 'utf8' });
	return listed.split('\n').filter((file) => file && existsSync(path.join(repository, file)));
}

/** Every import of one file by another, of types too. Packages and files of data are left out. */
export function importsOf(repository: string, files: readonly string[]): Import[] {
	const known = new Set(files);
	return files.flatMap((from) => {
		const text = readFileSync(path.join(repository, from), 'utf8');
		return ts
			.preProcessFile(text, true, true)
			.importedFiles.map(({ fileName }) => fileName)
			.filter((specifier) => specifier.startsWith('.'))
			.map((specifier) => path.posix.join(path.posix.dirname(from), specifier))
			.flatMap((to) => [to, `${to}.ts`].filter((file) => known.has(file)))
			.map((to) => ({ from, to }));
	});
}

/** The floors that a folder's README draws, by folder; '' is the repository itself. */
export function drawnFloors(repository: string, files: readonly string[]): Map<string, string> {
	const folders = new Set(files.flatMap(foldersAbove));
	const drawn = new Map<string, string>();
	for (const folder of folders) {
		const readme = path.join(repository, folder, 'README.md');
		const block =
			existsSync(readme) && /^```floors\n(.*?)^```$/ms.exec(readFileSync(readme, 'utf8'));
		if (block) drawn.set(folder, block[1]);
	}
	return drawn;
}

function foldersAbove(file: string): string[] {
	const parts = file.split('/').slice(0, -1);
	return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
