// `npm test`: sets up what is missing, then runs the stages below one after the other and counts.
//
// `npm test -- unit scan` runs those stages only. The last line is always `N passed, N failed`.
// The stage 'queue' needs PostgreSQL and Redis, the stage 'browser' Chromium, which npm cannot install:
// where they are missing, the stage is left out, and the summary says so. By name it runs in any case.
//
// `npm run test:long` runs the stages of LONG, in which tests that draw lots or kill n8n do so many
// times over. It prints the seed of their random numbers; `-- --seed=N` draws the same again.
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from './chromium.mjs';
import { pack } from './pack.mjs';
import { asProgram } from './program.mjs';
import { elapsed } from './progress.mjs';
import { missingServers } from './queue-servers.mjs';
import { ensureN8n, ensureNode24, ensureRoot, runNode24 } from './setup.mjs';

/**
 * Each stage returns what it counted, or whether it passed, which then counts as one.
 *
 * @type {Record<string, () => Promise<boolean | Count>>}
 * @typedef {{ passed: number, failed: number }} Count
 */
const stages = {
	lint: () =>
		each({
			'the product, by n8n': () => node24('node_modules/@n8n/node-cli/bin/n8n-node.mjs', 'lint'),
			'everything else': () => node24(ESLINT, '--config', 'eslint.tools.config.mjs', '.'),
			format: () => node24('node_modules/prettier/bin/prettier.cjs', '--check', '.'),
			arrows: () => stages.arrows(),
			licenses: () => node24('scripts/licenses/main.mjs'),
		}),
	arrows: () => node24('scripts/arrows/main.mts'),
	types: () =>
		each({
			'the product': () => node24(TSC, '--noEmit'),
			'everything else': () => node24(TSC, '-p', 'test/tsconfig.json'),
		}),
	unit: () => jest('unit/'),
	contract: () => jest('contract/'),
	packages: () => withPackages('packages/'),
	scan: async () => node24('scripts/scan.mjs', ...(await tarballs())),
	n8n: async () => {
		await ensureBothLines();
		return await withPackages('n8n/');
	},
	browser: async () => {
		await ensureN8n('v2');
		return await withPackages('browser/', { CHROMIUM: chromium() ?? '' });
	},
	long: async () => {
		await ensureBothLines();
		const queue = missingServers().length > 0 ? '' : '|queue/keygen';
		return await withPackages(`(long/|n8n/.*-kill${queue})`);
	},
	bench: async () => {
		await ensureN8n('v2');
		return await node24('bench/main.mts', '--check');
	},
	queue: async () => {
		await ensureN8n('v2');
		return await withPackages('queue/');
	},
};

// Part of 'lint', or long.
const ONLY_BY_NAME = ['arrows', 'long', 'bench'];
const LONG = ['long', 'bench'];

const ESLINT = 'node_modules/eslint/bin/eslint.js';
const TSC = 'node_modules/typescript/bin/tsc';

/** Runs checks one after the other, all of them, and counts each. */
async function each(checks) {
	const count = { passed: 0, failed: 0 };
	for (const [name, check] of Object.entries(checks)) {
		console.log(`--- ${name}`);
		count[(await check()) ? 'passed' : 'failed'] += 1;
	}
	return count;
}

/** Runs the tests under test/ whose paths match. */
async function jest(pattern, { args = [], ...env } = {}) {
	const out = mkdtempSync(path.join(tmpdir(), 'jest-'));
	const outputFile = path.join(out, 'results.json');
	try {
		const passed = await runNode24(
			[
				'node_modules/jest/bin/jest.js',
				'--json',
				`--outputFile=${outputFile}`,
				...['--testPathPatterns', `/test/${pattern}`, ...args],
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

let packed;
const tarballs = () => (packed ??= pack());

/** One file at a time: most have a real n8n or two, which want the machine for themselves. */
const withPackages = async (pattern, env) =>
	jest(pattern, { args: ['--runInBand'], PACKAGE_TARBALLS: (await tarballs()).join('\n'), ...env });

/** What a stage needs that npm cannot install. */
const NEEDS = {
	queue: missingServers,
	browser: () => (chromium() ? [] : ['Chromium']),
};

/** In turn: npm takes a gigabyte of memory for each. */
async function ensureBothLines() {
	await ensureN8n('v2');
	await ensureN8n('v1');
}

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
	const took = elapsed(start);
	console.log(`=== ${name} ${verdict} in ${took} ===`);
	return { ...result, line: `${name.padEnd(8)} ${verdict} in ${took}` };
}

const isSeed = (arg) => /^--seed=\d+$/.test(arg);

await asProgram(import.meta.url, async (args) => {
	const start = performance.now();
	const named = args.filter((arg) => !arg.startsWith('--'));
	const unknown = named.filter((name) => !(name in stages));
	if (unknown.length > 0) {
		const known = Object.keys(stages).join(', ');
		throw new Error(`There is no stage named ${unknown.join(', ')}. The stages are: ${known}`);
	}
	const isLong = args.includes('--long');
	const stray = args.find((arg) => arg.startsWith('--') && arg !== '--long' && !isSeed(arg));
	if (stray) throw new Error(`There is no option ${stray}. The options are: --long, --seed=N`);
	if (isLong) drawLots(args.find(isSeed));
	await ensureRoot();
	await ensureNode24();
	const usual = isLong ? LONG : Object.keys(stages).filter((name) => !ONLY_BY_NAME.includes(name));
	const total = { passed: 0, failed: 0 };
	const lines = [];
	for (const name of named.length > 0 ? named : usual) {
		const missing = named.length === 0 ? (NEEDS[name]?.() ?? []) : [];
		if (missing.length > 0) {
			lines.push(`${name.padEnd(8)} NOT RUN: ${missing.join(' and ')} not found on this machine`);
			console.log(`\n=== ${lines.at(-1)} ===`);
			continue;
		}
		const { passed, failed, line } = await runStage(name);
		total.passed += passed;
		total.failed += failed;
		lines.push(line);
	}
	await packed?.then(
		([file]) => rmSync(path.dirname(file), { recursive: true, force: true }),
		() => {},
	);
	if (total.failed > 0) process.exitCode = 1;
	console.log(`\n${lines.join('\n')}\nin all   ${elapsed(start)}`);
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
});

/** @param {string} [option] such as `--seed=7`; another seed each time if not given */
function drawLots(option) {
	const seed = option?.split('=')[1] ?? String(randomInt(2 ** 31));
	// Tests read both by test/effort.mts.
	process.env.TEST_LONG = '1';
	process.env.TEST_SEED = seed;
	console.log(`The seed is ${seed}: \`npm run test:long -- --seed=${seed}\` draws the same again.`);
}
