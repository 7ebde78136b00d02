// Writes docs/keygen/, the reference of the Keygen node. With --check it only compares.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { load } from '../typescript-modules.mjs';

const folder = new URL('../../docs/keygen/', import.meta.url);
mkdirSync(folder, { recursive: true });
const pages = load('scripts/keygen/pages.mts').pages();
const present = readdirSync(folder).filter((name) => name.endsWith('.md'));
const textOf = (name) =>
	present.includes(name) ? readFileSync(new URL(name, folder), 'utf8') : undefined;
const stale = [
	...Object.keys(pages).filter((name) => textOf(name) !== pages[name]),
	...present.filter((name) => !(name in pages)),
];

if (process.argv.includes('--check')) {
	for (const name of stale)
		console.error(`docs/keygen/${name} does not match the rows. Run: npm run docs:keygen`);
	process.exitCode = stale.length > 0 ? 1 : 0;
} else {
	for (const name of stale) {
		const file = new URL(name, folder);
		if (name in pages) writeFileSync(file, pages[name]);
		else rmSync(file);
	}
	console.log(`docs/keygen: ${Object.keys(pages).length} pages, ${stale.length} changed.`);
}
