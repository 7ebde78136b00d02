import fc from 'fast-check';

import { commandLine } from '../../../nodes/KeeperCommander/command-line/command-line';
import { quoted, unfitness } from '../../../nodes/KeeperCommander/command-line/quoting';
import { fieldsOf, partsOf } from '../../../nodes/KeeperCommander/command-line/template';
import { linesOf } from '../../../nodes/KeeperCommander/table/row';
import { LISTS } from '../../../nodes/KeeperCommander/table/lists';
import { allRows } from '../../../nodes/KeeperCommander/table/table';
import { COMMANDS } from '../../../sandbox/keeper-commander/commands/table.mts';
import { readArguments } from '../../../sandbox/keeper-commander/shell/arguments.mts';
import { expandVariables, splitWords } from '../../../sandbox/keeper-commander/shell/split.mts';
import { effort, SEED } from '../../effort.mts';

const VARIABLES = new Map([
	['last_record_uid', 'CHANGED'],
	['x', 'CHANGED'],
]);

/** Everything that a shell, argparse or Service Mode could take for something else. */
const hostile = fc
	.oneof(
		fc.constantFrom(
			"'; enterprise-user --delete -f ann@x.org",
			'-f',
			'--delete',
			'--',
			'-',
			"it's",
			'"',
			'\\',
			"\\'",
			'ends in \\',
			'$(rm)',
			'${last_record_uid}',
			"'${x}'",
			'$${x}',
			'--format=json',
			'x --format json',
			'`id`',
			'a\tb',
			'  ',
			'#',
			'--output=/tmp/x',
			'ключ 🔑',
		),
		fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
		fc.string({
			unit: fc.constantFrom(
				"'",
				'"',
				'\\',
				' ',
				'\t',
				'-',
				'=',
				'$',
				'{',
				'}',
				'x',
				'é',
				'@',
				'&',
				'<',
			),
			minLength: 1,
			maxLength: 30,
		}),
	)
	.filter((value) => unfitness(value) === undefined);

test('whatever a value holds, the shell gives it back as one word', () => {
	fc.assert(
		fc.property(hostile, hostile, (value, other) => {
			const line = `${quoted(value)} --name=${quoted(other)}`;
			expect(splitWords(expandVariables(line, VARIABLES))).toEqual([value, `--name=${other}`]);
			expect(line).not.toMatch(/--format[= ]json/);
		}),
		{ seed: SEED, numRuns: effort(5000, 200_000) },
	);
});

const LINES = [
	...new Set([
		...allRows().flatMap(({ row }) => linesOf(row)),
		...Object.values(LISTS).map(({ line }) => line),
	]),
];
/** Fields that take one of a few words. */
const FIXED: Record<string, string> = {
	integrations: 'SIEM:1',
	expires: '30d',
	restrictEdit: 'on',
	restrictShare: 'off',
	restrictView: 'on',
	newUsers: 'on',
	actionTarget: 'locked',
	days: '7',
	limit: '-1',
	order: 'asc',
	complianceReport: 'summary-report',
	rebuild: 'true',
	breachWatch: 'true',
	recordDetails: 'true',
	byRecord: 'true',
	byFolder: 'true',
};

/** What argparse makes of a line: the options and positionals that Commander would act on. */
function understood(line: string) {
	const [name = '', ...words] = splitWords(expandVariables(line, VARIABLES));
	const command = COMMANDS[name];
	if (!command) throw new Error(`${name} is no command`);
	const verb = command.verbs?.[words[0] ?? ''];
	const { values, positionals } = readArguments(
		command.verbs ? words.slice(1) : words,
		(verb ?? command).syntax ?? {},
	);
	return { name, verb: command.verbs ? words[0] : undefined, values, positionals };
}

describe.each(LINES)('%s', (template) => {
	const { required, optional } = fieldsOf(template);
	const fields = [...required, ...optional];

	test('is understood as it is meant, with hostile values in every field', () => {
		fc.assert(
			fc.property(fc.tuple(...fields.map(() => hostile)), (given) => {
				const values = Object.fromEntries(
					fields.map((name, index) => [name, FIXED[name] ?? given[index]]),
				);
				// The same line with harmless values shows what Commander is to act on.
				const harmless = Object.fromEntries(
					fields.map((name) => [name, FIXED[name] ?? `<${name}>`]),
				);
				const meant = JSON.parse(
					JSON.stringify(understood(commandLine(template, harmless)), (_, part: unknown) => {
						const [, name] = (typeof part === 'string' && /^<(\w+)>$/.exec(part)) || [];
						return name === undefined ? part : values[name];
					}),
				);
				expect(JSON.parse(JSON.stringify(understood(commandLine(template, values))))).toEqual(
					meant,
				);
			}),
			{ seed: SEED, numRuns: effort(300, 10_000) },
		);
	});

	test('is understood without its optional fields', () => {
		const values = Object.fromEntries(required.map((name) => [name, FIXED[name] ?? 'x']));
		const line = commandLine(template, values);
		expect(line).not.toMatch(/[[\]{}]/);
		expect(() => understood(line)).not.toThrow();
	});

	test('has its positional arguments last', () => {
		const words = partsOf(template).flatMap((part) => part.words);
		const isPositional = words.map(({ text, field }) => text === '' && field !== undefined);
		// A report's kind is the second word of its command.
		const first = isPositional.indexOf(true, words[1]?.field === undefined ? 0 : 2);
		expect(first < 0 || isPositional.slice(first).every(Boolean)).toBe(true);
	});
});

test.each([
	['a\nb', 'line break'],
	['a\rb', 'line break'],
	['a\0b', 'line break'],
	['@all', "begins with '@'"],
])('%j is no value for a command line', (value, reason) => {
	expect(unfitness(value)).toContain(reason);
});

test('a positional argument that begins with a dash comes after the end of options', () => {
	expect(commandLine('enterprise-team --delete -f {team}', { team: '-mB1' })).toBe(
		"enterprise-team --delete -f -- '-mB1'",
	);
});
