import { readFileSync } from 'node:fs';
import path from 'node:path';

import { commandsOf } from '../../../nodes/KeeperCommander/run/sessions';
import { withReload } from '../../../nodes/KeeperCommander/service/commander';
import { allRows, TABLE } from '../../../nodes/KeeperCommander/table/table';
import { present } from '../../present.mts';

const page = readFileSync(
	path.resolve(import.meta.dirname, '..', '..', '..', 'docs', 'keeper-commander.md'),
	'utf8',
);

/** The rows of the table of commands: resources and operations in words, commands in code. */
const documented = page
	.slice(
		page.indexOf('### Commands that an API key must allow'),
		page.indexOf('## What is promised'),
	)
	.split('\n')
	.filter((row) => row.includes('`'))
	.map((row) => {
		const [, what = '', commands = ''] = row.split('|');
		const [resources = '', operations = ''] = what.split(':');
		return {
			resources: resources.split(',').map((name) => name.trim()),
			operations: operations.trim(),
			commands: [...commands.matchAll(/`([^`]+)`/g)].map(([, command]) => command),
		};
	});

test.each(allRows().filter(({ resourceName }) => resourceName !== 'command'))(
	'the commands of $resourceName.$operation are documented',
	({ resourceName, row }) => {
		const own = documented.filter(({ resources }) =>
			resources.includes(present(TABLE[resourceName]).name),
		);
		const found =
			own.find(({ operations }) =>
				operations.split(',').some((name) => name.trim() === row.name),
			) ?? own.find(({ operations }) => operations.startsWith('all'));
		expect(found?.commands).toEqual(withReload(commandsOf(row)));
	},
);
