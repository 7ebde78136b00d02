import { readArguments, type Syntax } from '../../../sandbox/keeper-commander/shell/arguments.mts';
import { expandVariables, splitWords } from '../../../sandbox/keeper-commander/shell/split.mts';
import { guessStatus } from '../../../sandbox/keeper-commander/shell/status-words.mts';

// What Python 3.11's shlex.split returns.
test.each([
	['a b', ['a', 'b']],
	["'a b' c", ['a b', 'c']],
	['a\\ b', ['a b']],
	['"a\\"b" "c\\\\" "d\\e"', ['a"b', 'c\\', 'd\\e']],
	["''", ['']],
	["a''b", ['ab']],
	["'it'\\''s'", ["it's"]],
	["--x='a b'", ['--x=a b']],
	['a\tb', ['a', 'b']],
	["é 'ü'", ['é', 'ü']],
	['#a b', ['#a', 'b']],
])('%j is split as Python splits it', (line, words) => {
	expect(splitWords(line)).toEqual(words);
});

test.each([
	["'", 'No closing quotation'],
	['"a\\', 'No escaped character'],
	['\\', 'No escaped character'],
])('%j is refused as Python refuses it', (line, message) => {
	expect(() => splitWords(line)).toThrow(message);
});

test("Commander's variables are replaced in quotes too", () => {
	const variables = new Map([['uid', 'R1']]);
	expect(expandVariables("get '${uid}' ${other}", variables)).toBe("get 'R1' ${other}");
});

const SYNTAX: Syntax = {
	options: [
		{ names: ['--add'] },
		{ names: ['--name'], value: 'text' },
		{ names: ['--node'], value: 'text' },
		{ names: ['--force', '-f'] },
		{ names: ['-hsf'], value: 'text', choices: ['on', 'off'] },
		{ names: ['-o'], value: 'text' },
	],
	positionals: [{ name: 'email', rest: true }],
};

// What Python 3.11's argparse makes of the same declarations.
test.each<[string[], object]>([
	[['--name=-x', 'a'], { values: { '--name': ['-x'] }, positionals: { email: ['a'] } }],
	[['--na', 'x'], { values: { '--name': ['x'] }, positionals: { email: [] } }],
	[['-ox', '-hsf', 'on'], { values: { '-o': ['x'], '-hsf': ['on'] }, positionals: { email: [] } }],
	[['--', '--name=x', '-f'], { values: {}, positionals: { email: ['--name=x', '-f'] } }],
	[['-f', '-9'], { values: { '--force': [''] }, positionals: { email: ['-9'] } }],
])('%j is read as argparse reads it', (words, expected) => {
	expect(readArguments(words, SYNTAX)).toMatchObject(expected);
});

test.each<[string[], string]>([
	[['--n', 'x'], 'ambiguous option'],
	[['--bad'], 'unrecognized arguments: --bad'],
	[['--name', '--add'], 'expected one argument'],
	[['--add=x'], 'ignored explicit argument'],
	[['-hsf=maybe'], 'invalid choice'],
	[['a', '--add', 'b'], 'unrecognized arguments: b'],
])('%j is refused', (words, message) => {
	expect(() => readArguments(words, SYNTAX)).toThrow(message);
});

test.each([
	['x@y.org is locked', 200, 'success'],
	['ann.reserved@y.org is locked', 400, 'error'],
	["ann.reserved@y.org added to role 'R'", 207, 'partial_success'],
	['Team T not found', 500, 'error'],
	['Team "T" already exists: Skipping', 409, 'warning'],
	['Team approval: success 2; failure 0', 500, 'error'],
	['Permission denied', 403, 'error'],
	['x: Skipping', 400, 'warning'],
])('the text %j has the status %d', (text, code, status) => {
	expect(guessStatus(text)).toEqual({ code, status });
});
