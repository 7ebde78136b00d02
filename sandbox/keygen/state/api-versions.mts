import type { ServerRelease } from './options.mts';

const releases: ServerRelease[] = ['1.4.0', '1.5.0', '1.6.0', '1.7.0'];

/** True when the emulated server is `wanted` or newer. */
export function isAtLeast(release: ServerRelease, wanted: string): boolean {
	return releases.indexOf(release) >= releases.indexOf(wanted as ServerRelease);
}

/** API versions that a server release speaks, oldest first. */
export function versionsOf(release: ServerRelease): string[] {
	const newest = isAtLeast(release, '1.5.0') ? 8 : 7;
	return Array.from({ length: newest + 1 }, (_, minor) => `1.${minor}`);
}

/** True when version `a` is older than `b`, both written `1.x`. */
export function isOlder(a: string, b: string): boolean {
	return Number(a.split('.')[1]) < Number(b.split('.')[1]);
}
