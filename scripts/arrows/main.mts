// `npm run arrows`: checks who imports whom, circles, and crowded folders. Exits with 1 on a finding.
import path from 'node:path';

import { findings } from './arrows.mts';
import { drawnFloors, importsOf, sourceFiles } from './imports.mts';

const repository = path.resolve(import.meta.dirname, '..', '..');
const files = sourceFiles(repository);
const imports = importsOf(repository, files);
const found = findings({ files, imports, floors: drawnFloors(repository, files) });
for (const finding of found) console.log(`${finding}\n`);
console.log(`${files.length} files, ${imports.length} imports, ${found.length} findings`);
if (found.length > 0) process.exitCode = 1;
