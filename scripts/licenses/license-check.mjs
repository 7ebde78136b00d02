// Which packages in a lock file have a license that is not allowed here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ALLOWED, REFUSED_TEXT, TEXTS } from './allowed.mjs';

/**
 * Checks every package of a lock file, also those for other platforms, which are not installed here.
 *
 * @param {string} root the folder that holds package-lock.json and node_modules
 * @returns {string[]} one line for each package whose license is missing, unknown or refused
 */
export function licenseProblems(root) {
	const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
	return Object.entries(packages)
		.filter(([folder, { link }]) => folder !== '' && !link)
		.flatMap(([folder, locked]) => {
			const problem = problemOf(path.join(root, folder), locked);
			return problem ? [`${folder}: ${problem}`] : [];
		});
}

function problemOf(dir, locked) {
	const declared = declaredLicense(installedManifest(dir)) ?? declaredLicense(locked);
	if (!declared) return 'names no license';
	const pointer = /^SEE LICENSE IN (.+)$/i.exec(declared);
	const license = pointer ? licenseOfText(dir, pointer[1]) : declared;
	if (!license) return `points to a license text that is not known here (${declared})`;
	if (!isAllowed(license)) return `${license} is not an allowed license`;
	const refused = licenseTexts(dir).find((text) => REFUSED_TEXT.test(text.slice(0, 400)));
	return refused ? `says ${declared}, but its license text says otherwise` : undefined;
}

function installedManifest(dir) {
	const file = path.join(dir, 'package.json');
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Old packages have an object, or a list of them, each of which the user may choose. */
function declaredLicense({ license, licenses }) {
	const names = [license ?? licenses ?? []].flat().map((entry) => entry.type ?? entry);
	return names.length > 0 ? names.join(' OR ') : undefined;
}

/** Knows the SPDX expressions that occur: names with OR and AND, of which AND binds tighter. */
function isAllowed(expression) {
	const alternatives = expression.replace(/[()]/g, '').split(/ OR /i);
	return alternatives.some((names) => names.split(/ AND /i).every((name) => name in ALLOWED));
}

function licenseOfText(dir, named) {
	const wanted = named.replace(/\s+file$/i, '').toLowerCase();
	const text = licenseTexts(dir, (name) => name.toLowerCase() === wanted)[0];
	return TEXTS.find(([beginning]) => text && beginning.test(text))?.[1];
}

function licenseTexts(dir, isWanted = (name) => /^(licen[cs]e|copying)/i.test(name)) {
	if (!existsSync(dir)) return [];
	return readdirSync(dir, { withFileTypes: true })
		.filter((entry) => entry.isFile() && isWanted(entry.name))
		.map(({ name }) => readFileSync(path.join(dir, name), 'utf8'));
}
