// npm start: sets up what is missing, then shows the nightly enrollment in a real n8n.
// `-- --once` ends after the run, `-- --fresh` forgets what earlier starts left.
import { pack } from './pack.mjs';
import { asProgram } from './program.mjs';
import { ensureN8n, ensureRoot, runNode24 } from './setup.mjs';

await asProgram(import.meta.url, async (args) => {
	await ensureRoot();
	await ensureN8n('v2');
	// Ctrl+C reaches the demo too, which ends n8n in good order; this process waits for it.
	process.on('SIGINT', () => {});
	const env = { ...process.env, PACKAGE_TARBALLS: (await pack()).join('\n') };
	process.exitCode = Number(await runNode24(['sandbox/demo/main.mts', ...args], { env }));
});
