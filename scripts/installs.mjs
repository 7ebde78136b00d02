// Installs that are shared between checkouts and never half there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { homedir, hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { step } from './progress.mjs';

const STAMP = 'complete.json';
const PARTIAL = '.partial';
const ME = `${hostname()}~${process.pid}`;

/**
 * Where the installs live: `KEEPER_KEYGEN_CACHE` if set, else the user's cache directory.
 *
 * @returns {string}
 */
export const cacheDir = () =>
	process.env.KEEPER_KEYGEN_CACHE ||
	path.join(
		process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
		'n8n-nodes-keeper-keygen',
	);

const MANIFESTS = ['package.json', 'package-lock.json'];

/**
 * @param {string} dir of a package
 * @returns {string} a short name that changes with what the package asks to be installed
 */
function manifestKey(dir) {
	const hash = createHash('sha256');
	for (const file of MANIFESTS) hash.update(readFileSync(path.join(dir, file))).update('\0');
	return hash.digest('hex').slice(0, 12);
}

/**
 * Copies package.json and package-lock.json, the latter completed so that npm need not ask.
 *
 * @param {string} from
 * @param {string} to
 */
export function copyManifests(from, to) {
	for (const file of MANIFESTS) cpSync(path.join(from, file), path.join(to, file));
	addAddresses(path.join(to, 'package-lock.json'));
}

/**
 * The directory of an install that is filled once and then only read. It is filled under another
 * name and renamed when complete, so that an interrupted install is never taken for a good one.
 *
 * @param {object} install
 * @param {string} install.title what the user is told
 * @param {string} install.name the first part of the directory's name
 * @param {string} install.harness a directory with package.json and package-lock.json, copied in
 * @param {(dir: string, log: string) => Promise<void>} install.fill
 * @returns {Promise<string>}
 */
export async function installOnce({ title, name, harness, fill }) {
	const key = `${name}-${process.platform}-${process.arch}-${manifestKey(harness)}`;
	const target = path.join(cacheDir(), key);
	const complete = () => existsSync(path.join(target, STAMP));
	if (complete()) return target;

	mkdirSync(cacheDir(), { recursive: true });
	// The lock only saves double work: what keeps installs whole is the rename.
	await holding(`${target}.lock`, title, complete, async () => {
		removeLeftovers(target);
		const partial = `${target}.${ME}${PARTIAL}`;
		rmSync(partial, { recursive: true, force: true });
		mkdirSync(partial);
		copyManifests(harness, partial);
		await step(title, () => fill(partial, path.join(partial, 'install.log')));
		writeFileSync(path.join(partial, STAMP), JSON.stringify({ completed: new Date() }));
		moveIntoPlace(partial, target, complete);
	});
	return target;
}

/**
 * Adds to a lock where each package is fetched from, by the registries' convention. The locks do
 * without, but npm then downloads the whole history of each of thousands of packages to find out.
 */
function addAddresses(lockFile) {
	const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
	const registry = configuredRegistry();
	for (const [place, entry] of Object.entries(lock.packages)) {
		const name = entry.name ?? place.split('node_modules/').pop();
		if (!place || !entry.integrity || entry.resolved) continue;
		const file = `${name.split('/').pop()}-${entry.version}.tgz`;
		entry.resolved = new URL(`${name}/-/${file}`, registry).href;
	}
	writeFileSync(lockFile, JSON.stringify(lock));
}

/** The registry that npm is configured for, with a slash at the end. */
function configuredRegistry() {
	const shell = process.platform === 'win32';
	const answer = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell });
	return `${answer.trim().replace(/\/$/, '')}/`;
}

/** Two installs may have raced in spite of the lock: the first that is complete stays. */
function moveIntoPlace(partial, target, complete) {
	try {
		renameSync(partial, target);
	} catch (error) {
		if (!complete()) throw error;
		rmSync(partial, { recursive: true, force: true });
	}
}

/**
 * Lets one process work while others wait for its result. A lock whose process is gone counts for
 * nothing.
 *
 * @param {string} lock path of a file that exists as long as the work is being done
 * @param {string} title what the user is told
 * @param {() => boolean} complete whether the work is done
 * @param {() => Promise<void>} work is not called if another process has completed it
 */
export async function holding(lock, title, complete, work) {
	const locked = () => {
		if (take(lock)) return true;
		if (isAlive(readHolder(lock))) return false;
		rmSync(lock, { force: true });
		return take(lock);
	};
	if (!locked()) {
		await step(`${title}: waiting for another process that does it`, async () => {
			while (!complete() && !locked()) await sleep(500);
		});
	}
	try {
		if (!complete()) await work();
	} finally {
		if (readHolder(lock) === ME) rmSync(lock, { force: true });
	}
}

function take(lock) {
	try {
		writeFileSync(lock, ME, { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		return false;
	}
}

function readHolder(lock) {
	try {
		return readFileSync(lock, 'utf8');
	} catch {
		return '';
	}
}

/** Whether the process named `host~pid` runs. Of other hosts (containers) nothing is known. */
function isAlive(holder) {
	const [host, pid] = holder.split('~');
	if (host !== hostname()) return false;
	try {
		process.kill(Number(pid), 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** What installs of the same key left behind on this host when they were interrupted. */
function removeLeftovers(target) {
	for (const entry of readdirSync(cacheDir())) {
		if (!entry.startsWith(`${path.basename(target)}.`) || !entry.endsWith(PARTIAL)) continue;
		const holder = entry.slice(path.basename(target).length + 1, -PARTIAL.length);
		if (holder.startsWith(`${hostname()}~`) && !isAlive(holder)) {
			rmSync(path.join(cacheDir(), entry), { recursive: true, force: true });
		}
	}
}
