// Builds the package and packs it as `npm publish` would.
//
// As a program: prints the path of the tarball on stdout.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runLogged } from './commands.mjs';
import { asProgram } from './program.mjs';
import { step } from './progress.mjs';
import { ensureRoot, readManifest, repository } from './setup.mjs';

/**
 * Builds `dist/` anew and packs it.
 *
 * @returns {Promise<string>} path of the tarball, in a temporary directory of its own
 */
export async function pack() {
	await ensureRoot();
	const out = mkdtempSync(path.join(tmpdir(), 'package-'));
	const options = { cwd: repository, log: path.join(out, 'build.log') };
	await step('Building and packing the package', async () => {
		rmSync(path.join(repository, 'dist'), { recursive: true, force: true });
		await runLogged('npm', ['run', 'build'], options);
		await runLogged('npm', ['pack', '--ignore-scripts', '--pack-destination', out], options);
	});
	const { name, version } = readManifest(repository);
	return path.join(out, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
}

/**
 * @param {string} tarball
 * @returns {string} a temporary directory with the tarball's contents
 */
export function unpack(tarball) {
	const dir = mkdtempSync(path.join(tmpdir(), 'unpacked-'));
	execFileSync('tar', ['-xzf', tarball, '-C', dir]);
	return path.join(dir, 'package');
}

await asProgram(import.meta.url, async () => void process.stdout.write(`${await pack()}\n`));
