// Which compiled files belong to a package: what its manifest lists, and all that these need.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * @param {{ nodes: string[], credentials: string[] }} entries the lists under `n8n` in a package.json
 * @param {string} root the folder that holds `dist`
 * @returns {string[]} paths from `root`, sorted: modules, codex files and icons
 * @throws {Error} when one of them does not exist
 */
export function shippedFiles({ nodes, credentials }, root) {
	const found = new Set();
	const add = (file) => {
		if (found.has(file)) return false;
		if (!existsSync(path.join(root, file))) throw new Error(`${file} was not built.`);
		found.add(file);
		return true;
	};
	const addModule = (file) => {
		if (!add(file) || !file.endsWith('.js')) return;
		for (const required of requiredBy(file, root)) addModule(required);
	};
	for (const file of [...nodes, ...credentials]) {
		addModule(file);
		for (const icon of iconsOf(file, root)) add(icon);
	}
	for (const file of nodes) add(file.replace(/\.js$/, '.json'));
	return [...found].sort();
}

/** The modules of its own package that a module requires. */
function requiredBy(file, root) {
	const { importedFiles } = ts.preProcessFile(
		readFileSync(path.join(root, file), 'utf8'),
		true,
		true,
	);
	return importedFiles
		.map(({ fileName }) => fileName)
		.filter((name) => name.startsWith('.'))
		.map((name) => resolved(path.posix.join(path.posix.dirname(file), name), root));
}

/** As Node resolves a path without an ending. */
function resolved(file, root) {
	const candidates = [file, `${file}.js`, `${file}.json`, `${file}/index.js`];
	return candidates.find((name) => path.extname(name) && existsSync(path.join(root, name))) ?? file;
}

const iconsOf = (file, root) =>
	[...readFileSync(path.join(root, file), 'utf8').matchAll(/['"`]file:([^'"`]+)['"`]/g)].map(
		([, icon]) => path.posix.join(path.posix.dirname(file), icon),
	);
