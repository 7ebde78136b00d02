import { execFileSync } from 'node:child_process';
import path from 'node:path';

export type N8nLine = 'v2' | 'v1';

export interface InstalledN8n {
	/** The full version, such as `2.41.1`. */
	version: string;
	/** The Node that runs it. */
	node: string;
	/** The script that starts it. */
	n8nBin: string;
}

const repository = path.resolve(import.meta.dirname, '..', '..');
const script = (name: string, ...args: string[]): string =>
	execFileSync(process.execPath, [path.join(repository, 'scripts', name), ...args], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	}).trim();

const installs = new Map<N8nLine, InstalledN8n>();

/** The pinned n8n of a line, installed now if it is not yet. */
export function installedN8n(line: N8nLine): InstalledN8n {
	const known = installs.get(line);
	if (known) return known;
	const found = JSON.parse(script('setup.mjs', line)) as Record<N8nLine, InstalledN8n>;
	installs.set(line, found[line]);
	return found[line];
}

/**
 * The packages of this checkout, as npm would publish them. They are built and packed unless
 * `PACKAGE_TARBALLS` lists those that already are, one path a line.
 *
 * @returns the paths of the tarballs
 */
export const packageTarballs = (): string[] =>
	(process.env.PACKAGE_TARBALLS || script('pack.mjs')).split('\n');
