// Other programs, run to their end.
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';

const TAIL_LINES = 40;

// npm is a .cmd file on Windows, which only a shell can start.
const shell = process.platform === 'win32';

/**
 * Runs a command whose output nobody needs unless it fails: it goes to a log file.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ log: string, cwd: string, env?: NodeJS.ProcessEnv }} options `log` is appended to
 * @throws {Error} with the end of the log when the command cannot start or exits non-zero
 */
export async function runLogged(command, args, { log, cwd, env = process.env }) {
	const out = createWriteStream(log, { flags: 'a' });
	await once(out, 'open');
	out.write(`$ ${command} ${args.join(' ')}\n`);
	const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
	child.stdout.pipe(out, { end: false });
	child.stderr.pipe(out, { end: false });
	const code = await exitCode(child).finally(() => new Promise((done) => out.end(done)));
	if (code === 0) return;
	const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
	throw new Error(`${command} ${args.join(' ')} failed (${code}). The end of ${log}:\n${tail}`);
}

/**
 * Runs a command that speaks to the user itself.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number | string>} its exit code, or the signal that ended it
 * @throws {Error} when it cannot be started
 */
export const run = (command, args, options = {}) =>
	exitCode(spawn(command, args, { stdio: 'inherit', shell, ...options }));

/** @param {import('node:child_process').ChildProcess} child */
const exitCode = (child) =>
	new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve(code ?? signal));
	});
