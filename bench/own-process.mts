import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const MODULES = path.resolve(import.meta.dirname, '..', 'node_modules');

/**
 * Runs a program of `programs/` in a process of its own and reads the one line of JSON that it prints.
 *
 * @param options what the program is told, and flags for Node
 */
export async function inOwnProcess<T>(
	program: string,
	told: object,
	flags: string[] = [],
): Promise<T> {
	const file = path.join(import.meta.dirname, 'programs', program);
	const child = spawn(process.execPath, [...flags, file, JSON.stringify(told)], {
		stdio: ['ignore', 'pipe', 'inherit'],
		// Packages that n8n loads find n8n-workflow this way.
		env: { ...process.env, N8N_LOG_LEVEL: 'silent', NODE_PATH: MODULES },
	});
	const ended = once(child, 'close').then(([code]) => {
		throw new Error(`${program} ended with ${String(code)} and said nothing.`);
	});
	const line = once(createInterface(child.stdout), 'line') as Promise<[string]>;
	// Whichever of the two loses says nothing any more.
	ended.catch(() => {});
	const [text] = await Promise.race([line, ended]);
	return JSON.parse(text) as T;
}
