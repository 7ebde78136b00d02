import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { TABLE } from '../../../nodes/Keygen/table/table';
import { LEGACY_ACTIONS } from '../../../scripts/keygen/legacy.mts';
import { pages } from '../../../scripts/keygen/pages.mts';

const folder = join(__dirname, '../../../docs/keygen');

test('the reference in docs/keygen is what the rows say', () => {
	const made = pages();
	const present = readdirSync(folder);
	const stale = [...new Set([...present, ...Object.keys(made)])].filter(
		(name) => !present.includes(name) || made[name] !== readFileSync(join(folder, name), 'utf8'),
	);
	expect(
		stale.map((name) => `docs/keygen/${name} does not match the rows: npm run docs:keygen`),
	).toEqual([]);
});

test('every link between the pages leads somewhere', () => {
	const made = pages();
	const headings = (text: string) =>
		[...text.matchAll(/^## (.*)$/gm)].map(([, name]) => name.toLowerCase().replace(/ /g, '-'));
	for (const text of Object.values(made)) {
		for (const [, file, anchor] of text.matchAll(/\]\((?!https)([^)#]+)(?:#([^)]+))?\)/g)) {
			if (file.startsWith('../'))
				expect([file, existsSync(join(folder, file))]).toEqual([file, true]);
			else expect(made).toHaveProperty([file]);
			if (anchor) expect(headings(made[file])).toContain(anchor);
		}
	}
});

test('all 53 actions of the older package have their place', () => {
	expect(Object.keys(LEGACY_ACTIONS)).toHaveLength(53);
	for (const place of Object.values(LEGACY_ACTIONS).flat()) {
		const [resource, operation] = place.split('.');
		expect(TABLE[resource].operations).toHaveProperty(operation);
	}
});
