// `npm run dev`: a real n8n with both packages, in which the nodes reload whenever their code changes.
//
// What it keeps (workflows, credentials, its log) is in .cache/dev. Sign in as it says.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { portOrAnother } from '../sandbox/ports.mts';
import { owner } from '../sandbox/n8n/api/rest-session.mts';
import { packagesFolder } from '../sandbox/n8n/community-packages.mts';
import { packageTarballs } from '../sandbox/n8n/installed.mts';
import { startN8n } from '../sandbox/n8n/instance.mts';

const repository = path.resolve(import.meta.dirname, '..');
const home = path.join(repository, '.cache', 'dev');
const log = path.join(home, 'n8n.log');
const inModules = (...file: string[]) => path.join(repository, 'node_modules', ...file);

const tarballs = packageTarballs();
console.log('Starting n8n ...');
const n8n = await startN8n({
	userFolder: home,
	tarballs,
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
a changed panel. Ctrl+C ends n8n.
`);

const compiler = spawn(
	process.execPath,
	[inModules('typescript', 'bin', 'tsc'), '--watch', '--preserveWatchOutput'],
	{ cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] },
);
createInterface(compiler.stdout).on('line', (line) => {
	console.log(line);
	if (line.includes('Found 0 errors')) update();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => compiler.kill());
await once(compiler, 'exit');
await n8n.stop();
process.exit();

/** Copies into n8n what has changed; n8n watches the folders of its packages. */
function update(): void {
	const options = { cwd: repository, stdio: 'inherit' } as const;
	const gulp = inModules('gulp', 'bin', 'gulp.js');
	execFileSync(process.execPath, [gulp, '--silent', 'assets'], options);
	const program = path.join(repository, 'scripts', 'packages', 'update-installed.mjs');
	execFileSync(process.execPath, [program, packagesFolder(n8n.userFolder)], options);
}
