// Everything a fresh checkout needs before anything in it can run: the development packages, Node 24
// and a real n8n. Each piece is quick when it is there already.
//
// As a program: `node scripts/setup.mjs [root] [v2] [v1]` sets up the pieces named (all of them when
// none is) and prints, as one line of JSON on stdout, where the n8n installs are.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, runLogged } from './commands.mjs';
import { copyManifests, holding, installOnce } from './installs.mjs';
import { asProgram } from './program.mjs';
import { step } from './progress.mjs';

/** The checkout. */
export const repository = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const harness = (name) => path.join(repository, 'sandbox', 'n8n', 'installs', name);

// The lock pins every version. `npm ci` would also insist on entries for optional packages of other
// platforms, which not every registry mirror has.
// Install scripts stay off: those of packages that nothing here uses download from elsewhere.
// npm runs as the machine has it: under another Node it would miss the machine's npm configuration.
const INSTALL = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];

/**
 * The development packages of the checkout itself, installed anew when the lock has changed.
 *
 * @returns {Promise<void>}
 */
export async function ensureRoot() {
	const modules = path.join(repository, 'node_modules');
	const complete = () => isInstalled(modules);
	if (complete()) return;
	const partial = path.join(repository, '.cache', 'install');
	mkdirSync(path.dirname(partial), { recursive: true });
	const title = 'Installing development packages';
	await holding(`${partial}.lock`, title, complete, async () => {
		rmSync(partial, { recursive: true, force: true });
		mkdirSync(partial);
		copyManifests(repository, partial);
		await step(title, () => runLogged('npm', INSTALL, { cwd: partial, log: `${partial}.log` }));
		if (existsSync(modules)) renameSync(modules, path.join(partial, 'outdated'));
		renameSync(path.join(partial, 'node_modules'), modules);
		rmSync(partial, { recursive: true, force: true });
	});
}

/** Whether npm has put there, with whatever command, what the lock asks for. */
function isInstalled(modules) {
	const record = path.join(modules, '.package-lock.json');
	if (!existsSync(record)) return false;
	const { packages: installed } = readJson(record);
	const { '': root, ...locked } = readJson(path.join(repository, 'package-lock.json')).packages;
	const { devDependencies } = readManifest(repository);
	const isLocked = Object.entries(devDependencies).every(
		([name, version]) => root.devDependencies[name] === version,
	);
	return (
		isLocked &&
		Object.entries(locked).every(([place, { version, optional }]) =>
			place in installed ? installed[place].version === version : optional,
		)
	);
}

let node24;

/**
 * Node 24, the one that n8n 2.x asks for, whatever Node runs this script. It comes as a plain
 * registry package. On a platform without one, a Node 24 that runs this script will do.
 *
 * @returns {Promise<string>} path of the binary
 * @throws {Error} where there is neither
 */
export const ensureNode24 = () => (node24 ??= findNode24());

async function findNode24() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${platform}-${process.arch}`;
	const { optionalDependencies } = readManifest(harness('node24'));
	if (!(name in optionalDependencies)) {
		if (process.versions.node.startsWith('24.')) return process.execPath;
		throw new Error(`No registry package holds Node 24 for this platform: run this with Node 24.`);
	}
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const binary = path.join('node_modules', name, 'bin', file);
	const dir = await installOnce({
		title: `Installing Node ${optionalDependencies[name]}`,
		name: 'node24',
		harness: harness('node24'),
		fill: async (cwd, log) => {
			await runLogged('npm', INSTALL, { cwd, log });
			// npm passes over an optional package that it could not fetch.
			await runLogged(path.join(cwd, binary), ['--version'], { cwd, log });
		},
	});
	return path.join(dir, binary);
}

let sqlite;

/**
 * The sqlite3 package that n8n keeps its data in, compiled: it is published as source.
 *
 * @returns {Promise<string>} path of the compiled module
 */
const ensureSqlite = () => (sqlite ??= buildSqlite());

async function buildSqlite() {
	const node = await ensureNode24();
	const dir = await installOnce({
		title: 'Compiling sqlite3',
		name: 'sqlite3',
		harness: harness('sqlite3'),
		fill: async (cwd, log) => {
			await runLogged('npm', INSTALL, { cwd, log });
			const gyp = path.join(cwd, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
			const source = path.join(cwd, 'node_modules', 'sqlite3');
			const env = withNode24(node);
			await runLogged(node, [gyp, 'rebuild', '--release', '-j', 'max'], { cwd: source, log, env });
			await runLogged(node, ['-e', 'require("sqlite3")'], { cwd, log });
		},
	});
	return path.join(dir, SQLITE_BINARY);
}

const SQLITE_BINARY = path.join('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/** Native code is compiled against the headers beside Node 24, whatever npm is configured to use. */
const withNode24 = (node) => ({
	...process.env,
	PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
	npm_config_nodedir: path.resolve(path.dirname(node), '..'),
});

/**
 * A real n8n: `v2` the current line, `v1` the last of 1.x.
 *
 * @param {'v2' | 'v1'} line
 * @returns {Promise<{ line: string, version: string, dir: string, node: string, n8nBin: string }>}
 *   its version, its directory, and the Node and the script that start it
 */
export async function ensureN8n(line) {
	const node = await ensureNode24();
	const version = readManifest(harness(line)).dependencies.n8n;
	const dir = await installOnce({
		title: `Installing n8n ${version}`,
		name: `n8n-${line}`,
		harness: harness(line),
		fill: async (cwd, log) => {
			const sqliteBinary = ensureSqlite();
			// The two run side by side. A failed compile is reported when its result is needed.
			sqliteBinary.catch(() => {});
			await runLogged('npm', INSTALL, { cwd, log });
			const binary = path.join(cwd, SQLITE_BINARY);
			mkdirSync(path.dirname(binary), { recursive: true });
			cpSync(await sqliteBinary, binary);
			await runLogged(node, ['-e', 'require("sqlite3"); require("isolated-vm")'], { cwd, log });
		},
	});
	const n8nBin = path.join(dir, 'node_modules', 'n8n', 'bin', 'n8n');
	return { line, version, dir, node, n8nBin };
}

/**
 * Runs a script with Node 24, its output going to the user.
 *
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number | string>} exit code, or the signal that ended it
 */
export const runNode24 = async (args, options) =>
	run(await ensureNode24(), args, { cwd: repository, shell: false, ...options });

/** @param {string} dir of a package */
export const readManifest = (dir) => readJson(path.join(dir, 'package.json'));

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

await asProgram(import.meta.url, async (pieces) => {
	const unknown = pieces.filter((piece) => !['root', 'v2', 'v1'].includes(piece));
	if (unknown.length > 0) throw new Error(`There is no piece named ${unknown.join(', ')}.`);
	const wanted = (piece) => pieces.length === 0 || pieces.includes(piece);
	if (wanted('root')) await ensureRoot();
	const installs = {};
	for (const line of ['v2', 'v1']) if (wanted(line)) installs[line] = await ensureN8n(line);
	process.stdout.write(`${JSON.stringify(installs)}\n`);
});
