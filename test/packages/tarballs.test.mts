// What is in the tarballs, and that n8n's scan sees the source of all of it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { built, filesBelow, manifests, readManifest, repository } from './checkout.mts';

const MOST_BYTES = 200_000;
const TEXTS = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
const OF_ALL = 'nodes/shared';

const tarballs = packageTarballs();
const packageOf = (tarball: string) =>
	manifests().find(({ name }) => path.basename(tarball).startsWith(`${name}-`)) ?? manifests()[0];

/** A module of types only: nothing of it is left to ship. */
const EMPTY =
	/^"use strict";\s*Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);\s*$/;

it('there is one for each package', () => {
	expect(tarballs.map((tarball) => packageOf(tarball).name)).toEqual(
		manifests().map(({ name }) => name),
	);
});

describe.each(tarballs.map((tarball) => [packageOf(tarball).name, tarball]))(
	'%s',
	(name, tarball) => {
		const { n8n, version } = packageOf(tarball);
		const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
			.trim()
			.split('\n')
			.map((file) => file.replace(/^package\//, ''));
		const modules = files.filter((file) => file.endsWith('.js'));
		const folders = [...new Set(n8n.nodes.map((file) => path.posix.dirname(file)))];
		let unpacked: string;

		beforeAll(() => {
			unpacked = mkdtempSync(path.join(tmpdir(), 'unpacked-'));
			execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
		});
		afterAll(() => rmSync(unpacked, { recursive: true, force: true }));

		it('is small', () => expect(statSync(tarball).size).toBeLessThan(MOST_BYTES));

		it('has its texts, its nodes with codex files and icons, its credentials, and no more kinds', () => {
			expect(files.filter((file) => !file.startsWith('dist/')).sort()).toEqual(TEXTS);
			const codex = n8n.nodes.map((file) => file.replace(/\.js$/, '.json'));
			expect(files).toEqual(expect.arrayContaining([...n8n.nodes, ...n8n.credentials, ...codex]));
			expect(files.filter((file) => /\.(svg|png)$/.test(file)).length).toBeGreaterThanOrEqual(
				2 * n8n.credentials.length,
			);
			for (const file of files.filter((entry) => entry.startsWith('dist/')))
				expect(file).toMatch(/\.(js|svg|png|node\.json)$/);
		});

		it('has nothing of the other package', () => {
			const own = [...folders, `dist/${OF_ALL}`, 'dist/credentials'];
			const strange = files.filter(
				(file) => file.startsWith('dist/') && !own.some((folder) => file.startsWith(`${folder}/`)),
			);
			expect(strange).toEqual([]);
			expect(files.filter((file) => file.endsWith('.credentials.js')).sort()).toEqual(
				[...n8n.credentials].sort(),
			);
		});

		it('leaves out no module of its own but those that hold types only', () => {
			const missing = folders
				.flatMap((folder) => filesBelow(folder.replace(/^dist\//, ''), '.ts'))
				.map(built)
				.filter((file) => !files.includes(file));
			for (const file of missing)
				expect([file, readFileSync(path.join(repository, file), 'utf8')]).toEqual([
					file,
					expect.stringMatching(EMPTY),
				]);
		});

		it('can be published: same version, not private, no scripts', () => {
			expect(readManifest(unpacked)).toMatchObject({ name, version, n8n });
			expect(Object.keys(readManifest(unpacked))).not.toEqual(
				expect.arrayContaining([expect.stringMatching(/^(private|scripts|devDependencies)$/)]),
			);
		});

		it("n8n's scan lints the source of each module, and the module", () => {
			const covered = JSON.parse(
				execFileSync(
					process.execPath,
					[path.join(repository, 'scripts', 'scan.mjs'), '--files', tarball],
					{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
				),
			) as Record<string, string[]>;
			expect(modules.length).toBeGreaterThan(n8n.nodes.length);
			expect(covered[`${name}, sources`]).toContain('package.json');
			expect(covered[`${name}, sources`].filter((file) => file.endsWith('.ts')).map(built)).toEqual(
				expect.arrayContaining(modules),
			);
			expect(covered[`${name}, tarball`].sort()).toEqual([...modules, 'package.json'].sort());
		});
	},
);
