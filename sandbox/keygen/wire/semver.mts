/** A semantic version, as semver.org defines it. */
export interface Semver {
	major: number;
	minor: number;
	patch: number;
	prerelease: string | null;
	build: string | null;
}

const pattern =
	/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

export function parseSemver(text: string): Semver | undefined {
	const match = pattern.exec(text);
	if (!match) return undefined;
	const [, major, minor, patch, prerelease = null, build = null] = match;
	return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease, build };
}

/** Negative when `a` comes before `b`; build metadata does not count. */
export function compareSemver(a: Semver, b: Semver): number {
	const numbers = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
	if (numbers !== 0) return numbers;
	if (a.prerelease === b.prerelease) return 0;
	if (a.prerelease === null) return 1;
	return b.prerelease === null
		? -1
		: comparePrerelease(a.prerelease.split('.'), b.prerelease.split('.'));
}

function comparePrerelease(a: string[], b: string[]): number {
	for (let index = 0; index < Math.max(a.length, b.length); index++) {
		const [left, right] = [a[index], b[index]];
		if (left === right) continue;
		if (left === undefined) return -1;
		if (right === undefined) return 1;
		const [numeric, other] = [/^\d+$/.test(left), /^\d+$/.test(right)];
		if (numeric && other) return Number(left) - Number(right);
		if (numeric !== other) return numeric ? -1 : 1;
		return left < right ? -1 : 1;
	}
	return 0;
}

/** True when `version` lies in `constraint`: `1` any 1.x, `1.2` from 1.2 below 2, `1.2.3` from 1.2.3 below 1.3. */
export function satisfies(version: Semver, constraint: string): boolean | undefined {
	const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(constraint.replace(/^v/, ''));
	if (!match) return undefined;
	const [major, minor, patch] = match
		.slice(1)
		.map((part) => (part === undefined ? undefined : Number(part)));
	if (version.major !== major) return false;
	if (minor === undefined) return true;
	if (patch === undefined) return version.minor >= minor;
	return version.minor === minor && version.patch >= patch;
}
