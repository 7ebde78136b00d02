// Builds everything and packs each package of `packages/` as `npm publish` takes it.
//
// As a program: `node scripts/pack.mjs [--out DIR] [--version VERSION]`. Prints the paths of the
// tarballs on stdout, one a line; without --out they are in a temporary directory. With --version it
// fails unless that is the version of all packages.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runLogged } from './commands.mjs';
import { manifestFile, packages } from './packages/manifests.mjs';
import { asProgram } from './program.mjs';
import { step } from './progress.mjs';
import { ensureRoot, readManifest, repository } from './setup.mjs';

const TEXTS = ['README.md', 'CHANGELOG.md', 'LICENSE'];

/**
 * Builds `dist/` anew and packs what each package ships of it.
 *
 * @param {string} [out] a directory for the tarballs; a temporary one if not given
 * @param {string} [version] that all packages must have; the repository's own if not given
 * @returns {Promise<string[]>} their paths, by the packages' names
 * @throws {Error} when a package has another version, or a file that it lists was not built
 */
export async function pack(
	out = mkdtempSync(path.join(tmpdir(), 'packages-')),
	version = readManifest(repository).version,
) {
	for (const { name, manifest } of packages()) {
		if (manifest.version === version) continue;
		throw new Error(`${name} has the version ${manifest.version}, but should have ${version}.`);
	}
	await ensureRoot();
	mkdirSync(out, { recursive: true });
	const work = mkdtempSync(path.join(tmpdir(), 'packing-'));
	const log = path.join(tmpdir(), `${path.basename(work)}.log`);
	const tarballs = await step('Building and packing the packages', async () => {
		rmSync(path.join(repository, 'dist'), { recursive: true, force: true });
		await runLogged('npm', ['run', 'build'], { cwd: repository, log });
		const packed = [];
		for (const item of packages()) {
			const cwd = await stage(item, path.join(work, item.name));
			const args = ['pack', '--ignore-scripts', '--pack-destination', path.resolve(out)];
			await runLogged('npm', args, { cwd, log });
			packed.push(path.resolve(out, `${item.name}-${version}.tgz`));
		}
		return packed;
	});
	rmSync(work, { recursive: true, force: true });
	rmSync(log);
	return tarballs;
}

/** Lays out what a tarball holds, and nothing else. */
async function stage({ dir, manifest }, target) {
	// TypeScript is there only after the setup.
	const { shippedFiles } = await import('./packages/shipped-files.mjs');
	mkdirSync(target);
	for (const file of TEXTS) copyFileSync(path.join(dir, file), path.join(target, file));
	for (const file of shippedFiles(manifest.n8n, repository)) {
		mkdirSync(path.join(target, path.dirname(file)), { recursive: true });
		copyFileSync(path.join(repository, file), path.join(target, file));
	}
	// The folder in the checkout is private because it has no dist: npm must refuse to publish it.
	const published = { ...manifest };
	delete published.private;
	writeFileSync(manifestFile(target), `${JSON.stringify(published, null, '\t')}\n`);
	return target;
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

const OPTIONS = { out: { type: 'string' }, version: { type: 'string' } };

await asProgram(import.meta.url, async (args) => {
	const { values } = parseArgs({ args, options: OPTIONS });
	for (const tarball of await pack(values.out, values.version))
		process.stdout.write(`${tarball}\n`);
});
