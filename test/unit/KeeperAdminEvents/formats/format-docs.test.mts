import { readFileSync } from 'node:fs';
import path from 'node:path';

import { withFormats } from '../../../../scripts/keeper-admin-events/formats-table.mts';

it('docs/keeper-admin-events.md lists every output format', () => {
	const file = path.join(__dirname, '../../../../docs/keeper-admin-events.md');
	const page = readFileSync(file, 'utf8');
	const stale =
		page === withFormats(page)
			? []
			: ['docs/keeper-admin-events.md does not match formats/formats.ts: npm run docs:keeper'];
	expect(stale).toEqual([]);
});
