import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startSupervised, type SupervisedProcess } from '../../sandbox/n8n/supervised-process.mts';
import { freePort } from '../../sandbox/n8n/user-folder.mts';
import { postgresFolder, redisServer } from '../../scripts/queue-servers.mjs';

/** A database or queue server of the test's own, on 127.0.0.1. */
export interface Server {
	port: number;
	/** Where it keeps its data. */
	folder: string;
	/** Ends it and deletes its data. */
	close(): Promise<void>;
}

/** The user `nobody`: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

/**
 * A new PostgreSQL with a database `n8n` of the user `n8n`, who needs no password.
 *
 * @throws {Error} where PostgreSQL is not installed
 */
export async function startPostgres(): Promise<Server> {
	const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
	const asRoot = process.getuid?.() === 0;
	const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
	if (asRoot) chownSync(folder, NOBODY, NOBODY);
	const bin = installed(postgresFolder(), 'PostgreSQL');
	const data = path.join(folder, 'data');
	const initdb = ['-D', data, '-U', 'n8n', '--auth=trust', '--encoding=UTF8', '--no-sync'];
	execFileSync(path.join(bin, 'initdb'), initdb, { ...user, cwd: folder, stdio: 'ignore' });
	const port = await freePort();
	const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
	const program = path.join(bin, 'postgres');
	const [command, ...first] = asRoot ? [...AS_NOBODY, program] : [program];
	const postgres = startSupervised(command, [...first, ...args], {
		cwd: folder,
		env: { PATH: process.env.PATH ?? '' },
	});
	// It listens before it lets anybody in.
	const isReady = [path.join(bin, 'pg_isready'), '-q', '-h', '127.0.0.1', '-p', String(port)];
	await untilReady('PostgreSQL', postgres, async () => succeeds(isReady));
	const createdb = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n'];
	execFileSync(path.join(bin, 'createdb'), createdb, { stdio: 'inherit' });
	return serverOf(postgres, port, folder);
}

/**
 * A new, empty Redis.
 *
 * @throws {Error} where Redis is not installed
 */
export async function startRedis(): Promise<Server> {
	const folder = mkdtempSync(path.join(tmpdir(), 'redis-'));
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
	const redis = startSupervised(installed(redisServer(), 'Redis'), args, {
		cwd: folder,
		env: { PATH: process.env.PATH ?? '' },
	});
	await untilReady('Redis', redis, async () => await answers(port));
	return serverOf(redis, port, folder);
}

function serverOf(server: SupervisedProcess, port: number, folder: string): Server {
	return {
		port,
		folder,
		async close() {
			await server.kill();
			await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		},
	};
}

function installed(found: string | undefined, product: string): string {
	if (found === undefined) throw new Error(`${product} is not installed.`);
	return found;
}

/** Waits until a server can be used, for a minute at most. */
async function untilReady(
	name: string,
	server: SupervisedProcess,
	isReady: () => Promise<boolean>,
): Promise<void> {
	for (const deadline = Date.now() + 60_000; !(await isReady()); await sleep(100)) {
		if (Date.now() < deadline) continue;
		await server.kill();
		throw new Error(`${name} did not start:\n${server.output()}`);
	}
}

function succeeds([command, ...args]: string[]): boolean {
	return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

const answers = async (port: number): Promise<boolean> =>
	await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
