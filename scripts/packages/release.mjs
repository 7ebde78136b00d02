// Gives every package the version of a release and closes the 'Unreleased' part of its changelog.
//
// As a program, called by release-it: `node scripts/packages/release.mjs 0.2.0`.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asProgram } from '../program.mjs';
import { manifestFile, packages } from './manifests.mjs';

const UNRELEASED = '## [Unreleased]';
const NO_CHANGES = 'No changes; both packages are released together.';

/**
 * @param {string} changelog
 * @param {string} version
 * @param {string} date such as `2026-11-26`
 * @returns {string} with what was unreleased under the version, and an empty 'Unreleased' above it
 * @throws {Error} when there is no 'Unreleased'
 */
function closeUnreleased(changelog, version, date) {
	const [before, after] = changelog.split(`${UNRELEASED}\n`);
	if (after === undefined) throw new Error(`The changelog has no heading '${UNRELEASED}'.`);
	const [changes] = after.split(/^## /m);
	const rest = after.slice(changes.length);
	const listed = changes.trim() || NO_CHANGES;
	return `${`${before}${UNRELEASED}\n\n## [${version}] - ${date}\n\n${listed}\n\n${rest}`.trimEnd()}\n`;
}

await asProgram(import.meta.url, async ([version]) => {
	const date = new Date().toISOString().slice(0, 10);
	for (const { dir, manifest } of packages()) {
		writeFileSync(manifestFile(dir), `${JSON.stringify({ ...manifest, version }, null, '\t')}\n`);
		const changelog = path.join(dir, 'CHANGELOG.md');
		writeFileSync(changelog, closeUnreleased(readFileSync(changelog, 'utf8'), version, date));
	}
});
