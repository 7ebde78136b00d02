// What n8n's verifier would find in the package: the checks of @n8n/scan-community-package, on this
// checkout and on the packed tarball instead of what the registry and GitHub have.
//
// As a program: `node scripts/scan.mjs [tarball]`. Exits with 1 if there are errors.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { asProgram } from './program.mjs';
import { pack, unpack } from './pack.mjs';
import { ensureRoot, repository } from './setup.mjs';

/**
 * Prints what the verifier has to say.
 *
 * @param {string} tarball made by `npm pack`
 * @returns {Promise<boolean>} whether the verifier would pass it; it does not mind warnings
 */
export async function scan(tarball) {
	await ensureRoot();
	const scanner = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const { ESLint } = await import('eslint');
	const unpacked = unpack(tarball);
	const legs = [
		{ title: 'sources', dir: repository, patterns: scanner.SOURCE_FILE_PATTERNS },
		{ title: 'tarball', dir: unpacked, patterns: ['**/*.js', 'package.json'] },
	];
	let passed = true;
	for (const { title, dir, patterns } of legs) {
		const eslint = new ESLint({
			cwd: dir,
			allowInlineConfig: false,
			overrideConfigFile: true,
			overrideConfig: await scanner.buildScanConfig(),
		});
		// Lists the warnings too, which the verdict leaves out when there are no errors.
		const results = await eslint.lintFiles(patterns);
		const { errors, warnings } = count(results);
		const verdict = await scanner.analyzePackage(dir, patterns);
		passed &&= verdict.passed && errors === 0;
		process.stdout.write(
			`The ${title}: ${results.length} files, ${errors} errors, ${warnings} warnings\n`,
		);
		if (errors + warnings > 0) {
			const formatter = await eslint.loadFormatter('stylish');
			process.stdout.write(await formatter.format(results));
		} else if (!verdict.passed) {
			process.stdout.write(`${verdict.message}\n${verdict.details ?? ''}\n`);
		}
	}
	rmSync(path.dirname(unpacked), { recursive: true, force: true });
	return passed;
}

const count = (results) => ({
	errors: results.reduce((sum, { errorCount }) => sum + errorCount, 0),
	warnings: results.reduce((sum, { warningCount }) => sum + warningCount, 0),
});

await asProgram(import.meta.url, async ([tarball]) => {
	if (!(await scan(tarball ?? (await pack())))) process.exitCode = 1;
});
