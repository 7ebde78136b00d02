// The packages that this repository publishes.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../packages', import.meta.url));

/**
 * @typedef {object} Package
 * @property {string} name as on npm
 * @property {string} dir its folder in the checkout
 * @property {Record<string, any>} manifest its package.json
 */

/** @returns {Package[]} by name */
export const packages = () =>
	readdirSync(folder)
		.sort()
		.map((name) => {
			const dir = path.join(folder, name);
			return { name, dir, manifest: JSON.parse(readFileSync(manifestFile(dir), 'utf8')) };
		});

/** @param {string} dir of a package */
export const manifestFile = (dir) => path.join(dir, 'package.json');
