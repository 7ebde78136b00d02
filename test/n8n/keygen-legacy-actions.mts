import { readFileSync } from 'node:fs';
import path from 'node:path';

const TABLE = path.resolve(import.meta.dirname, '../../docs/keygen/legacy-actions.md');

/** From the reference: each action of the older package with the operations that stand for it, such as `License: Create`. */
export function legacyActions(): Array<{ action: string; operations: string[] }> {
	return readFileSync(TABLE, 'utf8')
		.split('\n')
		.filter((line) => /^\| \d+ \|/.test(line))
		.map((line) => {
			const [, , action, , operations] = line.split('|');
			return {
				action: action.replaceAll('`', '').trim(),
				operations: [...operations.matchAll(/\[([^\]]+)\]/g)].map(([, operation]) => operation),
			};
		});
}
