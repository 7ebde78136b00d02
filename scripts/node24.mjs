// Runs a TypeScript file with Node 24 after setting up what is missing:
// `node scripts/node24.mjs scripts/screenshots.mts`.
import { asProgram } from './program.mjs';
import { ensureN8n, ensureRoot, runNode24 } from './setup.mjs';

await asProgram(import.meta.url, async (args) => {
	await ensureRoot();
	await ensureN8n('v2');
	process.exitCode = Number(await runNode24(args));
});
