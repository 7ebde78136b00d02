// npm run dev: a real n8n with both packages, which follows changes of the sources within seconds.
// What is built there is kept in `.cache/dev`; `-- --fresh` forgets it.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { portOrAnother } from '../sandbox/demo/ports.mts';
import { owner } from '../sandbox/n8n/api/rest-session.mts';
import { packagesFolder } from '../sandbox/n8n/community-packages.mts';
import { packageTarballs } from '../sandbox/n8n/installed.mts';
import { startN8n } from '../sandbox/n8n/instance.mts';
import { packages } from './packages/manifests.mjs';
import { shippedFiles } from './packages/shipped-files.mjs';

const repository = path.resolve(import.meta.dirname, '..');
const home = path.join(repository, '.cache', 'dev');
const inModules = (...file: string[]) => path.join(repository, 'node_modules', ...file);
if (process.argv.includes('--fresh')) rmSync(home, { recursive: true, force: true });

const n8n = await startN8n({
	userFolder: path.join(home, 'n8n'),
	tarballs: packageTarballs(),
	port: await portOrAnother(5678),
	env: { N8N_DEV_RELOAD: 'true' },
});
console.log(`Editor  ${n8n.url}   (sign in as ${owner.email}, password ${owner.password})`);

const compiler = spawn(
	process.execPath,
	[inModules('typescript', 'bin', 'tsc'), '--watch', '--preserveWatchOutput'],
	{ cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] },
);
createInterface(compiler.stdout).on('line', (line) => {
	console.log(line);
	if (line.includes('Found 0 errors')) update();
});

await new Promise((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
});
compiler.kill();
await n8n.stop();

/** Copies into n8n what has changed; n8n watches the folders and loads it anew. */
function update(): void {
	execFileSync(process.execPath, [inModules('gulp', 'bin', 'gulp.js'), '--silent', 'assets'], {
		cwd: repository,
	});
	for (const { name, manifest } of packages()) {
		const installed = path.join(packagesFolder(n8n.userFolder), name);
		const changed = shippedFiles(manifest.n8n, repository).filter(
			(file) => !isSame(path.join(repository, file), path.join(installed, file)),
		);
		for (const file of changed) {
			mkdirSync(path.dirname(path.join(installed, file)), { recursive: true });
			copyFileSync(path.join(repository, file), path.join(installed, file));
		}
		if (changed.length > 0) console.log(`${name}: ${changed.length} files updated`);
	}
}

const isSame = (one: string, other: string): boolean =>
	existsSync(other) && readFileSync(one).equals(readFileSync(other));
