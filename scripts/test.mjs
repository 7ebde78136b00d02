// `npm test`: sets up what is missing, then runs the stages below one after the other and counts.
//
// `npm test -- unit scan` runs those stages only. The last line is always `N passed, N failed`.
// The stage 'queue' runs by name only: it needs PostgreSQL and Redis, which npm cannot install.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack } from './pack.mjs';
import { asProgram } from './program.mjs';
import { elapsed } from './progress.mjs';
import { ensureN8n, ensureNode24, ensureRoot, runNode24 } from './setup.mjs';

/**
 * Each stage returns what it counted, or whether it passed, which then counts as one.
 *
 * @type {Record<string, () => Promise<boolean | Count>>}
 * @typedef {{ passed: number, failed: number }} Count
 */
const stages = {
	lint: () => node24('node_modules/@n8n/node-cli/bin/n8n-node.mjs', 'lint'),
	types: async () => {
		const product = await node24('node_modules/typescript/bin/tsc', '--noEmit');
		const tests = await node24('node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json');
		return product && tests;
	},
	unit: () => jest('unit'),
	contract: () => jest('contract'),
	packages: () => withPackages('packages'),
	scan: async () => node24('scripts/scan.mjs', ...(await tarballs())),
	n8n: async () => {
		// In turn: npm takes a gigabyte of memory for each.
		await ensureN8n('v2');
		await ensureN8n('v1');
		return await withPackages('n8n');
	},
	queue: async () => {
		await ensureN8n('v2');
		return await withPackages('queue');
	},
};

const ONLY_BY_NAME = ['queue'];

/** Runs the tests in a folder of test/. */
async function jest(folder, { args = [], ...env } = {}) {
	const out = mkdtempSync(path.join(tmpdir(), 'jest-'));
	const outputFile = path.join(out, 'results.json');
	try {
		const passed = await runNode24(
			[
				'node_modules/jest/bin/jest.js',
				'--json',
				`--outputFile=${outputFile}`,
				...['--testPathPatterns', `/test/${folder}/`, ...args],
			],
			// The JSON goes to the file only.
			{ env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] },
		);
		return counted(JSON.parse(readFileSync(outputFile, 'utf8')), passed === 0);
	} finally {
		rmSync(out, { recursive: true, force: true });
	}
}

/** A run that failed without a failed test, or had tests that were not run, counts as a failure. */
function counted(results, exitedWell) {
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = results;
	const unrun = results.numPendingTests + results.numTodoTests;
	if (unrun > 0) console.log(`${unrun} tests are skipped or yet to be written.`);
	if (results.numTotalTests === 0) console.log('There are no tests.');
	const failed = numFailedTests + numRuntimeErrorTestSuites + unrun;
	const silentFailure = failed === 0 && (!exitedWell || numPassedTests === 0);
	return { passed: numPassedTests, failed: failed + (silentFailure ? 1 : 0) };
}

const node24 = async (...args) => (await runNode24(args)) === 0;

/** One file at a time: most have a real n8n or two, which want the machine for themselves. */
const withPackages = async (folder) =>
	jest(folder, { args: ['--runInBand'], PACKAGE_TARBALLS: (await tarballs()).join('\n') });

let packed;
const tarballs = () => (packed ??= pack());

async function runStage(name) {
	const start = performance.now();
	console.log(`\n=== ${name} ===`);
	let result;
	try {
		result = await stages[name]();
	} catch (error) {
		console.log(error.message);
		result = false;
	}
	if (typeof result === 'boolean') result = { passed: result ? 1 : 0, failed: result ? 0 : 1 };
	const verdict = result.failed === 0 ? 'passed' : 'FAILED';
	console.log(`=== ${name} ${verdict} in ${elapsed(start)} ===`);
	return result;
}

await asProgram(import.meta.url, async (names) => {
	const unknown = names.filter((name) => !(name in stages));
	if (unknown.length > 0) {
		const known = Object.keys(stages).join(', ');
		throw new Error(`There is no stage named ${unknown.join(', ')}. The stages are: ${known}`);
	}
	await ensureRoot();
	await ensureNode24();
	const total = { passed: 0, failed: 0 };
	for (const name of Object.keys(stages)) {
		const isWanted = names.length > 0 ? names.includes(name) : !ONLY_BY_NAME.includes(name);
		if (!isWanted) continue;
		const { passed, failed } = await runStage(name);
		total.passed += passed;
		total.failed += failed;
	}
	await packed?.then(
		([file]) => rmSync(path.dirname(file), { recursive: true, force: true }),
		() => {},
	);
	if (total.failed > 0) process.exitCode = 1;
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
});
