import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..', '..', '..');
const program = path.join(repository, 'scripts', 'licenses', 'main.mjs');

/** Runs the check on a checkout, as the lint stage does. */
function check(root: string) {
	const { status, stderr } = spawnSync(process.execPath, [program, root], { encoding: 'utf8' });
	return { status, stderr };
}

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'licenses-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A checkout with one dependency; without `files` that is one for another platform. */
function plant(locked: object, files?: Record<string, string>): void {
	const packages = { '': { name: 'root' }, 'node_modules/planted': locked };
	writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }));
	if (!files) return;
	const dir = path.join(root, 'node_modules', 'planted');
	mkdirSync(dir, { recursive: true });
	for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
}

test('the dependencies of this repository pass', () => {
	expect(check(repository)).toEqual({ status: 0, stderr: '' });
});

test.each(['MIT', '(MIT OR GPL-3.0-or-later)', 'Apache-2.0 AND MIT'])('%s passes', (license) => {
	plant({ license });
	expect(check(root)).toEqual({ status: 0, stderr: '' });
});

test.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'UNLICENSED', 'Elastic-2.0'])(
	'a planted %s does not',
	(license) => {
		plant({ license });
		const { status, stderr } = check(root);
		expect(status).toBe(1);
		expect(stderr).toContain(`node_modules/planted: ${license} is not an allowed license`);
		expect(stderr).toContain('scripts/licenses/allowed.mjs');
	},
);

test('a package without a license does not', () => {
	plant({ version: '1.0.0' });
	expect(check(root)).toMatchObject({
		status: 1,
		stderr: expect.stringContaining('node_modules/planted: names no license'),
	});
});

test('what is installed counts, not what the lock file says of it', () => {
	plant({ license: 'MIT' }, { 'package.json': '{"license":"AGPL-3.0"}' });
	expect(check(root)).toMatchObject({ status: 1, stderr: expect.stringContaining('AGPL-3.0') });
});

test('a license text that contradicts the name does not pass', () => {
	plant(
		{ license: 'MIT' },
		{ 'package.json': '{"license":"MIT"}', LICENSE: 'GNU GENERAL PUBLIC LICENSE\nVersion 3' },
	);
	expect(check(root)).toMatchObject({
		status: 1,
		stderr: expect.stringContaining('its license text says otherwise'),
	});
});

test.each([
	['Apache License\nVersion 2.0, January 2004', 0],
	['All rights reserved.', 1],
])('a text that the package points to is read: %j', (text, status) => {
	const license = 'SEE LICENSE IN LICENSE FILE';
	plant({ license }, { 'package.json': JSON.stringify({ license }), LICENSE: text });
	expect(check(root).status).toBe(status);
});
