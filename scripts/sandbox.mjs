// npm run sandbox: starts the stand-in for a service, or all of them, and runs until it is stopped.
// `-- keygen` starts that one only, `-- keygen --port 4000` on that port; 0 is any free one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { asProgram } from './program.mjs';
import { ensureNode24, ensureRoot, repository } from './setup.mjs';

await asProgram(import.meta.url, async (args) => {
	await ensureRoot();
	const child = spawn(await ensureNode24(), ['sandbox/main.mts', ...args], {
		cwd: repository,
		stdio: 'inherit',
		// Halves the time that a start takes.
		env: { ...process.env, NODE_COMPILE_CACHE: path.join(repository, '.cache', 'compiled') },
	});
	// Whoever stops this process alone means the stand-ins.
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
	const [code] = await once(child, 'exit');
	process.exitCode = code ?? 1;
});
