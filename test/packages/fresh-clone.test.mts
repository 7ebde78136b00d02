// A release, rehearsed in a fresh clone of what is committed: packed as the workflow does it, then
// given its version as `npm run release` does it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { built, filesBelow, manifests, readManifest, repository } from './checkout.mts';

jest.setTimeout(180_000);

let clone: string;

const run = (command: string, env: Record<string, string> = {}): string =>
	execFileSync('bash', ['-e', '-c', command], {
		cwd: clone,
		encoding: 'utf8',
		env: { ...process.env, ...AUTHOR, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});

const AUTHOR = {
	GIT_AUTHOR_NAME: 'Releaser',
	GIT_AUTHOR_EMAIL: 'releaser@example.com',
	GIT_COMMITTER_NAME: 'Releaser',
	GIT_COMMITTER_EMAIL: 'releaser@example.com',
};

/** The command of a step in the workflow that publishes. */
function publishStep(name: string): string {
	const workflow = readFileSync(path.join(clone, '.github', 'workflows', 'publish.yml'), 'utf8');
	const [, command] = new RegExp(`- name: ${name}\\n +run: ([^|\\n].*)\\n`).exec(workflow) ?? [];
	expect([name, command]).toEqual([name, expect.any(String)]);
	return command;
}

beforeAll(() => {
	clone = mkdtempSync(path.join(tmpdir(), 'clone-'));
	execFileSync('git', ['clone', '--quiet', '--no-hardlinks', repository, clone]);
	run('git checkout --quiet -B main');
	// The lock is the same; installing it once more would take a minute and prove no more.
	symlinkSync(path.join(repository, 'node_modules'), path.join(clone, 'node_modules'));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

it('the workflow packs both packages with all that they list', () => {
	const { version } = readManifest(clone);
	run(publishStep('Pack'), { GITHUB_REF_NAME: version });

	expect(readdirSync(path.join(clone, 'packed')).sort()).toEqual(
		manifests(clone).map(({ name }) => `${name}-${version}.tgz`),
	);
	for (const { name, n8n } of manifests(clone)) {
		const files = run(`tar -tzf packed/${name}-${version}.tgz`).trim().split('\n');
		const folders = [...new Set(n8n.nodes.map((file) => file.split('/')[2]))];
		const icons = folders.flatMap((folder) => filesBelow(`nodes/${folder}`, '.svg'));
		const expected = [
			...['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'],
			...n8n.nodes.flatMap((file) => [file, file.replace(/\.js$/, '.json')]),
			...n8n.credentials,
			...icons.map(built),
		].map((file) => `package/${file}`);
		expect([name, files]).toEqual([name, expect.arrayContaining(expected)]);
	}
});

it('a tag that is not the version of the packages packs nothing', () => {
	expect(() => run(publishStep('Pack'), { GITHUB_REF_NAME: '99.0.0' })).toThrow(
		/has the version .*, but should have 99\.0\.0/,
	);
});

it('npm refuses to publish the folders themselves, which have no build in them', () => {
	// Nobody listens there, should npm not refuse.
	const registry = '--registry=http://127.0.0.1:9/ --//127.0.0.1:9/:_authToken=none';
	for (const { name } of manifests(clone))
		expect(() =>
			run(`npm publish --ignore-scripts --fetch-retries=0 ${registry} ./packages/${name}`),
		).toThrow(/EPRIVATE/);
});

it('a release gives both packages one version, dates their changelogs, and tags it', () => {
	// Lint and types have stages of their own.
	run(
		'npm run --silent release -- 99.1.0 --ci --git.push=false --git.requireUpstream=false --hooks.before:init=true',
	);

	expect(run('git describe --tags --exact-match').trim()).toBe('99.1.0');
	expect(run('git status --porcelain --untracked-files=no').trim()).toBe('');
	const today = new Date().toISOString().slice(0, 10);
	for (const { name, version, private: isPrivate } of manifests(clone)) {
		expect([name, version, isPrivate]).toEqual([name, '99.1.0', true]);
		const changelog = readFileSync(path.join(clone, 'packages', name, 'CHANGELOG.md'), 'utf8');
		expect(changelog).toMatch(
			new RegExp(`^## \\[Unreleased\\]\\n\\n## \\[99\\.1\\.0\\] - ${today}\\n\\n\\S`, 'm'),
		);
	}
	const lock = JSON.parse(readFileSync(path.join(clone, 'package-lock.json'), 'utf8')) as {
		version: string;
		packages: Record<string, { resolved?: string }>;
	};
	expect([readManifest(clone).version, lock.version]).toEqual(['99.1.0', '99.1.0']);
	expect(Object.values(lock.packages).filter(({ resolved }) => resolved)).toEqual([]);
});
