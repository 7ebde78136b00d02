// Copies what the last build has changed into packages that are installed.
//
// As a program: `node scripts/packages/update-installed.mjs DIR`, where DIR is n8n's node_modules.
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { asProgram } from '../program.mjs';
import { tell } from '../progress.mjs';
import { repository } from '../setup.mjs';
import { packages } from './manifests.mjs';
import { shippedFiles } from './shipped-files.mjs';

await asProgram(import.meta.url, async ([folder]) => {
	for (const { name, manifest } of packages()) {
		const pairs = shippedFiles(manifest.n8n, repository).map((file) => ({
			from: path.join(repository, file),
			to: path.join(folder, name, file),
		}));
		const changed = pairs.filter(({ from, to }) => !isSame(from, to));
		for (const { from, to } of changed) {
			mkdirSync(path.dirname(to), { recursive: true });
			copyFileSync(from, to);
		}
		if (changed.length > 0) tell(`${name}: ${changed.length} files updated`);
	}
});

const isSame = (one, other) => existsSync(other) && readFileSync(one).equals(readFileSync(other));
