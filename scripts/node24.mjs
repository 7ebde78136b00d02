// Runs a TypeScript file with Node 24 after setting up what is missing:
// `node scripts/node24.mjs scripts/screenshots.mts`.
import { asProgram } from './program.mjs';
import { ensureN8n, ensureRoot, runNode24 } from './setup.mjs';

await asProgram(import.meta.url, async (args) => {
	await ensureRoot();
	await ensureN8n('v2');
	// Ctrl+C reaches the program too, which ends in good order; this process waits for it.
	process.on('SIGINT', () => {});
	const ended = await runNode24(args);
	process.exitCode = typeof ended === 'number' ? ended : 1;
});
