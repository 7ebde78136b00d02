import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Runs `main` if a module is the program that Node was started with, rather than imported by
 * another. A failure is told by its message alone, and ends in exit code 1.
 *
 * @param {string} url the module's `import.meta.url`
 * @param {(args: string[]) => Promise<void>} main takes the command line's arguments
 */
export async function asProgram(url, main) {
	if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(url)) return;
	try {
		await main(process.argv.slice(2));
	} catch (error) {
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	}
}
