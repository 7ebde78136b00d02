// Brings the table of output formats in docs/keeper-admin-events.md up to date.
import { readFileSync, writeFileSync } from 'node:fs';

import { load } from '../typescript-modules.mjs';

const file = new URL('../../docs/keeper-admin-events.md', import.meta.url);
const page = readFileSync(file, 'utf8');
const renewed = load('scripts/keeper-admin-events/formats-table.mts').withFormats(page);
if (renewed !== page) writeFileSync(file, renewed);
console.log(`docs/keeper-admin-events.md: ${renewed === page ? 'up to date' : 'changed'}.`);
