// `npm run dev`: a real n8n in which the nodes reload whenever their code changes.
//
// What it keeps (workflows, credentials, its log) is in .cache/dev. Sign in as it says.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';

import { portOrAnother } from '../sandbox/ports.mts';
import { owner } from '../sandbox/n8n/api/rest-session.mts';
import { startN8n } from '../sandbox/n8n/instance.mts';

const repository = path.resolve(import.meta.dirname, '..');
const home = path.join(repository, '.cache', 'dev');
const log = path.join(home, 'n8n.log');
const tsc = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc');

console.log('Building ...');
execFileSync('npm', ['run', '--silent', 'build'], { cwd: repository, stdio: 'inherit' });

// n8n loads what it finds here, under the names `CUSTOM.<node>`.
const link = path.join(home, '.n8n', 'custom', 'node_modules', 'nodes-under-development');
mkdirSync(path.dirname(link), { recursive: true });
rmSync(link, { force: true });
symlinkSync(path.join(repository, 'dist'), link, 'junction');

console.log('Starting n8n ...');
const n8n = await startN8n({
	userFolder: home,
	port: await portOrAnother(5678),
	env: {
		N8N_DEV_RELOAD: 'true',
		N8N_LOG_OUTPUT: 'console,file',
		N8N_LOG_FILE_LOCATION: log,
	},
});
console.log(`
n8n   ${n8n.url}
user  ${owner.email}, password ${owner.password}
log   ${path.relative(repository, log)}

The nodes reload when a file under nodes/ or credentials/ is saved; reload the editor's page to see
a changed panel. Icons and codex files are copied at the start only. Ctrl+C ends n8n.
`);

const watching = spawn(process.execPath, [tsc, '--watch', '--preserveWatchOutput'], {
	cwd: repository,
	stdio: ['ignore', 'inherit', 'inherit'],
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => watching.kill());
await once(watching, 'exit');
await n8n.stop();
process.exit();
