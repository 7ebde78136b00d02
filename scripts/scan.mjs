// What n8n's verifier would find in the packages: the checks of @n8n/scan-community-package, on this
// checkout and on the packed tarballs instead of what GitHub and the registry have.
//
// As a program: `node scripts/scan.mjs [TARBALL ...]`. Exits with 1 if there are errors. With --files
// it lints nothing and prints, as one line of JSON, which files it would.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { asProgram } from './program.mjs';
import { pack, unpack } from './pack.mjs';
import { ensureRoot, readManifest, repository } from './setup.mjs';

const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

/**
 * What the verifier lints of a package.
 *
 * @typedef {object} Leg
 * @property {string} title
 * @property {string} dir
 * @property {string[]} patterns
 * @property {string[]} files paths from `dir`
 *
 * @param {string} unpacked the contents of its tarball
 * @returns {Promise<Leg[]>} the sources and the tarball
 */
async function legsOf(unpacked) {
	const { findPackageRoot, SOURCE_FILE_PATTERNS } = await scanner();
	const { name } = readManifest(unpacked);
	return [
		await leg(`${name}, sources`, findPackageRoot(repository, name), SOURCE_FILE_PATTERNS),
		await leg(`${name}, tarball`, unpacked, TARBALL_PATTERNS),
	];
}

async function leg(title, dir, patterns) {
	const { default: glob } = await import('fast-glob');
	// As the verifier does it. ESLint's own patterns would pass over the links to the sources.
	const files = await glob(patterns, {
		cwd: dir,
		ignore: ['node_modules/**', '**/package-lock.json'],
	});
	return { title, dir, patterns, files: files.sort() };
}

const scanner = async () => {
	await ensureRoot();
	return await import('@n8n/scan-community-package/scanner/scanner.mjs');
};

/**
 * Prints what the verifier has to say about a leg.
 *
 * @param {Leg} leg
 * @returns {Promise<boolean>} whether the verifier would pass it; it does not mind warnings
 */
async function lint({ title, dir, patterns, files }) {
	const { analyzePackage, buildScanConfig } = await scanner();
	const { ESLint } = await import('eslint');
	const eslint = new ESLint({
		cwd: dir,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	// Lists the warnings too, which the verdict leaves out when there are no errors.
	const results = await eslint.lintFiles(files.map((file) => path.join(dir, file)));
	const { errors, warnings } = count(results);
	const verdict = await analyzePackage(dir, patterns);
	process.stdout.write(
		`${title}: ${results.length} files, ${errors} errors, ${warnings} warnings\n`,
	);
	if (errors + warnings > 0) {
		const formatter = await eslint.loadFormatter('stylish');
		process.stdout.write(await formatter.format(results));
	} else if (!verdict.passed) {
		process.stdout.write(`${verdict.message}\n${verdict.details ?? ''}\n`);
	}
	return verdict.passed && errors === 0 && results.length === files.length;
}

const count = (results) => ({
	errors: results.reduce((sum, { errorCount }) => sum + errorCount, 0),
	warnings: results.reduce((sum, { warningCount }) => sum + warningCount, 0),
});

/**
 * Scans packages on both legs and prints what is found.
 *
 * @param {string[]} tarballs made by `pack`
 * @returns {Promise<boolean>} whether the verifier would pass them all
 */
export const scan = async (tarballs) =>
	(await forEachLeg(tarballs, lint)).every((passed) => passed);

/**
 * @template T
 * @param {string[]} tarballs
 * @param {(leg: Leg) => T | Promise<T>} work
 * @returns {Promise<T[]>}
 */
async function forEachLeg(tarballs, work) {
	const results = [];
	for (const tarball of tarballs) {
		const unpacked = unpack(tarball);
		for (const leg of await legsOf(unpacked)) results.push(await work(leg));
		rmSync(path.dirname(unpacked), { recursive: true, force: true });
	}
	return results;
}

await asProgram(import.meta.url, async (args) => {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { files: { type: 'boolean' } },
	});
	const tarballs = positionals.length > 0 ? positionals : await pack();
	if (values.files) {
		const legs = await forEachLeg(tarballs, ({ title, files }) => [title, files]);
		process.stdout.write(`${JSON.stringify(Object.fromEntries(legs))}\n`);
	} else if (!(await scan(tarballs))) process.exitCode = 1;
});
