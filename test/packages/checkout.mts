import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Manifest {
	name: string;
	version: string;
	private?: boolean;
	dependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

export const repository = path.resolve(import.meta.dirname, '..', '..');

export const readManifest = (dir: string): Manifest =>
	JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) as Manifest;

/** What the packages of a checkout say of themselves. */
export const manifests = (checkout = repository): Manifest[] =>
	readdirSync(path.join(checkout, 'packages'))
		.sort()
		.map((name) => readManifest(path.join(checkout, 'packages', name)));

/** Files below a folder of the checkout, links not followed, with paths from the checkout. */
export const filesBelow = (folder: string, ending: string): string[] =>
	readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
		.filter((file) => file.endsWith(ending))
		.sort();

/** Where the build puts a source, as manifests list it. */
export const built = (source: string): string => `dist/${source.replace(/\.ts$/, '.js')}`;
