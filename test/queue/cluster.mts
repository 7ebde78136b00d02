import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { itemsOf } from '../../sandbox/n8n/api/handed-over.mts';
import { installedN8n, type InstalledN8n } from '../../sandbox/n8n/installed.mts';
import { N8nRest } from '../../sandbox/n8n/api/rest.mts';
import { startSupervised, type SupervisedProcess } from '../../sandbox/n8n/supervised-process.mts';
import { installPackage } from '../../sandbox/n8n/community-packages.mts';
import { freePort, newUserFolder, quietEnvironment } from '../../sandbox/n8n/user-folder.mts';
import { startPostgres, startRedis, type Server } from './servers.mts';

/** One process of an n8n in queue mode. */
export interface Member {
	url: string;
	log(): string;
	/** Kills it (SIGKILL) and waits until it is gone. */
	kill(): Promise<void>;
	/** Kills it and starts it again in the same folder and at the same address. */
	restart(): Promise<void>;
}

export interface Cluster {
	/** What a user does in the editor; signed in as the owner. */
	rest: N8nRest;
	main: Member;
	workers: Member[];
	/** They serve the production URLs of webhooks. */
	webhookProcessors: Member[];
	postgres: Server;
	/** What a trigger handed to n8n: the items of each execution that n8n has stored, oldest first. */
	handedOver(workflowId: string, trigger: string): IDataObject[][];
	/** Kills everything and deletes its data. */
	discard(): Promise<void>;
}

/**
 * Starts a real n8n in queue mode: a main instance, workers and webhook processors, each a process
 * with a user folder of its own, on a PostgreSQL and a Redis of their own.
 *
 * @param options.tarballs packed community packages, installed in each process's folder
 * @param options.env further settings for all of them
 * @throws {Error} with the end of the log of a process that does not start
 */
export async function startCluster(options: {
	tarballs: string[];
	workers: number;
	webhookProcessors: number;
	env?: Record<string, string>;
}): Promise<Cluster> {
	const folders: string[] = [];
	const processes: SupervisedProcess[] = [];
	const servers: Server[] = [];
	const discard = async () => {
		await Promise.all(processes.map(async (process) => await process.kill()));
		await Promise.all(servers.map(async (server) => await server.close()));
		for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		const postgres = await startPostgres();
		servers.push(postgres);
		const redis = await startRedis();
		servers.push(redis);
		const n8n = installedN8n('v2');
		const shared = {
			...queueSettings(postgres, redis),
			...options.env,
			N8N_ENCRYPTION_KEY: createHash('sha256').update(postgres.folder).digest('hex'),
		};
		const start = async (kind: Kind): Promise<Member> => {
			const folder = newUserFolder();
			folders.push(folder);
			for (const tarball of options.tarballs) installPackage(folder, tarball);
			const port = await freePort();
			const env = await quietEnvironment(folder, n8n, { ...shared, ...portsOf(kind, port) });
			const run = async (): Promise<SupervisedProcess> => {
				const args = [n8n.n8nBin, ...COMMANDS[kind].args];
				const process = startSupervised(n8n.node, args, { cwd: folder, env });
				processes.push(process);
				await untilUp(n8n, kind, process);
				return process;
			};
			let process = await run();
			return {
				url: `http://127.0.0.1:${port}`,
				log: () => process.output(),
				kill: async () => await process.kill(),
				async restart() {
					await process.kill();
					process = await run();
				},
			};
		};
		// The main instance makes the tables; the others find them.
		const main = await start('main');
		const several = async (kind: Kind, count: number) =>
			await Promise.all(Array.from({ length: count }, async () => await start(kind)));
		const workers = await several('worker', options.workers);
		const webhookProcessors = await several('webhook', options.webhookProcessors);
		const rest = new N8nRest(main.url);
		await rest.signIn();
		// n8n's list of executions is sorted by start and paged by ID, which leaves out some where
		// workers start them in another order.
		const handedOver = (workflowId: string, trigger: string) =>
			executionData(postgres.port, workflowId).flatMap((data) => {
				const items = itemsOf(data, trigger);
				return items ? [items] : [];
			});
		return { rest, main, workers, webhookProcessors, postgres, handedOver, discard };
	} catch (error) {
		await discard();
		throw error;
	}
}

function executionData(port: number, workflowId: string): string[] {
	const sql = `SELECT data.data FROM execution_data data
		JOIN execution_entity execution ON execution.id = data."executionId"
		WHERE execution."workflowId" = '${workflowId}' ORDER BY execution.id`;
	const args = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', '-At', '-c', sql, 'n8n'];
	return execFileSync('psql', args, { encoding: 'utf8', maxBuffer: 1 << 30 })
		.split('\n')
		.filter((line) => line !== '');
}

type Kind = 'main' | 'worker' | 'webhook';

/** How a process is started, and what it prints last when it is up. */
const COMMANDS: Record<Kind, { args: string[]; up: string }> = {
	main: { args: ['start'], up: 'Editor is now accessible via' },
	worker: { args: ['worker', '--concurrency=10'], up: 'n8n worker is now ready' },
	webhook: { args: ['webhook'], up: 'Webhook listener waiting for requests' },
};

const queueSettings = (postgres: Server, redis: Server) => ({
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	QUEUE_BULL_REDIS_HOST: '127.0.0.1',
	QUEUE_BULL_REDIS_PORT: String(redis.port),
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: String(postgres.port),
	DB_POSTGRESDB_DATABASE: 'n8n',
	DB_POSTGRESDB_USER: 'n8n',
	DB_POSTGRESDB_PASSWORD: 'not asked for',
});

const portsOf = (kind: Kind, port: number): Record<string, string> =>
	kind === 'worker'
		? { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) }
		: { N8N_PORT: String(port) };

async function untilUp(n8n: InstalledN8n, kind: Kind, process: SupervisedProcess): Promise<void> {
	const { up } = COMMANDS[kind];
	let ended = false;
	process.exited.finally(() => (ended = true)).catch(() => {});
	for (const deadline = Date.now() + 300_000; !process.output().includes(up); await sleep(100)) {
		if (!ended && Date.now() < deadline) continue;
		const log = process.output().split('\n').slice(-60).join('\n');
		throw new Error(`n8n ${n8n.version} (${kind}) did not start:\n${log}`);
	}
}
