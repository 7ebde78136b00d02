import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { installedN8n, type N8nLine } from './installed.mts';
import { N8nRest } from './api/rest.mts';
import { startSupervised } from './supervised-process.mts';
import { installPackage, recordPackages } from './community-packages.mts';
import { freePort, newUserFolder, quietEnvironment } from './user-folder.mts';

export interface StartedN8n {
	/** Such as `http://127.0.0.1:41234`. */
	url: string;
	port: number;
	/** The full version, such as `2.41.1`. */
	version: string;
	/** Everything the instance owns: start again with it and all is there. */
	userFolder: string;
	/** What a user does in the editor; signed in as the owner. */
	rest: N8nRest;
	/** What the instance has logged. */
	log(): string;
	/** Ends the instance in good order. */
	stop(): Promise<void>;
	/** Kills the instance and its task runners (SIGKILL), and waits until they are gone. */
	kill(): Promise<void>;
	/** Kills the instance and deletes its user folder. */
	discard(): Promise<void>;
}

/**
 * Starts a real n8n of its own: offline, on free ports, with its own database and owner. Its
 * workflows may read and write `<userFolder>/files`. It ends when this process does, at the latest.
 *
 * @param options.version `v2` for the current line (if not given), `v1` for the last of 1.x
 * @param options.tarballs packed community packages to install, such as `packageTarballs()`; n8n's
 *   records of what is installed then list them
 * @param options.userFolder of an earlier instance that has ended; a new one if not given
 * @param options.env further settings for n8n, by their environment variables' names
 * @param options.port to listen on; a free one if not given
 * @returns once workflows that are published run and the owner is signed in
 * @throws {Error} with the end of the log when n8n ends instead, or is not up within `options.timeoutMs` (5 min)
 */
export async function startN8n(
	options: {
		version?: N8nLine;
		tarballs?: string[];
		userFolder?: string;
		env?: Record<string, string>;
		port?: number;
		timeoutMs?: number;
	} = {},
): Promise<StartedN8n> {
	const n8n = installedN8n(options.version ?? 'v2');
	const userFolder = options.userFolder ?? newUserFolder();
	mkdirSync(userFolder, { recursive: true });
	const packages = (options.tarballs ?? []).map((tarball) => installPackage(userFolder, tarball));
	const port = options.port ?? (await freePort());
	const env = await quietEnvironment(userFolder, n8n, {
		N8N_PORT: String(port),
		...options.env,
	});
	const process = startSupervised(n8n.node, [n8n.n8nBin, 'start'], { cwd: userFolder, env });
	const url = `http://127.0.0.1:${port}`;
	const rest = new N8nRest(url);
	try {
		await untilUp(process, options.timeoutMs ?? 300_000);
		await rest.signIn();
		if (packages.length > 0) recordPackages(userFolder, packages, await rest.nodeTypes());
	} catch (error) {
		await process.kill();
		throw new Error(`n8n ${n8n.version} did not start: ${error}\n${lastLines(process.output())}`);
	}
	return {
		url,
		port,
		version: n8n.version,
		userFolder,
		rest,
		log: process.output,
		stop: async () => void (await process.stop()),
		kill: process.kill,
		async discard() {
			await process.kill();
			await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
		},
	};
}

const lastLines = (log: string): string => log.split('\n').slice(-60).join('\n');

// Printed last, when the published workflows run. The health endpoints answer earlier.
const UP = 'Editor is now accessible via';

async function untilUp(
	process: { output(): string; exited: Promise<number> },
	timeoutMs: number,
): Promise<void> {
	let exitCode: number | undefined;
	process.exited.then(
		(code) => (exitCode = code),
		() => (exitCode = -1),
	);
	for (const deadline = Date.now() + timeoutMs; !process.output().includes(UP); await sleep(50)) {
		if (exitCode !== undefined) throw new Error(`it ended with exit code ${exitCode}`);
		if (Date.now() > deadline) throw new Error(`it was not up after ${timeoutMs} ms`);
	}
}
