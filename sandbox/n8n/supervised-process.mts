import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SUPERVISOR = path.join(import.meta.dirname, 'supervisor.mjs');
const KEPT_OUTPUT = 4_000_000;

export interface SupervisedProcess {
	/** Everything written to stdout and stderr so far, the last 4 MB of it. */
	output(): string;
	/** What was written to stdout alone, whole. */
	stdout(): string;
	/** The exit code once the process has ended: 128 + n after signal n, so 137 after SIGKILL. */
	readonly exited: Promise<number>;
	/** Asks the process to end (SIGTERM) and waits; kills it after `graceMs`. */
	stop(graceMs?: number): Promise<number>;
	/** Kills the process and all it started, as a power cut would, and waits until they are gone. */
	kill(): Promise<void>;
}

/**
 * Starts a process that cannot outlive this one, however this one ends (POSIX only).
 *
 * @param command the program, an absolute path or found on `env.PATH`
 */
export function startSupervised(
	command: string,
	args: string[],
	options: { cwd: string; env: Record<string, string> },
): SupervisedProcess {
	const child = spawn(process.execPath, [SUPERVISOR, command, ...args], {
		...options,
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	const everything = new BoundedText(KEPT_OUTPUT);
	const stdout = new BoundedText(Infinity);
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout.add(text);
		everything.add(text);
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => everything.add(text));
	// The pipe breaks when the group is killed, which is no news.
	child.stdin.on('error', () => {});

	const group = child.pid;
	let ended = false;
	const exited = new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => {
			ended = true;
			resolve(code ?? 137);
		});
	});
	// Who awaits it hears of a failure to start; who does not must not crash on it.
	exited.catch(() => {});

	const signal = (name: NodeJS.Signals | 0): boolean => {
		if (group === undefined) return false;
		try {
			return process.kill(-group, name);
		} catch {
			return false;
		}
	};
	const kill = async (): Promise<void> => {
		signal('SIGKILL');
		await exited;
		while (signal(0)) await sleep(10);
	};

	return {
		output: () => everything.text(),
		stdout: () => stdout.text(),
		exited,
		kill,
		async stop(graceMs = 15_000) {
			if (!ended) signal('SIGTERM');
			const cancel = new AbortController();
			const late = sleep(graceMs, true, { signal: cancel.signal }).catch(() => false);
			const timedOut = await Promise.race([exited.then(() => false), late]);
			cancel.abort();
			if (timedOut) await kill();
			return await exited;
		},
	};
}

/** Text of which only the end is kept. */
class BoundedText {
	private chunks: string[] = [];
	private length = 0;
	private readonly limit: number;

	constructor(limit: number) {
		this.limit = limit;
	}

	add(text: string): void {
		this.chunks.push(text);
		this.length += text.length;
		while (this.length - (this.chunks[0]?.length ?? 0) > this.limit) {
			this.length -= this.chunks.shift()?.length ?? 0;
		}
	}

	text(): string {
		return this.chunks.join('');
	}
}
