// Checks the licenses of all development dependencies: `npm test -- lint` does it among others.
//
// As a program: `node scripts/licenses/main.mjs [FOLDER]`. Exits with 1 if there is a problem.
import { asProgram } from '../program.mjs';
import { repository } from '../setup.mjs';
import { licenseProblems } from './license-check.mjs';

await asProgram(import.meta.url, async ([root = repository]) => {
	const problems = licenseProblems(root);
	if (problems.length === 0) return;
	throw new Error(
		`${problems.join('\n')}\nUse another package, or add the license with a reason to scripts/licenses/allowed.mjs.`,
	);
});
